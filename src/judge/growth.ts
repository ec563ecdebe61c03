import { type Excursion, excursionsOf, retainedFloor, runMinima } from '../stats/lower-envelope.js';
import { type MannKendall, mannKendall } from '../stats/mann-kendall.js';
import { medianOf, noiseOf } from '../stats/robust-noise.js';
import { halfSlopeRatio, jumpShare, quietEnd } from '../stats/settling.js';
import { type TheilSen, theilSen } from '../stats/theil-sen.js';
import type { Series } from './series.js';

/** What decides whether a series grows. Each is a threshold of the rules that use it, with its source there. */
export const GROWTH = {
  fewestSamples: 3,
  enoughSamples: 8,
  enoughFloorPoints: 5,
  significance: 0.01,
  confidence: 0.95,
  leastUnits: 4,
  leastNoise: 4,
  leastOfExcess: 0.1,
  leastHalfSlope: 0.5,
  moreHalfSlope: 0.2,
  mostQuietEnd: 1.5,
  leastOfWander: 8,
  mostHiddenGrowth: 4,
  mostSettledRise: 0.25,
  mostJumpShare: 0.45,
  settledLateShare: 0.05,
} as const;

/** The part of a series that was judged, and what was measured there. */
export interface GrowthPart {
  /** Index into the series of the part's first point. */
  readonly from: number;
  /** Points of the floor. */
  readonly points: number;
  readonly trend: MannKendall;
  readonly line: TheilSen;
  /** Over the part's time, on the line. */
  readonly growth: number;
  readonly halfSlopeRatio: number;
  readonly jumpShare: number;
  /** Standard deviation of the points around the line. */
  readonly wander: number;
}

/** `growing`: proven as far as samples can. `leaning`: grows, but too few samples. `unclear`: neither that nor settled. */
export type GrowthState = 'too-few' | 'growing' | 'leaning' | 'settled' | 'unclear';

/** Why usage counts as settled. */
export type Settling =
  | { readonly kind: 'flat'; readonly range: number }
  | { readonly kind: 'returns'; readonly floor: number; readonly cycles: number; readonly moved: number }
  | { readonly kind: 'stopped'; readonly since: number; readonly share: number; readonly steps: boolean }
  | { readonly kind: 'falls'; readonly by: number }
  | { readonly kind: 'no-trend'; readonly pValue: number };

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
  const { times, values } = series;
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
  const part = whole ?? partOf(series, floorOf(values, 1), 0);
  if (whole && leans(values, floor, whole, least)) return { state: 'leaning', part: whole, excursions, noise };
  const settling = settlingOf(times, values, excursions, unit, noise, whole);
  if (settling) return withPart({ state: 'settled', settling, excursions, noise }, part);
  return withPart({ state: 'unclear', excursions, noise }, part);
}

function withPart(growth: Growth, part: GrowthPart | undefined): Growth {
  return part ? { ...growth, part } : growth;
}

/** Longer series are judged by the minima of runs: slopes of all pairs would take too long. */
const MOST_POINTS = 1200;

interface Floor {
  readonly at: readonly number[];
  readonly values: readonly number[];
}

function floorOf(values: readonly number[], width: number): Floor {
  return width > 1 ? runMinima(values, width) : { at: values.map((_, index) => index), values };
}

function partOf({ times }: Series, floor: Floor, skip: number): GrowthPart | undefined {
  const at = floor.at.slice(skip);
  const values = floor.values.slice(skip);
  const at0 = at[0];
  if (at0 === undefined) return undefined;
  const partTimes = at.map((index) => times[index] ?? 0);
  const rough = theilSen(partTimes, values);
  if (!rough) return undefined;
  const residuals = values.map((value, i) => value - rough.slope * (partTimes[i] ?? 0));
  const trend = mannKendall(values, residuals) ?? { s: 0, variance: 0, inflation: 1, pValue: 1, pRising: 1 };
  const { inflation } = trend;
  const line = (inflation > 1 ? theilSen(partTimes, values, { inflation }) : rough) ?? rough;
  const from = skip === 0 ? 0 : at0;
  const span = (times.at(-1) ?? 0) - (times[from] ?? 0);
  return {
    from,
    points: values.length,
    trend,
    line,
    growth: line.slope * span,
    halfSlopeRatio: halfSlopeRatio(partTimes, values),
    jumpShare: jumpShare(partTimes, retainedFloor(values)),
    wander: spreadOf(residuals),
  };
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
    return part;
  }
  return undefined;
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

function settlingOf(
  times: readonly number[],
  values: readonly number[],
  excursions: readonly Excursion[],
  unit: number,
  noise: number,
  whole: GrowthPart | undefined,
): Settling | undefined {
  const n = values.length;
  const low = lowestOf(values);
  const range = highestOf(values) - low;
  if (n < GROWTH.enoughSamples) return range <= unit ? { kind: 'flat', range } : undefined;
  if (range <= GROWTH.leastUnits * unit) return { kind: 'flat', range };
  return (
    returning(values, excursions, unit, noise) ??
    stopped(times, values, unit, noise) ??
    falling(times, values, noise) ??
    trendless(times, values, whole)
  );
}

/** Comes back to its floor, at least twice, and the floor stays. */
function returning(
  values: readonly number[],
  excursions: readonly Excursion[],
  unit: number,
  noise: number,
): Settling | undefined {
  const highestRise = highest(excursions);
  const cycles = excursions.filter(({ height }) => height * 2 >= highestRise);
  if (cycles.length < 2) return undefined;
  const troughs = cycles.map(({ back }) => values[back] ?? 0);
  const moved = (troughs.at(-1) ?? 0) - (troughs[0] ?? 0);
  if (moved > Math.max(GROWTH.leastUnits * unit, 3 * noise, 0.05 * highestRise)) return undefined;
  return { kind: 'returns', floor: troughs.at(-1) ?? 0, cycles: cycles.length, moved };
}

/** Grew at first, but hardly in the last two fifths. */
function stopped(
  times: readonly number[],
  values: readonly number[],
  unit: number,
  noise: number,
): Settling | undefined {
  const n = values.length;
  const floor = retainedFloor(values);
  const rise = (floor[n - 1] ?? 0) - (floor[0] ?? 0);
  if (rise < Math.max(GROWTH.leastUnits * unit, GROWTH.leastNoise * noise)) return undefined;
  const level = (share: number): number => (floor[0] ?? 0) + share * rise;
  const allowed = Math.max(GROWTH.settledLateShare, (2 * unit) / rise, (3 * noise) / rise);
  // Where noise is as large as the rise, what is left of it says nothing.
  if (allowed > GROWTH.mostSettledRise) return undefined;
  const since = floor.findIndex((value) => value >= level(1 - allowed));
  if (since < 0 || n - since < Math.max(4, 0.3 * n)) return undefined;
  const share = ((floor[since] ?? 0) - (floor[0] ?? 0)) / rise;
  return { kind: 'stopped', since, share, steps: jumpShare(times, floor) > 2 * GROWTH.mostJumpShare };
}

function falling(times: readonly number[], values: readonly number[], noise: number): Settling | undefined {
  const line = theilSen(times, values);
  const fall = -(line?.slope ?? 0) * ((times.at(-1) ?? 0) - (times[0] ?? 0));
  if (!line || line.upper >= 0 || fall <= GROWTH.leastNoise * noise) return undefined;
  // A low that is over does not excuse the rise after it.
  const end = Math.max(...values.slice(-3));
  return end - lowestOf(values) < fall / 2 ? { kind: 'falls', by: fall } : undefined;
}

/** Neither a trend nor, by the upper bound of the slope, room for one that the noise would hide. */
function trendless(
  times: readonly number[],
  values: readonly number[],
  whole: GrowthPart | undefined,
): Settling | undefined {
  const enough = whole !== undefined && whole.points >= GROWTH.enoughFloorPoints;
  const part = enough ? whole : partOf({ at: [], times, values }, floorOf(values, 1), 0);
  if (!part) return undefined;
  const { trend, line, wander } = part;
  if (trend.pRising <= 0.05 && line.lower > 0) return undefined;
  const hidden = line.upper * ((times.at(-1) ?? 0) - (times[0] ?? 0));
  return hidden > GROWTH.mostHiddenGrowth * wander ? undefined : { kind: 'no-trend', pValue: trend.pValue };
}

function spreadOf(residuals: readonly number[]): number {
  const middle = medianOf(residuals);
  return NORMAL_MAD * medianOf(residuals.map((residual) => Math.abs(residual - middle)));
}

/** Makes a standard deviation of a median absolute deviation, for normal values. */
const NORMAL_MAD = 1.4826;

/** How far the values lie above what they come back to, on average: half a tooth for a saw, little for rare spikes. */
function meanExcess(values: readonly number[]): number {
  const floor = retainedFloor(values);
  return values.reduce((sum, value, i) => sum + value - (floor[i] ?? value), 0) / values.length;
}

function highest(excursions: readonly Excursion[]): number {
  return excursions.reduce((most, { height }) => Math.max(most, height), 0);
}

function highestOf(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
}

function lowestOf(values: readonly number[]): number {
  return values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
}
