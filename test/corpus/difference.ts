/** What the corpus says and what memreport found instead. */
export interface Difference {
  readonly file: string;
  readonly what: string;
  readonly expected: string;
  readonly found: string;
}

/** Takes the comparisons of one file and keeps those that differ. */
export class Comparison {
  readonly differences: Difference[] = [];
  /** How many values were compared. */
  count = 0;

  constructor(private readonly file: string) {}

  /** Equal, by their JSON; undefined is "absent". */
  same(what: string, expected: unknown, found: unknown): void {
    this.check(what, textOf(expected) === textOf(found), textOf(expected), textOf(found));
  }

  within(what: string, expected: number, found: number | undefined, tolerance: number): void {
    const holds = found !== undefined && Math.abs(found - expected) <= tolerance;
    this.check(what, holds, tolerance === 0 ? String(expected) : `${expected} ± ${tolerance}`, textOf(found));
  }

  check(what: string, holds: boolean, expected: string, found: string): void {
    this.count++;
    if (!holds) this.differences.push({ file: this.file, what, expected, found });
  }
}

function textOf(value: unknown): string {
  return value === undefined ? 'absent' : JSON.stringify(value);
}
