import { NOTES } from './corpus.js';
import type { Comparison, Difference } from './difference.js';
import type { Outcome } from './files.js';
import { KNOWN, knownDifference } from './known-differences.js';

/** `differ`: whatever the outcome, something differs. `known`: it does, for a reason that stands in known-differences.ts. */
type Counted = Outcome | 'differ' | 'known';

const COLUMNS: readonly (readonly [Counted, string])[] = [
  ['agree', 'agree'],
  ['differ', 'differ'],
  ['refused', 'refused rightly'],
  ['known', 'known'],
  ['read', 'no truth'],
];

/** Counts how the comparisons of each kind came out, and keeps what differs. */
export class Tally {
  private readonly kinds = new Map<string, Map<Counted, number>>();
  private readonly differences: Difference[] = [];

  add(kind: string, comparison: Comparison, outcome: Outcome = 'agree'): void {
    const { differences } = comparison;
    const settled = differences.length === 0 ? outcome : differences.every(knownDifference) ? 'known' : 'differ';
    const row = this.kinds.get(kind) ?? new Map<Counted, number>();
    row.set(settled, (row.get(settled) ?? 0) + 1);
    this.kinds.set(kind, row);
    this.differences.push(...differences);
  }

  get(outcome: Counted): number {
    return [...this.kinds.values()].reduce((sum, row) => sum + (row.get(outcome) ?? 0), 0);
  }

  /** The table by kind, then a line for each difference and for each that is known. */
  lines(): string[] {
    const unknown = this.differences.filter((difference) => !knownDifference(difference));
    const stale = KNOWN.filter(
      (known) => !this.differences.some((difference) => knownDifference(difference) === known),
    );
    return [
      ...this.table(),
      '',
      ...unknown.map(({ file, what, expected, found }) => `${file}: ${what}: expected ${expected}, found ${found}`),
      ...KNOWN.map(({ file, what, found, reason }) => `known: ${file}: ${what}: found ${found}: ${reason}`),
      ...stale.map(({ file, what }) => `no longer differs, strike it from known-differences.ts: ${file}: ${what}`),
    ];
  }

  private table(): string[] {
    const kinds = [...this.kinds].sort(([a], [b]) => (a === NOTES ? 1 : b === NOTES ? -1 : a < b ? -1 : 1));
    const rows = [
      ['kind', 'files', ...COLUMNS.map(([, title]) => title)],
      ...kinds.map(([kind, row]) => {
        const counts = COLUMNS.map(([outcome]) => row.get(outcome) ?? 0);
        return [kind, ...[counts.reduce((sum, count) => sum + count, 0), ...counts].map(String)];
      }),
    ];
    const widthOf = (column: number): number => Math.max(...rows.map((row) => (row[column] ?? '').length));
    return rows.map((row) =>
      row.map((text, column) => (column === 0 ? text.padEnd(widthOf(0)) : text.padStart(widthOf(column)))).join('  '),
    );
  }
}
