import { COMPARED_TOTALS } from '../../model/agreement.js';
import { compareOrigins } from '../../model/origin.js';
import type { Member } from '../identify.js';
import type { Reading } from '../readings.js';

/**
 * The formats whose totals mean the same as those of smaps. librank tells of one library, and dumpsys counts swap and
 * graphics memory in.
 */
const COMPARABLE: ReadonlySet<string> = new Set([
  'smaps',
  'smaps_rollup',
  'pmap',
  'showmap',
  'smem',
  'smem-csv',
  'procrank',
  'status',
  'stat',
  'statm',
]);

/** The readings of each instant in order of time: one of each format, the most believed first; none of a single format. */
export function comparableReadings(members: readonly Member[]): Reading[][] {
  const readings: Reading[] = [];
  const formats = new Set<string>();
  for (const { reading } of members) {
    if (!COMPARABLE.has(reading.format) || reading.timeSource === 'modification-time') continue;
    readings.push(reading);
    formats.add(reading.format);
  }
  if (formats.size < 2) return [];
  readings.sort(compareReadings);
  const instants: Reading[][] = [];
  for (let from = 0, to = 1; from < readings.length; from = to++) {
    const instant = readings[from]?.sample.takenAt;
    while (to < readings.length && readings[to]?.sample.takenAt === instant) to++;
    instants.push(onePerFormat(readings.slice(from, to)));
  }
  return instants;
}

function compareReadings(a: Reading, b: Reading): number {
  return (
    (a.sample.takenAt ?? 0) - (b.sample.takenAt ?? 0) ||
    a.rank - b.rank ||
    (a.format === b.format ? compareOrigins(a.sample.origin, b.sample.origin) : a.format < b.format ? -1 : 1)
  );
}

/** Without the formats that told several things of the instant; one that told the same in two copies is one. */
function onePerFormat(sorted: readonly Reading[]): Reading[] {
  const kept: Reading[] = [];
  for (let from = 0, to = 1; from < sorted.length; from = to++) {
    const first = sorted[from] as Reading;
    let isOne = true;
    for (; sorted[to]?.format === first.format; to++) {
      const { sample } = sorted[to] as Reading;
      isOne &&= COMPARED_TOTALS.every((total) => sample[total] === first.sample[total]);
    }
    if (isOne) kept.push(first);
  }
  return kept;
}
