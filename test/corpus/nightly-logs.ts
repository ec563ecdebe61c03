import { join } from 'node:path';
import { analyze } from '../../src/analyze.js';
import type { Reading } from '../../src/ingest/format.js';
import { KIB } from '../../src/model/units.js';
import { kindOf } from '../../src/model/vma-table.js';
import type { Corpus } from './corpus.js';
import { Comparison } from './difference.js';
import { SIGNED, unsoundNumbers } from './sound-numbers.js';

export interface NightlyTruth {
  readonly files: Readonly<Record<string, { vma_headers: number; heap_Size_kB_in_order: readonly number[] }>>;
}

/** A log of a night: the VMAs of all its snapshots (a rollup has one header), and the heap of each in order. */
export function compareNightly(
  truth: NightlyTruth,
  path: string,
  readings: readonly Reading[],
  comparison: Comparison,
): boolean {
  const expected = truth.files[path.slice(path.lastIndexOf('/') + 1)];
  if (!path.startsWith('live/nightly/') || !expected) return false;
  const tables = readings.flatMap((reading) => (reading.type === 'snapshot' ? [reading.table] : []));
  const rollups = tables.length === 0 ? readings.filter(({ type }) => type === 'sample').length : 0;
  // grep -H puts a name before the header of a rollup, so that the truth counts none.
  const headers = tables.reduce((sum, { count }) => sum + count, 0) + (expected.vma_headers === 0 ? 0 : rollups);
  comparison.same('VMA headers', expected.vma_headers, headers);
  const heaps = tables.flatMap((table) => {
    const sizes: number[] = [];
    for (let row = 0; row < table.count; row++) {
      const name = table.paths[table.path[row] ?? 0] ?? '';
      if (kindOf(name, table.permissions[row] ?? 0) === 'heap')
        sizes.push((table.counters.get('Size')?.[row] ?? Number.NaN) / KIB);
    }
    return sizes;
  });
  comparison.same('Size of the heaps in kB', expected.heap_Size_kB_in_order, heaps);
  return true;
}

/** leak_loop leaks this much by construction; sawtooth, where it is in a log too, leaks nothing. */
const LEAKED_PER_SECOND = 491_520;
/** The logs with twelve samples of leak_loop that this version reads. */
const NIGHTS = [
  'a_date_then_smaps.log',
  'b_sections_smaps_status_meminfo.log',
  'c_two_pids_tail_style.log',
  'e_epoch_grepped_status.log',
  'f_epoch_statm.log',
  'j_date_procrank.log',
  'k_bare_rollup_concat.log',
  'l_serial_console_crlf.log',
  'm_grep_H_rollup.log',
];

/** Each log on its own, analyzed. Of status and statm there is RSS only, which cannot settle a verdict. */
export async function compareNights(corpus: Corpus): Promise<Comparison[]> {
  const comparisons: Comparison[] = [];
  for (const name of NIGHTS) {
    const comparison = new Comparison(`live/nightly/${name}`);
    const analysis = await analyze({ captures: [join(corpus.root, 'live/nightly', name)] });
    const { verdicts } = analysis;
    const named = verdicts.find(({ command }) => command === 'leak_loop');
    const leaking = named ?? verdicts.find(({ command }) => command !== 'sawtooth');
    comparison.same('verdict', /^[ef]_/.test(name) ? 'suspect' : 'leak', leaking?.label);
    const { rateInterval } = leaking ?? {};
    if (rateInterval) {
      const [low, high] = rateInterval.map((perHour) => perHour / 3600) as [number, number];
      const holds = low <= LEAKED_PER_SECOND && LEAKED_PER_SECOND <= high;
      comparison.check('rate in bytes/s', holds, String(LEAKED_PER_SECOND), `${low.toFixed(0)} to ${high.toFixed(0)}`);
    }
    const other = verdicts.find(({ command }) => command === 'sawtooth');
    if (/^[cj]_/.test(name)) comparison.same('verdict on sawtooth', 'clean', other?.label);
    comparison.same('unsound numbers', [], unsoundNumbers(analysis, SIGNED));
    comparisons.push(comparison);
  }
  return comparisons;
}
