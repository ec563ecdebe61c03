import { HOUR, type Instant, type Milliseconds } from '../model/units.js';
import { medianOf } from '../stats/robust-noise.js';

const DAY = 24 * HOUR;
/** Whoever samples a process does not leave it alone for so long: half a year. */
const LONGEST_PAUSE = 183 * DAY;
/** No target's clock that was ever set is before the year 2001. */
export const EARLIEST_SET = Date.UTC(2001, 0, 1);

/** Times as they would have been read, had the clock not been set in between. */
export interface Steadied {
  readonly times: readonly Instant[];
  /** Indices of the first times after it was set. */
  readonly sets: readonly number[];
}

/**
 * Clocks are set while samples are taken: a device without a battery begins in 1970 until it finds its time, or loses
 * it; NTP and summer time put clocks back. A step back, or one longer than any pause, says nothing of the time that
 * passed: a usual interval is taken. The last stretch that has a date keeps its times. Undefined: no such step.
 *
 * @param times in the order in which the samples were taken
 */
export function steadied(times: readonly Instant[]): Steadied | undefined {
  const steps = stepsOf(times);
  const sets = steps.flatMap((step, i) => (isPassage(step) ? [] : [i + 1]));
  if (sets.length === 0) return undefined;
  const usual = usualOf(steps);
  let now = times[0] as Instant;
  const told = [now, ...steps.map((step) => (now += isPassage(step) ? step : usual))];
  const dated = times.findLastIndex((time) => time >= EARLIEST_SET);
  const keeps = Math.max(0, dated);
  const by = (times[keeps] as Instant) - (told[keeps] as Instant);
  return { times: told.map((time) => time + by), sets };
}

function isPassage(step: Milliseconds): boolean {
  return step >= 0 && step <= LONGEST_PAUSE;
}

/** The usual distance of two samples; a second, where no two tell. */
function usualOf(steps: readonly Milliseconds[]): Milliseconds {
  const rises = steps.filter((step) => step > 0 && isPassage(step));
  return rises.length === 0 ? 1000 : medianOf(rises);
}

/**
 * Whether times that fall in the order of a file are right, and the file is out of order (parts that were put together
 * as a shell sorts their names): then all of them together are spaced as those that follow each other. Where a clock was
 * put back, times of before and after come to lie closer, or apart by a gap that no parts explain.
 *
 * @param times each once, in the order of the file
 */
export function isOutOfOrder(times: readonly Instant[]): boolean {
  const steps = stepsOf(times);
  const falls = steps.filter((step) => step < 0).length;
  if (falls === 0) return true;
  // The newest first.
  if (falls > steps.length / 2) return isOutOfOrder(times.toReversed());
  const closest = Math.min(...steps.filter((step) => step >= 0));
  const sorted = times.toSorted((a, b) => a - b);
  const gaps = stepsOf(sorted);
  if (gaps.some((gap) => gap < CROWDED * closest)) return false;
  const usual = usualOf(steps);
  const follower = new Map(steps.map((_, i) => [times[i], times[i + 1]]));
  const joins = gaps.filter((_, i) => follower.get(sorted[i]) !== sorted[i + 1]);
  if (joins.every((gap) => gap <= 2 * usual)) return true;
  // Of parts that lie apart, each is a night or more: the next begins at least a day before the end of this one.
  return steps.every((step) => step >= 0 || (step < -DAY && step > -LONGEST_PAUSE));
}

/** Of two times between which a third falls, one is at most half as far away; intervals vary. */
const CROWDED = 0.6;

function stepsOf(times: readonly Instant[]): Milliseconds[] {
  return times.slice(1).map((time, i) => time - (times[i] as Instant));
}
