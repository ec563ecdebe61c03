import type { Reading } from '../../src/ingest/format.js';
import { commandName } from '../../src/model/command-name.js';
import { KIB } from '../../src/model/units.js';
import { SHARED, type VmaTable, WRITE } from '../../src/model/vma-table.js';
import type { Comparison } from './difference.js';

export interface PmapTruth {
  /** Pid and command line of each process, in order. */
  readonly processes: readonly (readonly [number, string])[];
  /** The line of totals of each process as pmap printed it; none with -q. */
  readonly totals_kB: readonly (readonly number[])[];
}

const NO_COUNTERS: ReadonlySet<string> = new Set(['KernelPageSize', 'MMUPageSize', 'THPeligible', 'ProtectionKey']);

/** The sums of the rows read, against the totals that pmap printed below them. */
export function comparePmap(
  truth: PmapTruth,
  text: string,
  readings: readonly Reading[],
  comparison: Comparison,
): void {
  const snapshots = readings.flatMap((reading) => (reading.type === 'snapshot' ? [reading] : []));
  const processes = snapshots.map(({ says }) => [says.pid, commandName(says.command ?? '')]);
  comparison.same(
    'processes',
    truth.processes.map(([pid, command]) => [pid, commandName(command)]),
    processes,
  );
  comparison.same(
    'rows',
    (text.match(ROW) ?? []).length,
    snapshots.reduce((sum, { table }) => sum + table.count, 0),
  );
  for (const [index, totals] of truth.totals_kB.entries()) {
    const table = snapshots[index]?.table;
    if (!table) continue;
    for (const [column, sum] of columnsOf(text, totals.length, table)) {
      const total = totals[column.index];
      if (total !== undefined) comparison.same(`total ${column.name} in kB`, total, sum);
    }
  }
}

const ROW = /^ {0,9}[0-9a-f]{8,16} .+$/gm;

type Column = readonly [{ readonly index: number; readonly name: string }, number | undefined];

/** Each column of the line of totals with the sum that the rows make. */
function columnsOf(text: string, count: number, table: VmaTable): Column[] {
  const words = /^ *Address .*$/m.exec(text)?.[0].trim().split(/ +/) ?? [];
  if (words[1] === 'Perm') {
    const names = words.slice(5).slice(0, count);
    return names.flatMap((name, index) =>
      NO_COUNTERS.has(name) ? [] : [[{ index, name }, counted(table, name)] as const],
    );
  }
  const size: Column = [{ index: 0, name: 'Size' }, counted(table, 'Size')];
  if (count === 1) return [size];
  if (words.includes('Device')) {
    const writable = counted(table, 'Size', (permissions) => (permissions & (WRITE | SHARED)) === WRITE);
    const shared = counted(table, 'Size', (permissions) => (permissions & SHARED) !== 0);
    return [size, [{ index: 1, name: 'writeable/private' }, writable], [{ index: 2, name: 'shared' }, shared]];
  }
  return [
    size,
    [{ index: 1, name: 'RSS' }, counted(table, 'Rss')],
    [{ index: 2, name: 'Dirty' }, counted(table, 'Dirty')],
  ];
}

/** The sum of a counter in kB over the rows that are `wanted`; undefined: the table has no such counter. */
function counted(
  table: VmaTable,
  name: string,
  wanted: (permissions: number) => boolean = () => true,
): number | undefined {
  const column = table.counters.get(name);
  if (!column) return undefined;
  let sum = 0;
  for (let row = 0; row < table.count; row++) if (wanted(table.permissions[row] ?? 0)) sum += column[row] ?? 0;
  return sum / KIB;
}
