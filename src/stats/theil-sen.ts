import { kendallVariance } from './mann-kendall.js';
import { upperQuantile } from './normal.js';
import { tieSizes } from './rank.js';
import { medianIn, select } from './select.js';
import { runMedians } from './thinning.js';

/** A robust line through points, in the units of the values per unit of time. */
export interface TheilSen {
  readonly slope: number;
  /** The value at time 0. */
  readonly intercept: number;
  /** Confidence interval of the slope. */
  readonly lower: number;
  readonly upper: number;
}

export interface TheilSenOptions {
  /** Default 0.95. */
  readonly confidence?: number;
  /** Widens the interval for autocorrelated values: see `varianceInflation`. May depend on the slope. */
  readonly inflation?: number | ((slope: number) => number);
  /** More points than this are thinned to medians of equal runs; default 1,200, about 30 ms. */
  readonly limit?: number;
}

/** Values over time. */
export interface Points {
  readonly times: readonly number[];
  readonly values: readonly number[];
}

/**
 * The Theil–Sen line: the median of the slopes of all pairs; undefined where fewer than two times differ.
 *
 * Exact up to `limit` points. Times ascend; pairs of equal time, and what is not finite, are left out.
 * Sources: Theil (1950); Sen, JASA 63 (1968) 1379–1389 (ties, interval); Gilbert, Statistical Methods for
 * Environmental Pollution Monitoring (1987), 16.5; intercept after Conover, the median of value − slope × time.
 */
export function theilSen(
  times: readonly number[],
  values: readonly number[],
  options: TheilSenOptions = {},
): TheilSen | undefined {
  return commonLine([{ times, values }], options);
}

/**
 * The one slope of several series whose levels differ: the median of the slopes of all pairs within a series.
 *
 * The intercept is that of all points together.
 * Source: Gilbert (1987), 17.3, after Hirsch, Slack & Smith (1982): the seasonal Kendall slope, a series a season.
 */
export function commonLine(series: readonly Points[], options: TheilSenOptions = {}): TheilSen | undefined {
  const { confidence = 0.95, inflation = 1, limit = 1200 } = options;
  const thinned = series.map(({ times, values }) => ({ x: runMedians(times, limit), y: runMedians(values, limit) }));
  const slopes = pairSlopes(thinned);
  if (slopes.length === 0) return undefined;
  const slope = medianIn(slopes);
  const rests = restsOf(thinned, slope);
  if (rests.length === 0) return undefined;
  const variance = thinned.reduce((sum, { y }) => sum + kendallVariance(y.length, tieSizes(y)), 0);
  const widening = typeof inflation === 'number' ? inflation : inflation(slope);
  const width = upperQuantile((1 - confidence) / 2) * Math.sqrt(variance * widening);
  const count = slopes.length;
  const low = Math.max(0, Math.floor((count - width) / 2) - 1);
  const high = Math.min(count - 1, Math.ceil((count + width) / 2));
  return { slope, intercept: medianIn(rests), lower: select(slopes, low), upper: select(slopes, high) };
}

/** What is left of all points without the slope. */
function restsOf(
  series: readonly { readonly x: Float64Array; readonly y: Float64Array }[],
  slope: number,
): Float64Array {
  const rests = new Float64Array(series.reduce((sum, { x }) => sum + x.length, 0));
  let count = 0;
  for (const { x, y } of series) {
    for (let i = 0; i < x.length; i++) {
      const rest = (y[i] as number) - slope * (x[i] as number);
      if (Number.isFinite(rest)) rests[count++] = rest;
    }
  }
  return rests.subarray(0, count);
}

/** Used again for each line: some hundred thousand slopes, some thousand times a run. */
const SCRATCH = { slopes: new Float64Array(0) };

/** The slopes of all pairs; they lie in memory that the next call overwrites. */
function pairSlopes(series: readonly { readonly x: Float64Array; readonly y: Float64Array }[]): Float64Array {
  const pairs = series.reduce((sum, { x }) => sum + (x.length * (x.length - 1)) / 2, 0);
  if (pairs > SCRATCH.slopes.length) SCRATCH.slopes = new Float64Array(2 * pairs);
  const { slopes } = SCRATCH;
  let count = 0;
  for (const { x, y } of series) {
    const n = Math.min(x.length, y.length);
    for (let i = 0; i < n; i++) {
      const xi = x[i] as number;
      const yi = y[i] as number;
      for (let j = i + 1; j < n; j++) {
        const slope = ((y[j] as number) - yi) / ((x[j] as number) - xi);
        if (Number.isFinite(slope)) slopes[count++] = slope;
      }
    }
  }
  return slopes.subarray(0, count);
}
