import { kendallVariance } from './mann-kendall.js';
import { upperQuantile } from './normal.js';
import { tieSizes } from './rank.js';

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
  /** Widens the interval for autocorrelated values: see `varianceInflation`. */
  readonly inflation?: number;
  /** More points than this are thinned to medians of equal runs; default 1,200, about 100 ms. */
  readonly limit?: number;
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
  const { confidence = 0.95, inflation = 1, limit = 1200 } = options;
  const [x, y] = thinned(times, values, limit);
  const n = x.length;
  const slopes = new Float64Array((n * (n - 1)) / 2);
  let count = 0;
  for (let i = 0; i < n; i++) {
    const xi = x[i] as number;
    const yi = y[i] as number;
    for (let j = i + 1; j < n; j++) {
      const slope = ((y[j] as number) - yi) / ((x[j] as number) - xi);
      if (Number.isFinite(slope)) slopes[count++] = slope;
    }
  }
  if (count === 0) return undefined;
  const sorted = slopes.subarray(0, count).sort();
  const slope = middleOf(sorted);
  const rests = Float64Array.from(x, (time, i) => (y[i] as number) - slope * time)
    .filter(Number.isFinite)
    .sort();
  if (rests.length === 0) return undefined;
  const variance = kendallVariance(n, tieSizes(Array.from(y))) * inflation;
  const width = upperQuantile((1 - confidence) / 2) * Math.sqrt(variance);
  const low = Math.floor((count - width) / 2) - 1;
  const high = Math.ceil((count + width) / 2);
  return {
    slope,
    intercept: middleOf(rests),
    lower: sorted[Math.max(0, low)] as number,
    upper: sorted[Math.min(count - 1, high)] as number,
  };
}

/** The median of sorted numbers. */
function middleOf(sorted: Float64Array): number {
  const half = sorted.length >> 1;
  const upper = sorted[half] as number;
  // Halved before they are added: the sum may be beyond a double.
  return sorted.length % 2 === 1 ? upper : (sorted[half - 1] as number) / 2 + upper / 2;
}

/** At most `limit` points: the medians of runs of equal length. The last run may be shorter. */
function thinned(times: readonly number[], values: readonly number[], limit: number): [Float64Array, Float64Array] {
  const n = Math.min(times.length, values.length);
  const run = Math.ceil(n / limit);
  if (run <= 1) return [Float64Array.from(times).subarray(0, n), Float64Array.from(values).subarray(0, n)];
  const runs = Math.ceil(n / run);
  const medians = (numbers: readonly number[]): Float64Array =>
    Float64Array.from({ length: runs }, (_, k) =>
      middleOf(Float64Array.from(numbers.slice(k * run, Math.min(n, (k + 1) * run))).sort()),
    );
  return [medians(times), medians(values)];
}
