import type { Reading } from '../../src/ingest/format.js';
import type { InspectedFile } from '../../src/inspect.js';
import { type SnapshotTotals, TOTAL_FIELDS } from '../../src/model/memory.js';
import { KIB } from '../../src/model/units.js';
import type { Comparison } from './difference.js';

export interface SmapsTruth {
  readonly headers: number;
  /** The sum of end - start. */
  readonly address_bytes_kB: number;
  /** The sum of every field over all VMAs, by the kernel's name. */
  readonly sums_kB: Readonly<Record<string, number>>;
}

/** Fields that count no memory of the process; memreport makes no counters of them. */
const NO_COUNTERS: ReadonlySet<string> = new Set(['KernelPageSize', 'MMUPageSize', 'THPeligible', 'ProtectionKey']);

/** Every field of every VMA, added up, against the same by the truth's own parser. */
export function compareSmaps(
  truth: SmapsTruth,
  readings: readonly Reading[],
  { snapshots }: InspectedFile,
  comparison: Comparison,
): void {
  const sums = new Map<string, number>();
  let headers = 0;
  let addresses = 0;
  for (const reading of readings) {
    if (reading.type !== 'snapshot') continue;
    const { table } = reading;
    headers += table.count;
    for (let row = 0; row < table.count; row++) addresses += Number(table.end[row]) - Number(table.start[row]);
    for (const [name, column] of table.counters) {
      const sum = column.subarray(0, table.count).reduce((before, bytes) => before + bytes, 0);
      sums.set(name, (sums.get(name) ?? 0) + sum);
    }
  }
  comparison.same('VMA headers', truth.headers, headers);
  comparison.same('address space in kB', truth.address_bytes_kB, addresses / KIB);
  for (const [name, expected] of Object.entries(truth.sums_kB)) {
    if (NO_COUNTERS.has(name)) continue;
    const found = sums.get(name);
    comparison.same(`${name} in kB`, expected, found === undefined ? undefined : found / KIB);
  }
  for (const key of Object.keys(TOTAL_FIELDS) as (keyof SnapshotTotals)[]) {
    const known = snapshots.flatMap(({ totals }) => totals[key] ?? []);
    const sum = known.reduce((before, bytes) => before + bytes, 0) / KIB;
    comparison.same(`inspect's ${key} in kB`, truth.sums_kB[TOTAL_FIELDS[key]], known.length === 0 ? undefined : sum);
  }
  const more = [...sums.keys()].filter((name) => !NO_COUNTERS.has(name) && !(name in truth.sums_kB));
  comparison.same('further counters', [], more);
}

/** A rollup: the totals that memreport takes of it. */
export function compareRollup(truth: SmapsTruth, readings: readonly Reading[], comparison: Comparison): void {
  const samples = readings.flatMap((reading) => (reading.type === 'sample' ? [reading.sample] : []));
  comparison.same('rollups', truth.headers, samples.length);
  const { Rss, Pss, Swap, Private_Clean: clean, Private_Dirty: dirty } = truth.sums_kB;
  const uss = clean === undefined || dirty === undefined ? undefined : clean + dirty;
  const expected = { rss: Rss, pss: Pss, swap: Swap, privateDirty: dirty, uss };
  for (const key of ['rss', 'pss', 'swap', 'privateDirty', 'uss'] as const) {
    const known = samples.flatMap((sample) => sample[key] ?? []);
    const sum = known.reduce((before, bytes) => before + bytes, 0) / KIB;
    comparison.same(`${key} in kB`, expected[key], known.length === 0 ? undefined : sum);
  }
}
