import { type CourseComparison, compareCourses } from '../stats/compare-courses.js';
import { lowestOf } from '../stats/extremes.js';
import { type Excursion, excursionsOf, meanExcess } from '../stats/lower-envelope.js';
import { upperQuantile } from '../stats/normal.js';
import { medianOf, noiseOf } from '../stats/robust-noise.js';
import { periodOf, withoutSeason } from '../stats/seasons.js';
import { theilSen } from '../stats/theil-sen.js';
import { runMedians } from '../stats/thinning.js';
import { type Doubt, doubtsOf, provenPart, type Rise } from './growth-doubts.js';
import { GROWTH } from './growth-limits.js';
import { floorOf, type GrowthPart, MOST_POINTS, partOf } from './growth-part.js';
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
  /** What keeps an `unclear` series from being called growing. */
  readonly doubts: readonly Doubt[];
  /** Which course fits best, and by how much; absent for few points. */
  readonly courses?: CourseComparison;
  /** In the units of the series' times, where it repeats itself. */
  readonly period?: number;
  readonly excursions: readonly Excursion[];
  /** Standard deviation from sample to sample. */
  readonly noise: number;
}

/**
 * Whether a series grows and goes on growing. `unit` is its smallest step: a page, or 1 for counts.
 *
 * What repeats itself is taken off; then the floor is judged, not the values: what memory comes back to. It grows if
 * a trend test, the lower bound of its slope and its shape say so, and no course that comes to rest fits much better;
 * or if a course that still rises fits much better than all that come to rest.
 */
export function growthOf(series: Series, unit: number): Growth {
  const n = series.values.length;
  const noise = Math.max(noiseOf(series.values), unit / 2);
  const excursions = excursionsOf(series.values, toleranceOf(noise, n, unit));
  const seen = { noise, excursions, doubts: [] };
  if (n < GROWTH.fewestSamples) {
    return withPart({ ...seen, state: 'too-few' }, partOf(series, floorOf(series.values, [], 0), 0));
  }
  const { steady, period } = withoutPeriod(series);
  const view = viewOf(steady, unit);
  const { rise, whole, courses } = view;
  const known = { ...seen, ...(courses ? { courses } : {}), ...(period === undefined ? {} : { period }) };
  const proven = provenIn(view) ?? (steady === series ? undefined : provenIn(viewOf(series, unit)));
  if (proven) return { ...known, state: 'growing', part: withHonestInterval(proven, courses, series, unit) };
  if (whole && leans(rise, whole)) return { ...known, state: 'leaning', part: whole };
  const settling = settlingOf({ series, excursions, unit, noise, least: rise.least, whole, courses });
  const ownFloor = floorOf(series.values, excursions, toleranceOf(noise, n, unit));
  const part = partOf(series, ownFloor, 0) ?? partOf(series, floorOf(series.values, [], 0), 0);
  if (settling) return withPart({ ...known, state: 'settled', settling }, part);
  return withPart({ ...known, state: 'unclear', doubts: doubtsOf(rise, whole) }, part);
}

/** What is judged of a series, with or without what repeats itself. */
interface View {
  readonly rise: Rise;
  readonly whole: GrowthPart | undefined;
  readonly courses: CourseComparison | undefined;
}

function viewOf(series: Series, unit: number): View {
  const rise = riseOf(series, unit);
  const enough = series.values.length >= GROWTH.enoughSamples;
  return { rise, whole: partOf(series, rise.floor, 0), courses: enough ? coursesOf(rise, unit) : undefined };
}

function provenIn({ rise, whole, courses }: View): GrowthPart | undefined {
  if (!whole || rise.series.values.length < GROWTH.enoughSamples) return undefined;
  return provenPart(rise, whole, courses);
}

/**
 * The part with the interval that its slope has in autocorrelated noise, as the course that rises has it, and in whole
 * units: what steps by chance wanders around its line for long, and ranks alone do not see that.
 */
function withHonestInterval(
  part: GrowthPart,
  courses: CourseComparison | undefined,
  { times }: Series,
  unit: number,
): GrowthPart {
  const { slope, lower, upper } = part.line;
  const autocorrelation = courses?.rising?.autocorrelation ?? 0;
  const inflation = (1 + autocorrelation) / (1 - autocorrelation) / part.trend.inflation;
  const factor = Math.sqrt(Math.max(1, inflation));
  const span = Math.max((times.at(-1) ?? 0) - (times[part.from] ?? 0), Number.MIN_VALUE);
  // A time in whole seconds may be off by half a second at both ends.
  const inSeconds = times.every((time) => Math.abs(time * 3600 - Math.round(time * 3600)) < 1e-6);
  const rounding = (unit + (inSeconds ? slope / 3600 : 0)) / span;
  return {
    ...part,
    line: {
      ...part.line,
      lower: Math.max(0, slope - factor * (slope - lower) - rounding),
      upper: slope + factor * (upper - slope) + rounding,
    },
  };
}

function withPart(growth: Growth, part: GrowthPart | undefined): Growth {
  return part ? { ...growth, part } : growth;
}

/**
 * How far above what it comes back to a value must lie to be more than noise: the range of `n` normal values and one
 * standard deviation more.
 */
function toleranceOf(noise: number, n: number, unit: number): number {
  return Math.max((2 * upperQuantile(1 / Math.max(n, 3)) + 1) * noise, 2 * unit);
}

/** A daily cycle, or a regular saw, is taken off: what remains has the same trend. */
function withoutPeriod(series: Series): { steady: Series; period?: number } {
  const { times, values } = series;
  const line = theilSen(times, values, { limit: 200 });
  if (!line) return { steady: series };
  const residuals = values.map((value, i) => value - line.slope * (times[i] ?? 0));
  const period = periodOf([...runMedians(times, MOST_POINTS)], [...runMedians(residuals, MOST_POINTS)]);
  if (period === undefined) return { steady: series };
  return { steady: { ...series, values: withoutSeason(times, values, residuals, period) }, period };
}

function riseOf(series: Series, unit: number): Rise {
  const { values } = series;
  const noise = Math.max(noiseOf(values), unit / 2);
  const tolerance = toleranceOf(noise, values.length, unit);
  const excursions = excursionsOf(values, tolerance);
  const least = Math.max(
    GROWTH.leastUnits * unit,
    GROWTH.leastNoise * noise,
    GROWTH.leastOfExcess * meanExcess(values),
  );
  return { series, floor: floorOf(values, excursions, tolerance), excursions, noise, least };
}

/** Courses are compared only where the end lies above the beginning of some rise: elsewhere there is none to judge. */
function coursesOf({ series, floor, least }: Rise, unit: number): CourseComparison | undefined {
  if (floor.values.length < GROWTH.enoughFloorPoints) return undefined;
  const end = medianOf(floor.values.slice(-Math.ceil(floor.values.length / 3)));
  if (end - lowestOf(floor.values) < least / 2) return undefined;
  const times = floor.at.map((index) => series.times[index] ?? 0);
  return compareCourses(times, floor.values, unit);
}

/** Too few samples to prove growth, but each is above the one before, and none of the steps by far the most. */
function leans({ series: { values }, floor, least }: Rise, whole: GrowthPart): boolean {
  if (values.length >= GROWTH.enoughSamples || floor.values.length < values.length) return false;
  const steps = floor.values.slice(1).map((value, i) => value - (floor.values[i] ?? 0));
  const rise = steps.reduce((sum, step) => sum + step, 0);
  return rise >= least && whole.growth >= least && steps.every((step) => step > 0 && step * 4 * steps.length >= rise);
}
