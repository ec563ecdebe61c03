import { highestOf } from '../stats/extremes.js';
import { type Excursion, excursionsOf, meanExcess, retainedFloor } from '../stats/lower-envelope.js';
import { noiseOf } from '../stats/robust-noise.js';
import { quietEnd } from '../stats/settling.js';
import { GROWTH } from './growth-limits.js';
import { type Floor, floorOf, type GrowthPart, MOST_POINTS, partOf } from './growth-part.js';
import type { Series } from './series.js';
import { type Settling, settlingOf } from './usage-settling.js';

/** `growing`: proven as far as samples can. `leaning`: grows, but too few samples. `unclear`: neither that nor settled. */
export type GrowthState = 'too-few' | 'growing' | 'leaning' | 'settled' | 'unclear';

/** The judgement on one series, the same for memory and for counts. */
export interface Growth {
  readonly state: GrowthState;
  /** The part that grows, else the whole; absent where the series has fewer than two points. */
  readonly part?: GrowthPart;
  readonly settling?: Settling;
  readonly excursions: readonly Excursion[];
  /** Standard deviation from sample to sample. */
  readonly noise: number;
}

/**
 * Whether a series grows and goes on growing. `unit` is its smallest step: a page, or 1 for counts.
 *
 * Judged is the floor, not the values: the minima of runs that are long enough to hold one return each. The floor must
 * rise by a trend test and by the lower bound of its slope, by more than noise, in the late part as well as in the
 * early one, and not in one or two steps. Where the whole fails, its later parts are asked: a warm-up, or a leak that
 * sets in late, must not hide what goes on at the end.
 */
export function growthOf(series: Series, unit: number): Growth {
  const { values } = series;
  const n = values.length;
  const noise = Math.max(noiseOf(values), unit / 2);
  const excursions = excursionsOf(values, Math.max(3 * noise, 2 * unit));
  if (n < GROWTH.fewestSamples)
    return withPart({ state: 'too-few', excursions, noise }, partOf(series, floorOf(values, 1), 0));
  const width = excursions.reduce(
    (most, { from, back }) => Math.max(most, back - from + 1),
    Math.ceil(n / MOST_POINTS),
  );
  const floor = floorOf(values, width);
  const least = Math.max(
    GROWTH.leastUnits * unit,
    GROWTH.leastNoise * noise,
    GROWTH.leastOfExcess * meanExcess(values),
  );
  const whole = partOf(series, floor, 0);
  if (whole && n >= GROWTH.enoughSamples) {
    const growing = growingPart(series, floor, whole, least, excursions, noise);
    if (growing) return { state: 'growing', part: growing, excursions, noise };
  }
  const part = whole ?? partOf(series, floorOf(values, Math.ceil(n / MOST_POINTS)), 0);
  if (whole && leans(values, floor, whole, least)) return { state: 'leaning', part: whole, excursions, noise };
  const settling = settlingOf({ series, excursions, unit, noise, least, whole });
  if (settling) return withPart({ state: 'settled', settling, excursions, noise }, part);
  return withPart({ state: 'unclear', excursions, noise }, part);
}

function withPart(growth: Growth, part: GrowthPart | undefined): Growth {
  return part ? { ...growth, part } : growth;
}

/** Where the parts begin that are asked, as fractions of the floor's points. */
const PART_STARTS = [0, 0.25, 0.5, 0.75];

function growingPart(
  series: Series,
  floor: Floor,
  whole: GrowthPart,
  least: number,
  excursions: readonly Excursion[],
  noise: number,
): GrowthPart | undefined {
  const last = floor.values.at(-1) ?? 0;
  let slowed = 0;
  let found: GrowthPart | undefined;
  for (const start of PART_STARTS) {
    const skip = Math.floor(start * floor.values.length);
    // What is left of a warm-up looks straight if only it is short enough.
    if (floor.values.length - skip < GROWTH.enoughFloorPoints || (slowed > 0 && start > 0.5)) break;
    const part = skip === 0 ? whole : partOf(series, floor, skip);
    if (!part) continue;
    const leastRatio = GROWTH.leastHalfSlope + GROWTH.moreHalfSlope * slowed;
    if (part.halfSlopeRatio < GROWTH.leastHalfSlope) slowed++;
    if (!rises(part, least) || part.halfSlopeRatio < leastRatio || part.jumpShare > GROWTH.mostJumpShare) continue;
    if (hasQuietEnd(series, floor, skip, noise)) continue;
    // A rise that has not yet passed what was there before may be the next tooth of a saw.
    if (skip > 0 && last <= highestOf(series.values.slice(0, part.from))) continue;
    if (isNextTooth(excursions, part)) continue;
    found = part;
    // Growth that gathers speed or sets in late is measured where it is under way.
    if (part.halfSlopeRatio < GROWTH.leastSpeedUp) break;
  }
  return found;
}

/** A saw whose first tooth began before the sampling and whose second has not ended: it has not passed the first yet. */
function isNextTooth(excursions: readonly Excursion[], part: GrowthPart): boolean {
  const [first, ...later] = excursions;
  if (first?.from !== 0 || first.height < part.growth) return false;
  return !later.some(({ height }) => 2 * height >= first.height);
}

/** Stopped rising for longer than it ever paused before. */
function hasQuietEnd({ times }: Series, floor: Floor, skip: number, noise: number): boolean {
  const partTimes = floor.at.slice(skip).map((index) => times[index] ?? 0);
  return quietEnd(partTimes, retainedFloor(floor.values.slice(skip)), 3 * noise) > GROWTH.mostQuietEnd;
}

function rises(part: GrowthPart, least: number): boolean {
  // Autocorrelated values wander: of few, a test cannot tell a wander from a trend, but the distance can.
  if (part.trend.inflation > 1 && part.growth < GROWTH.leastOfWander * part.wander) return false;
  return part.trend.pRising <= GROWTH.significance && part.line.lower > 0 && part.growth >= least;
}

/** Too few samples to prove growth, but each floor point is above the one before, and none of them by far the most. */
function leans(values: readonly number[], floor: Floor, whole: GrowthPart, least: number): boolean {
  if (values.length >= GROWTH.enoughSamples || floor.values.length < values.length) return false;
  const steps = floor.values.slice(1).map((value, i) => value - (floor.values[i] ?? 0));
  const rise = steps.reduce((sum, step) => sum + step, 0);
  return rise >= least && whole.growth >= least && steps.every((step) => step > 0 && step * 4 * steps.length >= rise);
}
