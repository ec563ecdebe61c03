/**
 * What stands in front of a line that something else wrote there: how many bytes of it there are, and the file that
 * the line was taken from, where it says so. Undefined: this line has no such thing.
 */
export type Wrapping = (line: string) => { readonly length: number; readonly place?: string } | undefined;

/** The lines without their wrapping. */
export function bare(wrapping: Wrapping, lines: readonly string[]): string {
  return lines.map((line) => line.slice(wrapping(line)?.length ?? 0)).join('\n');
}

/** What stands behind an outer wrapping, where there is something. */
export function nested(outer: Wrapping, inner: Wrapping): Wrapping {
  return (line) => {
    const first = outer(line);
    if (!first) return undefined;
    const second = inner(line.slice(first.length));
    return second ? { ...first, ...second, length: first.length + second.length } : first;
  };
}
