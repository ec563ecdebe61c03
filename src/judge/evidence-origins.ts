import { compareOrigins, type Origin } from '../model/origin.js';
import type { KeptSnapshot, Timeline } from '../model/program.js';
import { mappingLabel, type VmaTable } from '../model/vma-table.js';
import type { Series } from './series.js';

/** Of many places the first ten, in the order of the report, each once. */
export function firstOrigins(origins: readonly Origin[]): Origin[] {
  const sorted = origins.toSorted(compareOrigins);
  return sorted.filter((origin, i) => i === 0 || compareOrigins(origin, sorted[i - 1] ?? origin) !== 0).slice(0, MOST);
}

const MOST = 10;

/**
 * The first and the last place of a series, from its point `from` on. Of a growing mapping (`label`) the lines of its
 * largest VMA, where the tables of those snapshots are kept.
 */
export function endOrigins(timeline: Timeline, series: Series, from = 0, label?: string): Origin[] {
  const first = timeline.samples[series.at[from] ?? 0]?.origin;
  const last = timeline.samples[series.at.at(-1) ?? 0]?.origin;
  if (!first || !last) return [];
  if (first === last) return [first];
  if (label === undefined || !timeline.last) return [first, last];
  const lastRow = largestRow(timeline.last.table, label);
  if (lastRow === undefined) return [first, last];
  const start = timeline.last.table.start[lastRow];
  return [
    (from === 0 && timeline.first && lineOf(timeline.first, largestRow(timeline.first.table, label, start))) || first,
    lineOf(timeline.last, lastRow) ?? last,
  ];
}

function lineOf({ origin, table }: KeptSnapshot, row: number | undefined): Origin | undefined {
  const line = row === undefined ? 0 : (table.line[row] ?? 0);
  return line === 0 ? undefined : { file: origin.file, line };
}

/** The VMA of the mapping that begins at `start`, else the one that holds most. */
function largestRow(table: VmaTable, label: string, start?: number): number | undefined {
  const resident = table.counters.get('Private_Dirty') ?? table.counters.get('Rss');
  let largest: number | undefined;
  let most = -1;
  for (let row = 0; row < table.count; row++) {
    const pathname = table.paths[table.path[row] as number] ?? '';
    if (mappingLabel(pathname) !== label) continue;
    if (table.start[row] === start) return row;
    const held = resident ? (resident[row] as number) : (table.end[row] as number) - (table.start[row] as number);
    if (held > most) [largest, most] = [row, held];
  }
  return largest;
}
