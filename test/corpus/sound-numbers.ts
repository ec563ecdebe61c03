/** Growth and rates may be negative, and where a fitted line begins. */
export const SIGNED: ReadonlySet<string> = new Set(['growth', 'ratePerHour', 'rateInterval', 'ratePerSample', 'from']);

/**
 * Where a result holds a number that no capture can mean: NaN, infinite, or negative outside of growth and rates.
 * @returns paths into the value, like `snapshots.0.totals.rss = NaN`.
 */
export function unsoundNumbers(value: unknown, mayBeNegative: ReadonlySet<string> = new Set()): string[] {
  const unsound: string[] = [];
  const visit = (part: unknown, path: string, key: string): void => {
    if (typeof part === 'number') {
      if (!Number.isFinite(part) || (part < 0 && !mayBeNegative.has(key))) unsound.push(`${path} = ${part}`);
    } else if (ArrayBuffer.isView(part) && !(part instanceof DataView)) {
      const bad = Array.from(part as Float64Array).find((number) => !Number.isFinite(number) || number < 0);
      if (bad !== undefined) unsound.push(`${path} = ${bad}`);
    } else if (part instanceof Map) {
      for (const [name, inner] of part) visit(inner, `${path}.${String(name)}`, String(name));
    } else if (typeof part === 'object' && part !== null) {
      for (const [name, inner] of Object.entries(part))
        visit(inner, `${path}.${name}`, /^\d+$/.test(name) ? key : name);
    }
  };
  visit(value, '', '');
  return unsound.map((text) => text.replace(/^\./, ''));
}
