import type { VmaReport } from '../model/analysis.js';
import type { Timeline } from '../model/program.js';
import { type VmaTable, vmaAt } from '../model/vma-table.js';
import { groupBy } from './group.js';
import { type Measure, measureOf, PRIVATE, RESIDENT } from './mapping-points.js';

/** The VMAs of a timeline's last snapshot; with their growth where there is an earlier snapshot. */
export function vmasOf({ first, last }: Pick<Timeline, 'first' | 'last'>): VmaReport[] {
  if (last === undefined) return [];
  const earlier = first === undefined || first === last || isSame(first.origin, last.origin) ? undefined : first.table;
  const growth = earlier && growthOf(earlier, last.table);
  return Array.from({ length: last.table.count }, (_, row) => {
    const grown = growth?.[row];
    return { ...vmaAt(last.table, row), ...(grown === undefined ? {} : { growth: grown }) };
  });
}

/**
 * Growth of each VMA of `last` since `first`, in bytes of private dirty + swap (Rss, else size, where one of them
 * has no more). A VMA that was not there before has grown by all it holds.
 */
export function growthOf(first: VmaTable, last: VmaTable): Float64Array {
  const measure = Math.max(measureOf(first), measureOf(last)) as Measure;
  const before = heldBy(first, measure);
  const growth = heldBy(last, measure);
  for (const [row, match] of matchVmas(first, last).entries()) {
    if (match >= 0) growth[row] = (growth[row] as number) - (before[match] as number);
  }
  return growth;
}

/**
 * For each VMA of `last` the row of the same area in `first`, or -1.
 *
 * Areas of one name are the same if they begin, else if they end, at the same address; named ones that moved are
 * matched in the order of their addresses. An unnamed area that moved cannot be told from a new one.
 */
export function matchVmas(first: VmaTable, last: VmaTable): Int32Array {
  const matches = new Int32Array(last.count).fill(-1);
  const earlier = groupBy(rowsOf(first), (row) => groupOf(first, row));
  for (const [group, rows] of groupBy(rowsOf(last), (row) => groupOf(last, row))) {
    const free = new Set(earlier.get(group));
    for (const addresses of ['start', 'end'] as const) {
      const byAddress = new Map([...free].map((row) => [first[addresses][row] as number, row]));
      for (const row of rows) {
        const match = byAddress.get(last[addresses][row] as number);
        if (matches[row] !== -1 || match === undefined || !free.delete(match)) continue;
        matches[row] = match;
      }
    }
    if (nameOf(last, rows[0] ?? 0) === '') continue;
    const moved = [...free].sort((a, b) => (first.start[a] as number) - (first.start[b] as number));
    const open = rows.filter((row) => matches[row] === -1);
    open.sort((a, b) => (last.start[a] as number) - (last.start[b] as number));
    for (const [i, row] of open.entries()) matches[row] = moved[i] ?? -1;
  }
  return matches;
}

/** Areas that may be one another: of the same part of a file with the same permissions; the heap by its name alone. */
function groupOf(table: VmaTable, row: number): string {
  const name = nameOf(table, row);
  if (name === '' || name === '[heap]') return name;
  return `${table.permissions[row] ?? 0} ${table.offset[row] ?? 0} ${name}`;
}

function nameOf(table: VmaTable, row: number): string {
  return table.paths[table.path[row] ?? 0] ?? '';
}

function rowsOf(table: VmaTable): number[] {
  return Array.from({ length: table.count }, (_, row) => row);
}

function isSame(a: { file: string; line: number }, b: { file: string; line: number }): boolean {
  return a.file === b.file && a.line === b.line;
}

/** What each VMA holds, by a measure that the table has. */
function heldBy(table: VmaTable, measure: Measure): Float64Array {
  const { counters, count } = table;
  const held = new Float64Array(count);
  const dirty = counters.get(measure === PRIVATE ? 'Private_Dirty' : measure === RESIDENT ? 'Rss' : 'Size');
  const swap = measure === PRIVATE ? counters.get('Swap') : undefined;
  for (let row = 0; row < count; row++) {
    const range = Math.max(0, (table.end[row] as number) - (table.start[row] as number));
    held[row] = (dirty ? (dirty[row] as number) : range) + (swap?.[row] ?? 0);
  }
  return held;
}
