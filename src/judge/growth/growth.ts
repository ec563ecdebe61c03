import { type CourseComparison, compareCourses } from '../../stats/compare-courses.js';
import type { Course } from '../../stats/course-fitting.js';
import { highestOf, lowestOf } from '../../stats/extremes.js';
import { type Excursion, excursionsOf, meanExcess } from '../../stats/lower-envelope.js';
import { upperQuantile } from '../../stats/normal.js';
import { medianOf, noiseOf } from '../../stats/robust-noise.js';
import type { Series } from '../series.js';
import { type Doubt, doubtsOf, type ProvenRise, provenRise, type Rise } from './growth-doubts.js';
import { GROWTH } from './growth-limits.js';
import { type Floor, floorOf, type GrowthPart, partOf } from './growth-part.js';
import { withRateInterval } from './rate-interval.js';
import { withoutPeriod } from './steady-series.js';
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
  /** The course that rises, of growing series that are no clear line. */
  readonly rising?: Course;
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
  const range = highestOf(series.values) - lowestOf(series.values);
  if (n >= GROWTH.enoughSamples && range <= GROWTH.leastUnits * unit) return flatGrowth(series, range, unit);
  const noise = Math.max(noiseOf(series.values), unit / 2);
  const excursions = excursionsOf(series.values, toleranceOf(noise, n, unit));
  const seen = { noise, excursions, doubts: [] };
  if (n < GROWTH.fewestSamples) {
    return withPart({ ...seen, state: 'too-few' }, partOf(series, floorOf(series.values, [], 0), 0));
  }
  const { steady, period } = withoutPeriod(series);
  const view = viewOf(steady, unit);
  const { rise, whole } = view;
  const known = { ...seen, ...(period === undefined ? {} : { period }) };
  const proven = provenIn(view) ?? (steady === series ? undefined : provenIn(viewOf(series, unit)));
  if (proven) return { ...known, ...proven, state: 'growing', part: withRateInterval(proven, series, unit) };
  if (whole && leans(rise, whole)) return { ...known, state: 'leaning', part: whole };
  const settling = settlingOf({ series, excursions, unit, noise, least: rise.least, whole, courses: rise.courses });
  const own = ownPart(series, view, unit) ?? partOf(series, floorOf(series.values, [], 0), 0);
  if (settling) return withPart({ ...known, state: 'settled', settling }, own);
  return withPart({ ...known, state: 'unclear', doubts: doubtsOf(rise, whole) }, own);
}

/** Most programs of a device do nothing: no time is spent on what cannot amount to growth. */
function flatGrowth(series: Series, range: number, unit: number): Growth {
  const part = partOf(series, floorOf(series.values, [], 0, FLAT_POINTS), 0);
  const settling = { kind: 'flat', range } as const;
  return withPart({ state: 'settled', settling, noise: unit / 2, excursions: [], doubts: [] }, part);
}

/** The whole of the series itself, with what repeats itself. */
function ownPart(series: Series, { rise, whole }: View, unit: number): GrowthPart | undefined {
  return rise.series === series ? whole : partOf(series, riseOf(series, unit).floor, 0);
}

/** What is judged of a series, with or without what repeats itself. */
interface View {
  readonly rise: Rise;
  readonly whole: GrowthPart | undefined;
  /** Enough samples, of which the last lie above earlier ones, and move: elsewhere there is no growth to prove. */
  readonly mayGrow: boolean;
}

function viewOf(series: Series, unit: number): View {
  const rise = riseOf(series, unit);
  const enough = series.values.length >= GROWTH.enoughSamples;
  const isHigher = enough && isHigherAtTheEnd(rise);
  const whole = partOf(series, rise.floor, 0, enough && !isHigher);
  return { rise, whole, mayGrow: isHigher && !hasRested(series, unit) };
}

function provenIn({ rise, whole, mayGrow }: View): ProvenRise | undefined {
  return whole && mayGrow ? provenRise(rise, whole) : undefined;
}

/** Whether nothing moves in the second half, of the samples as of the time: what began and rests, as most programs do. */
function hasRested({ times, values }: Series, unit: number): boolean {
  const half = ((times[0] ?? 0) + (times.at(-1) ?? 0)) / 2;
  const middle = Math.floor(values.length / 2);
  const since = times.findIndex((time) => time >= half);
  const rest = values.slice(Math.min(since, middle));
  return highestOf(rest) - lowestOf(rest) <= unit;
}

/** The line of what does not move needs few. */
const FLAT_POINTS = 30;

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
  const floor = floorOf(values, excursions, tolerance);
  let compared: { courses: CourseComparison | undefined } | undefined;
  const courses = (): CourseComparison | undefined => {
    compared ??= { courses: coursesOf(series, floor, unit) };
    return compared.courses;
  };
  return { series, floor, excursions, noise, least, courses };
}

/** Whether the last third lies above one before it by a quarter of the growth that counts, or about the noise. */
function isHigherAtTheEnd({ floor, least }: Rise): boolean {
  const third = Math.ceil(floor.values.length / 3);
  const [early, middle, late] = [0, 1, 2].map((k) => medianOf(floor.values.slice(k * third, (k + 1) * third)));
  return (late ?? 0) - Math.min(early ?? 0, middle ?? 0) >= least / 4;
}

function coursesOf(series: Series, floor: Floor, unit: number): CourseComparison | undefined {
  if (series.values.length < GROWTH.enoughSamples || floor.values.length < GROWTH.enoughFloorPoints) return undefined;
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
