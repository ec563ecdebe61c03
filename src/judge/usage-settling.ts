import { highestOf, lowestOf } from '../stats/extremes.js';
import { type Excursion, retainedFloor } from '../stats/lower-envelope.js';
import { medianOf } from '../stats/robust-noise.js';
import { jumpShare } from '../stats/settling.js';
import { GROWTH } from './growth-limits.js';
import { floorOf, type GrowthPart, partOf } from './growth-part.js';
import type { Series } from './series.js';

/** Why usage counts as settled. */
export type Settling =
  | { readonly kind: 'flat'; readonly range: number }
  | { readonly kind: 'returns'; readonly floor: number; readonly cycles: number; readonly moved: number }
  | { readonly kind: 'stopped'; readonly since: number; readonly share: number; readonly steps: boolean }
  | { readonly kind: 'falls'; readonly by: number }
  | { readonly kind: 'no-trend'; readonly pValue: number };

/** Why the usage has settled; undefined where it cannot be said to have. `whole` is its growth over all samples. */
export function settlingOf(
  { times, values }: Series,
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
    falling(values, unit, noise) ??
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
  const climbs = troughs.length > 2 && troughs.every((trough, i) => i === 0 || trough - (troughs[i - 1] ?? 0) > unit);
  if (climbs || moved > Math.max(GROWTH.leastUnits * unit, 3 * noise, 0.05 * highestRise)) return undefined;
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

/** Ends lower than it began, the end as a whole. */
function falling(values: readonly number[], unit: number, noise: number): Settling | undefined {
  const third = Math.floor(values.length / 3);
  const by = medianOf(values.slice(0, third)) - highestOf(values.slice(-third));
  return by > Math.max(GROWTH.leastUnits * unit, GROWTH.leastNoise * noise) ? { kind: 'falls', by } : undefined;
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

function highest(excursions: readonly Excursion[]): number {
  return excursions.reduce((most, { height }) => Math.max(most, height), 0);
}
