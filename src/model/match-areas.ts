import { groupBy } from './group-by.js';

/** The areas of one snapshot, by row. */
export interface Areas {
  readonly count: number;
  /** Addresses. */
  readonly start: (row: number) => number;
  readonly end: (row: number) => number;
  readonly name: (row: number) => string;
  /** What areas must have in common to be one another. */
  readonly group: (row: number) => string;
}

/**
 * For each area of `last` the row of the same area in `first`, or -1.
 *
 * Areas of one group are the same if they begin, else if they end, at the same address; named ones that moved are
 * matched in the order of their addresses. An unnamed area that moved cannot be told from a new one.
 */
export function matchAreas(first: Areas, last: Areas): Int32Array {
  const matches = new Int32Array(last.count).fill(-1);
  const earlier = groupBy(rowsOf(first), first.group);
  for (const [group, rows] of groupBy(rowsOf(last), last.group)) {
    const free = new Set(earlier.get(group));
    for (const address of ['start', 'end'] as const) {
      const byAddress = new Map([...free].map((row) => [first[address](row), row]));
      for (const row of rows) {
        const match = byAddress.get(last[address](row));
        if (matches[row] !== -1 || match === undefined || !free.delete(match)) continue;
        matches[row] = match;
      }
    }
    if (last.name(rows[0] ?? 0) === '') continue;
    const moved = [...free].sort((a, b) => first.start(a) - first.start(b));
    const open = rows.filter((row) => matches[row] === -1);
    open.sort((a, b) => last.start(a) - last.start(b));
    for (const [i, row] of open.entries()) matches[row] = moved[i] ?? -1;
  }
  return matches;
}

function rowsOf({ count }: Areas): number[] {
  return Array.from({ length: count }, (_, row) => row);
}
