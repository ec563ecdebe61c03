import type { Sample } from '../model/memory.js';

/** Of a longer series, only the telling samples are listed: a month of minutes would be 8 MB in report.json. */
export const MOST_LISTED = 5000;

/**
 * Strips of equal length, each with at most two samples for each of the totals and two for its ends. Five strips are
 * shorter than the least gap that a chart shows, and where strips meet their ends are neighbours, so gaps stay as they
 * are. Some room is left for the samples that something else points to.
 */
const STRIPS = 265;

const TOTALS: readonly (keyof Sample)[] = [
  'vss',
  'rss',
  'pss',
  'uss',
  'swap',
  'privateDirty',
  'unreclaimable',
  'minorFaults',
];

/**
 * The numbers of the samples that a report lists of a long series, ascending: of each strip of time, else of samples,
 * the first, the last, and those with the least and the greatest of each total. No peak and no fall is lost. Undefined
 * where all are listed.
 *
 * @param pointedTo samples that are listed in any case
 */
export function listedOf(samples: readonly Sample[], pointedTo: readonly number[]): number[] | undefined {
  if (samples.length <= MOST_LISTED) return undefined;
  const listed = new Set(pointedTo);
  const stripOf = stripsOf(samples);
  for (let from = 0, to = 1; from < samples.length; from = to++) {
    while (to < samples.length && stripOf(to) === stripOf(from)) to++;
    listed.add(from).add(to - 1);
    for (const total of TOTALS) addExtremes(listed, samples, from, to, total);
  }
  return [...listed].sort((a, b) => a - b);
}

/** The strip of each sample: of time where all samples have one. */
function stripsOf(samples: readonly Sample[]): (at: number) => number {
  const start = samples[0]?.takenAt ?? 0;
  const span = (samples.at(-1)?.takenAt ?? 0) - start;
  const timed = span > 0 && samples.every(({ takenAt }) => takenAt !== undefined);
  const part = (at: number): number =>
    timed ? ((samples[at]?.takenAt ?? start) - start) / span : at / (samples.length - 1);
  return (at) => Math.min(STRIPS - 1, Math.floor(part(at) * STRIPS));
}

/** Of equal ones the first. */
function addExtremes(
  listed: Set<number>,
  samples: readonly Sample[],
  from: number,
  to: number,
  total: keyof Sample,
): void {
  let least: number | undefined;
  let greatest: number | undefined;
  for (let at = from; at < to; at++) {
    const value = samples[at]?.[total];
    if (value === undefined) continue;
    if (least === undefined || value < (samples[least]?.[total] ?? 0)) least = at;
    if (greatest === undefined || value > (samples[greatest]?.[total] ?? 0)) greatest = at;
  }
  if (least !== undefined) listed.add(least);
  if (greatest !== undefined) listed.add(greatest);
}
