import type { PlacedSample } from '../model/memory.js';
import type { Timeline } from '../model/program.js';
import { HOUR } from '../model/units.js';

/** Numbers over time, as the statistics want them. */
export interface Series {
  /** Index of each point's sample in the timeline, ascending. */
  readonly at: readonly number[];
  /** Hours since the timeline's first sample, or the number of the sample where there are no times; strictly ascending. */
  readonly times: readonly number[];
  readonly values: readonly number[];
}

export type PrivateMeasure = 'private' | 'uss' | 'rss';

/** Memory of the process alone, which the kernel cannot drop and read again. */
export interface PrivateSeries extends Series {
  readonly measure: PrivateMeasure;
  /** What was added up, in words. */
  readonly name: string;
}

/**
 * The private memory of a timeline, by the best counters that its samples carry.
 *
 * Unreclaimable memory, as smaps tells it by mapping, before Private_Dirty + Swap, which counts dirty pages of files
 * and misses what a fork shares; that before USS, which also counts clean pages of files, which the kernel drops at
 * will; RSS last, because it counts what others share. Counters are not mixed: samples without those chosen are left out.
 */
export function privateSeriesOf(timeline: Timeline): PrivateSeries {
  const { measure, name, numberOf } = bestMeasure(timeline);
  return { measure, name, ...seriesOf(timeline, numberOf) };
}

function bestMeasure(timeline: Timeline): Measure {
  const [best] = MEASURES;
  // The rule, and nothing can be better: no need to count the others.
  if (best && timeline.samples.length >= 3 && countOf(timeline, best.numberOf) === timeline.samples.length) return best;
  const counts = MEASURES.map(({ numberOf }) => countOf(timeline, numberOf));
  const most = Math.max(...counts);
  const enough = counts.findIndex((count) => count >= 3 && count * 2 >= most);
  return MEASURES[enough >= 0 ? enough : counts.indexOf(most)] ?? RSS;
}

function countOf({ samples }: Timeline, numberOf: Measure['numberOf']): number {
  return samples.reduce((count, sample) => count + (numberOf(sample) === undefined ? 0 : 1), 0);
}

interface Measure {
  readonly measure: PrivateMeasure;
  readonly name: string;
  readonly numberOf: (sample: PlacedSample) => number | undefined;
}

const RSS: Measure = { measure: 'rss', name: 'RSS', numberOf: ({ rss }) => rss };

const MEASURES: readonly Measure[] = [
  { measure: 'private', name: 'unreclaimable memory', numberOf: ({ unreclaimable }) => unreclaimable },
  {
    measure: 'private',
    name: 'private dirty memory and swap',
    numberOf: ({ privateDirty, swap }) => sumOf(privateDirty, swap),
  },
  { measure: 'private', name: 'private dirty memory', numberOf: ({ privateDirty }) => privateDirty },
  { measure: 'uss', name: 'USS and swap', numberOf: ({ uss, swap }) => sumOf(uss, swap) },
  { measure: 'uss', name: 'USS', numberOf: ({ uss }) => uss },
  RSS,
];

/** One number of each sample that has it. Of samples at the same time the last counts. */
export function seriesOf(
  timeline: Timeline,
  numberOf: (sample: PlacedSample, index: number) => number | undefined,
): Series {
  const at: number[] = [];
  const times: number[] = [];
  const values: number[] = [];
  const start = timeline.samples[0]?.takenAt ?? 0;
  timeline.samples.forEach((sample, index) => {
    const value = numberOf(sample, index);
    const time = timeline.timed ? ((sample.takenAt ?? start) - start) / HOUR : index;
    if (value === undefined || !Number.isFinite(value) || !Number.isFinite(time)) return;
    const last = times.at(-1);
    if (last !== undefined && time < last) return;
    if (last === time) {
      at.pop();
      times.pop();
      values.pop();
    }
    at.push(index);
    times.push(time);
    values.push(value);
  });
  return { at, times, values };
}

function sumOf(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b;
}
