import type { CourseComparison } from '../../stats/compare-courses.js';
import { LATEST_BEND } from '../../stats/courses.js';
import { highestOf, lowestOf } from '../../stats/extremes.js';
import { type Excursion, retainedFloor } from '../../stats/lower-envelope.js';
import { medianOf } from '../../stats/robust-noise.js';
import { jumpShare } from '../../stats/settling.js';
import type { Series } from '../series.js';
import { GROWTH } from './growth-limits.js';
import { floorOf, type GrowthPart, partOf } from './growth-part.js';

/** Why usage counts as settled. */
export type Settling =
  | { readonly kind: 'flat'; readonly range: number }
  | { readonly kind: 'returns'; readonly floor: number; readonly cycles: number; readonly moved: number }
  | { readonly kind: 'stopped'; readonly since: number; readonly share: number; readonly steps: boolean }
  | { readonly kind: 'rests'; readonly since: number; readonly steps: boolean; readonly evidence: number }
  | { readonly kind: 'falls'; readonly by: number }
  | { readonly kind: 'no-trend'; readonly pValue: number };

/** What is known of a series that is not proven to grow. */
export interface Usage {
  readonly series: Series;
  readonly excursions: readonly Excursion[];
  /** The smallest step. */
  readonly unit: number;
  /** Standard deviation from sample to sample. */
  readonly noise: number;
  /** The least growth that counts. */
  readonly least: number;
  /** Growth over all samples, where the floor has points enough for it. */
  readonly whole: GrowthPart | undefined;
  readonly courses: () => CourseComparison | undefined;
}

/** Why the usage has settled; undefined where it cannot be said to have. */
export function settlingOf(usage: Usage): Settling | undefined {
  const { series, unit, whole, least } = usage;
  const range = highestOf(series.values) - lowestOf(series.values);
  if (series.values.length < GROWTH.enoughSamples) return range <= unit ? { kind: 'flat', range } : undefined;
  const over = stopped(usage) ?? falling(usage);
  if (over) return over;
  // A floor of three or four points that climbs each time is no proof of growth, but no rest either.
  const few = whole !== undefined && whole.points >= 3 && whole.points < GROWTH.enoughFloorPoints;
  if (few && whole.line.lower > 0 && whole.growth >= least) return undefined;
  // Where rises are no higher than noise makes them, they are noise and not a saw.
  const noisy = usage.excursions.every(({ height }) => height < 6 * usage.noise);
  const settling = noisy ? (trendless(usage) ?? returning(usage)) : (returning(usage) ?? trendless(usage));
  return settling ?? resting(usage);
}

/** A course that came to rest fits much better than any that still rises, and the rest is long enough to be seen. */
function resting({ series: { times }, ...usage }: Usage): Settling | undefined {
  const courses = usage.courses();
  if (!courses || courses.evidence > -GROWTH.settledEvidence) return undefined;
  const { kind, since } = courses.resting;
  const points = times.filter((time) => time >= since).length;
  const end = times.at(-1) ?? 0;
  if (points < 5 || since - (times[0] ?? 0) > LATEST_BEND * (end - (times[0] ?? 0))) return undefined;
  return { kind: 'rests', since, steps: kind === 'shifts', evidence: -courses.evidence };
}

/** Comes back to its floor, at least twice, and the floor stays. */
function returning({ series: { values }, excursions, unit, noise }: Usage): Settling | undefined {
  const highest = excursions.reduce((most, { height }) => Math.max(most, height), 0);
  const cycles = excursions.filter(({ height }) => height * 2 >= highest);
  if (cycles.length < 2) return undefined;
  const troughs = cycles.map(({ back }) => values[back] ?? 0);
  const floor = troughs.at(-1) ?? 0;
  const moved = floor - (troughs[0] ?? 0);
  const climbs = troughs.length > 2 && troughs.every((trough, i) => i === 0 || trough - (troughs[i - 1] ?? 0) > unit);
  const allowed = Math.max(GROWTH.leastUnits * unit, 3 * noise, GROWTH.settledLateShare * highest);
  return climbs || Math.abs(moved) > allowed ? undefined : { kind: 'returns', floor, cycles: cycles.length, moved };
}

/** Grew at first, but hardly in the last third. */
function stopped({ series: { times, values }, excursions, unit, noise }: Usage): Settling | undefined {
  const n = values.length;
  const floor = retainedFloor(values);
  const first = floor[0] ?? 0;
  const rise = (floor[n - 1] ?? 0) - first;
  if (rise < Math.max(GROWTH.leastUnits * unit, GROWTH.leastNoise * noise)) return undefined;
  const allowed = Math.max(GROWTH.settledLateShare, (2 * unit) / rise, (3 * noise) / rise);
  // Where noise is as large as the rise, what is left of it says nothing.
  if (allowed > GROWTH.mostSettledRise) return undefined;
  const since = floor.findIndex((value) => value >= first + (1 - allowed) * rise);
  if (since < 0 || n - since < Math.max(5, 0.3 * n)) return undefined;
  if (isSaw(excursions, n) && excursions.filter(({ from }) => from > since).length < 2) return undefined;
  const share = ((floor[since] ?? 0) - first) / rise;
  return { kind: 'stopped', since, share, steps: jumpShare(times, floor) > MOSTLY_STEPS };
}

/**
 * Mostly above what it comes back to. The floor under the last tooth of a saw is level by its nature: that it stays
 * takes two teeth more to be seen.
 */
function isSaw(excursions: readonly Excursion[], n: number): boolean {
  return excursions.reduce((sum, { from, back }) => sum + back - from, 0) > n / 3;
}

/** Ends lower than it began, the end as a whole. */
function falling({ series: { values }, unit, noise }: Usage): Settling | undefined {
  const third = Math.floor(values.length / 3);
  const by = medianOf(values.slice(0, third)) - highestOf(values.slice(-third));
  return by > Math.max(GROWTH.leastUnits * unit, GROWTH.leastNoise * noise) ? { kind: 'falls', by } : undefined;
}

/** Neither a trend nor, by the upper bound of the slope, room for one that the noise would hide. */
function trendless({ series, unit, noise, whole, least }: Usage): Settling | undefined {
  const { times, values } = series;
  const enough = whole !== undefined && whole.points >= GROWTH.enoughFloorPoints;
  const part = enough ? whole : partOf(series, floorOf(values, [], 0), 0);
  if (!part) return undefined;
  const { trend, line, wander } = part;
  if ((trend.pRising <= 0.05 && line.lower > 0) || hasLateStep(values, unit, noise)) return undefined;
  const hidden = line.upper * ((times.at(-1) ?? 0) - (times[0] ?? 0));
  const most = Math.max(GROWTH.mostHiddenGrowth * wander, least);
  return hidden > most ? undefined : { kind: 'no-trend', pValue: trend.pValue };
}

/** One or two steps share more of a rise than this. */
const MOSTLY_STEPS = 0.75;

/** All that comes after some moment in the last third lies well above all before: too late to see whether it goes on. */
function hasLateStep(values: readonly number[], unit: number, noise: number): boolean {
  const floor = retainedFloor(values);
  const step = Math.max(GROWTH.leastUnits * unit, GROWTH.leastNoise * noise);
  let most = Number.NEGATIVE_INFINITY;
  return values.some((value, i) => {
    const late = 3 * i >= 2 * values.length && (floor[i] ?? 0) - most > step;
    most = Math.max(most, value);
    return late;
  });
}
