import type { ComparedTotal } from '../../model/agreement.js';
import { COMPARED_TOTALS } from '../../model/agreement.js';
import type { Sample } from '../../model/memory.js';
import { type Bytes, KIB } from '../../model/units.js';
import type { Reading } from '../readings.js';

/**
 * How far RSS in status, stat and statm may be from the pages that smaps counts.
 *
 * Since Linux 6.2 it is the sum of three per-CPU counters (anonymous, files, shmem), each of which leaves up to
 * 32 pages on each CPU uncollected; before, each thread kept up to 64 page faults to itself. This is three counters on
 * eight CPUs with pages of 4 KiB. Sources: https://man7.org/linux/man-pages/man5/proc_pid_statm.5.html ("inaccurate
 * because of a kernel-internal scalability optimization"), include/linux/percpu_counter.h, commit f1a7941243c1.
 */
export const COUNTER_LAG: Bytes = 3 * 8 * 32 * 4 * KIB;

/**
 * What rounding explains of a difference between two readings of one process at one instant: 1 kB for each VMA, since
 * the kernel cuts each Pss to whole kB and leaves the gate page out of some totals; what the tools print rounded; and
 * the lag of the counters behind status, stat and statm.
 */
export function roundingOf(total: ComparedTotal, readings: readonly [Reading, Reading], vmaCount: number): Bytes {
  const printed = readings.reduce((sum, { sample }) => sum + printedStep(sample, sample[total] ?? 0) / 2, 0);
  const lag = total === 'rss' && readings.some(({ format }) => COUNTERS.has(format)) ? COUNTER_LAG : 0;
  return vmaCount * KIB + printed + lag;
}

/**
 * How far other processes may move PSS and USS between two readings, RSS unchanged: one that starts (the tool itself,
 * with its libraries) halves at most what each page that it maps too counts for, and makes clean private pages shared.
 * What is private and dirty no other process can map.
 */
export function byOthersOf(total: ComparedTotal, readings: readonly [Reading, Reading]): Bytes {
  if (total !== 'pss' && total !== 'uss') return 0;
  const own = readings.reduce((least, { sample }) => Math.min(least, sample.privateDirty ?? least), Infinity);
  if (own === Infinity) return 0;
  const most = readings.reduce((highest, { sample }) => Math.max(highest, sample[total] ?? 0), 0);
  return Math.max(0, most - own) / (total === 'pss' ? 2 : 1);
}

const COUNTERS: ReadonlySet<string> = new Set(['status', 'stat', 'statm']);

const UNITS = [KIB ** 3, KIB ** 2, KIB];

/** smem -k prints a tenth of the largest unit: then some total of its row is no whole number of kB. */
function printedStep(sample: Sample, value: Bytes): Bytes {
  const isRounded = COMPARED_TOTALS.some((total) => (sample[total] ?? 0) % KIB !== 0);
  if (!isRounded) return 0;
  return (UNITS.find((unit) => value >= unit) ?? KIB) / 10;
}
