import type { VmaReport } from '../model/analysis.js';
import { type Areas, matchAreas } from '../model/match-areas.js';
import type { Timeline } from '../model/program.js';
import { type VmaTable, vmaAt } from '../model/vma-table.js';
import { categoriesOf } from './areas/vma-categories.js';
import { type Measure, measureOf, PRIVATE, RESIDENT } from './followed-measure.js';

/** The VMAs of a timeline's last snapshot; with their growth where there is an earlier snapshot. */
export function vmasOf(snapshots: Pick<Timeline, 'first' | 'last'>): VmaReport[] {
  const { last } = snapshots;
  if (last === undefined) return [];
  const earlier = earlierTable(snapshots);
  const growth = earlier && growthOf(earlier, last.table);
  const categories = categoriesOf(last.table);
  return Array.from({ length: last.table.count }, (_, row) => {
    const grown = growth?.[row];
    const category = categories[row];
    return {
      ...vmaAt(last.table, row),
      ...(category === undefined ? {} : { category }),
      ...(grown === undefined ? {} : { growth: grown }),
    };
  });
}

/** The table of the first snapshot; undefined where it is the last one as well. */
export function earlierTable({ first, last }: Pick<Timeline, 'first' | 'last'>): VmaTable | undefined {
  if (first === undefined || last === undefined || first === last) return undefined;
  return isSame(first.origin, last.origin) ? undefined : first.table;
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

/** For each VMA of `last` the row of the same area in `first`, or -1. */
export function matchVmas(first: VmaTable, last: VmaTable): Int32Array {
  return matchAreas(areasOf(first), areasOf(last));
}

function areasOf(table: VmaTable): Areas {
  return {
    count: table.count,
    start: (row) => table.start[row] as number,
    end: (row) => table.end[row] as number,
    name: (row) => nameOf(table, row),
    group: (row) => groupOf(table, row),
  };
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

function isSame(a: { file: string; line: number }, b: { file: string; line: number }): boolean {
  return a.file === b.file && a.line === b.line;
}

/** What each VMA holds, by a measure that the table has. */
export function heldBy(table: VmaTable, measure: Measure): Float64Array {
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
