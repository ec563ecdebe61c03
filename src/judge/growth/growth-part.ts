import { type Excursion, retainedFloor, runMinima, troughsOf } from '../../stats/lower-envelope.js';
import { type MannKendall, mannKendall } from '../../stats/mann-kendall.js';
import { spreadOf } from '../../stats/robust-noise.js';
import { halfSlopeRatio, jumpShare } from '../../stats/settling.js';
import { type TheilSen, theilSen } from '../../stats/theil-sen.js';
import type { Series } from '../series.js';

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

/** What a series comes back to, with the indices. */
export interface Floor {
  readonly at: readonly number[];
  readonly values: readonly number[];
}

/** Longer series are judged by the minima of runs: the slopes of all pairs take a second for 5,000 points. */
export const MOST_POINTS = 600;

/**
 * The floor of values: the values themselves where nothing comes back, else the troughs after each fall of more than
 * `tolerance`, or the minima of runs that are long enough to hold one return each, whichever gives more points; at
 * most `most` of them.
 */
export function floorOf(
  values: readonly number[],
  excursions: readonly Excursion[],
  tolerance: number,
  most = MOST_POINTS,
): Floor {
  const thinned = Math.ceil(values.length / most);
  const width = excursions.reduce((most, { from, back }) => Math.max(most, back - from + 1), thinned);
  if (width <= 1) return { at: values.map((_, index) => index), values };
  const minima = runMinima(values, width);
  const troughs = troughsOf(values, tolerance);
  return troughs.values.length > minima.values.length && troughs.values.length <= most ? troughs : minima;
}

const NO_TREND: MannKendall = { s: 0, variance: 0, inflation: 1, pValue: 1, pRising: 1 };
const ROUGH_POINTS = 40;

/**
 * The measures of a series from its floor's point `skip` on; undefined where no two times differ. `rough` where the
 * line need not be exact, since no growth is to be proven.
 */
export function partOf({ times }: Series, floor: Floor, skip: number, rough = false): GrowthPart | undefined {
  const at = floor.at.slice(skip);
  const values = floor.values.slice(skip);
  const at0 = at[0];
  if (at0 === undefined) return undefined;
  const partTimes = at.map((index) => times[index] ?? 0);
  let residuals: readonly number[] = [];
  let trend = NO_TREND;
  const inflation = (slope: number): number => {
    residuals = values.map((value, i) => value - slope * (partTimes[i] ?? 0));
    trend = mannKendall(values, residuals) ?? NO_TREND;
    return trend.inflation;
  };
  const line = theilSen(partTimes, values, { inflation, ...(rough ? { limit: ROUGH_POINTS } : {}) });
  if (!line) return undefined;
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
