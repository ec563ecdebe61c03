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
  let at = 0;
  while (at < a.length && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  if (isDigit(a, at) || isDigit(b, at)) {
    let from = at;
    while (from > 0 && isDigit(a, from - 1)) from--;
    const x = digitsAt(a, from);
    const y = digitsAt(b, from);
    if (x !== '' && y !== '') return compareDigits(x, y) || (x < y ? -1 : 1);
  }
  return rankAt(a, at) - rankAt(b, at);
}

/** How the rest of a name from `at` on is ordered: its end, then a number behind other text, then what is no number. */
function rankAt(text: string, at: number): number {
  if (at >= text.length) return -2;
  return at > 0 && isDigit(text, at) ? -1 : text.charCodeAt(at);
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}

function digitsAt(text: string, from: number): string {
  let to = from;
  while (isDigit(text, to)) to++;
  return text.slice(from, to);
}

function compareDigits(a: string, b: string): number {
  const x = a.replace(/^0+/, '');
  const y = b.replace(/^0+/, '');
  return x.length - y.length || (x < y ? -1 : x > y ? 1 : 0);
}
