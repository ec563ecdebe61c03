/** The place in a capture that a statement comes from. */
export interface Origin {
  /** Path as found from the captures folder, with "/" between its parts. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** The text of that line, at most 200 characters: for the evidence of verdicts, while the file can be read. */
  readonly quote?: string;
}

/** Orders origins by file (numbers inside names by value: smaps.9 before smaps.10), then by line. */
export function compareOrigins(a: Origin, b: Origin): number {
  return compareNames(a.file, b.file) || a.line - b.line;
}

/** Orders names the same on every machine: digits by value, the rest by code unit, independent of the locale. */
export function compareNames(a: string, b: string): number {
  if (a === b) return 0;
  const left = a.match(DIGITS_OR_NOT) ?? [];
  const right = b.match(DIGITS_OR_NOT) ?? [];
  for (let i = 0; i < left.length && i < right.length; i++) {
    const x = left[i] as string;
    const y = right[i] as string;
    if (x === y) continue;
    const byValue = isDigits(x) && isDigits(y) ? compareDigits(x, y) : 0;
    return byValue || (x < y ? -1 : 1);
  }
  return left.length - right.length || (a < b ? -1 : 1);
}

const DIGITS_OR_NOT = /\d+|\D+/g;

function isDigits(text: string): boolean {
  const code = text.charCodeAt(0);
  return code >= 48 && code <= 57;
}

function compareDigits(a: string, b: string): number {
  const x = a.replace(/^0+/, '');
  const y = b.replace(/^0+/, '');
  return x.length - y.length || (x < y ? -1 : x > y ? 1 : 0);
}
