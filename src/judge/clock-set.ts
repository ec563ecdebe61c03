import type { PlacedSample } from '../model/memory.js';
import type { Milliseconds } from '../model/units.js';
import { medianOf } from '../stats/robust-noise.js';

/** No target's clock that was ever set is before the year 2001. */
const EARLIEST_SET = Date.UTC(2001, 0, 1);

/** Where a clock was set between two samples: a device without a battery begins in 1970, until it finds its time. */
export interface ClockSet {
  /** Index of the first sample after it. */
  readonly index: number;
  /** By how much the clock was put forward: the samples on both sides are taken to lie a usual interval apart. */
  readonly by: Milliseconds;
}

/**
 * Undefined where the clock was not set while samples were taken.
 *
 * @param samples in the order of their times
 */
export function clockSetOf(samples: readonly PlacedSample[]): ClockSet | undefined {
  const [first] = samples;
  // Nearly always the first is of a clock that is set: thousands of mappings ask.
  if (first?.takenAt === undefined || first.takenAt >= EARLIEST_SET) return undefined;
  const index = samples.findIndex(({ takenAt }) => takenAt !== undefined && takenAt >= EARLIEST_SET);
  if (index === -1) return undefined;
  const gaps = samples.slice(1).map(({ takenAt = 0 }, i) => takenAt - (samples[i]?.takenAt ?? 0));
  return { index, by: (gaps[index - 1] ?? 0) - medianOf(gaps.toSpliced(index - 1, 1)) };
}
