import { upperTail } from './normal.js';
import { ranksOf, tieSizes } from './rank.js';

/** The result of the Mann–Kendall test for a monotone trend. */
export interface MannKendall {
  /** Pairs that rise less pairs that fall. */
  readonly s: number;
  /** Variance of `s` without a trend, with ties, times `inflation`. */
  readonly variance: number;
  /** How much autocorrelation widens the variance: 1 where there is none. */
  readonly inflation: number;
  /** Of a trend in either direction. */
  readonly pValue: number;
  /** Of a rise: half of `pValue` where `s` is positive. */
  readonly pRising: number;
}

/**
 * The Mann–Kendall test of values in their order of time; undefined for fewer than three values.
 *
 * `residuals`, the values without their trend, serve to correct the variance for autocorrelation; without them the
 * values are taken as independent. Below ten values the distribution is exact, ties included, and uncorrected:
 * autocorrelations of so few cannot be estimated.
 * O(n log n).
 * Sources: Mann, Econometrica 13 (1945); Kendall, Rank Correlation Methods (1975), ch. 4 (ties);
 * Hamed & Rao, J. Hydrology 204 (1998) 182–196 (autocorrelation of the detrended ranks).
 */
export function mannKendall(values: readonly number[], residuals?: readonly number[]): MannKendall | undefined {
  const n = values.length;
  if (n < 3) return undefined;
  const ties = tieSizes(values);
  const s = kendallScore(values, ties);
  const inflation = residuals && n >= EXACT_BELOW ? varianceInflation(residuals) : 1;
  const variance = kendallVariance(n, ties) * inflation;
  if (n < EXACT_BELOW) {
    const pRising = exactTail(ties, s);
    return { s, variance, inflation, pRising, pValue: Math.min(1, 2 * Math.min(pRising, exactTail(ties, -s))) };
  }
  if (variance <= 0) return { s, variance: 0, inflation, pRising: 1, pValue: 1 };
  // Continuity correction: s moves in steps of two.
  const pRising = s === 0 ? 0.5 : upperTail((s - Math.sign(s)) / Math.sqrt(variance));
  return { s, variance, inflation, pRising, pValue: Math.min(1, 2 * Math.min(pRising, 1 - pRising)) };
}

/**
 * The Mann–Kendall test of several series together, each compared only within itself.
 *
 * Scores and variances of independent series add up; the sum is taken as normal.
 * Source: Hirsch, Slack & Smith, Water Resources Research 18 (1982) 107–121.
 */
export function kendallTotal(series: readonly (readonly number[])[]): { pValue: number; pRising: number } {
  let s = 0;
  let variance = 0;
  for (const values of series) {
    const ties = tieSizes(values);
    s += kendallScore(values, ties);
    variance += kendallVariance(values.length, ties);
  }
  if (variance <= 0) return { pRising: 1, pValue: 1 };
  const pRising = s === 0 ? 0.5 : upperTail((s - Math.sign(s)) / Math.sqrt(variance));
  return { pRising, pValue: Math.min(1, 2 * Math.min(pRising, 1 - pRising)) };
}

const EXACT_BELOW = 10;

/** Variance of Kendall's score of `n` values with groups of equal ones. */
export function kendallVariance(n: number, ties: readonly number[]): number {
  const term = (m: number): number => m * (m - 1) * (2 * m + 5);
  return Math.max(0, (term(n) - ties.reduce((sum, size) => sum + term(size), 0)) / 18);
}

/** Pairs that rise less pairs that fall: all unequal pairs less twice the inversions. */
function kendallScore(values: readonly number[], ties: readonly number[]): number {
  const pairs = (m: number): number => (m * (m - 1)) / 2;
  const unequal = pairs(values.length) - ties.reduce((sum, size) => sum + pairs(size), 0);
  return unequal - 2 * inversionsOf(values);
}

/** The number of pairs in which the later value is smaller, by a bottom-up merge sort. */
function inversionsOf(values: readonly number[]): number {
  const n = values.length;
  let from = Float64Array.from(values);
  let into = new Float64Array(n);
  let inversions = 0;
  for (let width = 1; width < n; width *= 2) {
    for (let start = 0; start < n; start += 2 * width) {
      const middle = Math.min(start + width, n);
      const end = Math.min(start + 2 * width, n);
      let left = start;
      let right = middle;
      for (let at = start; at < end; at++) {
        if (left < middle && (right >= end || (from[left] as number) <= (from[right] as number))) {
          into[at] = from[left++] as number;
        } else {
          inversions += middle - left;
          into[at] = from[right++] as number;
        }
      }
    }
    [from, into] = [into, from];
  }
  return inversions;
}

/**
 * The probability of a score of at least `s` when all orders are equally likely.
 *
 * The inversions of a multiset's arrangements are counted by the Gaussian multinomial coefficient.
 * Source: Stanley, Enumerative Combinatorics 1, prop. 1.7.1.
 */
function exactTail(ties: readonly number[], s: number): number {
  let counts = [1];
  const n = ties.reduce((sum, size) => sum + size, 0);
  for (let k = 2; k <= n; k++) counts = timesRun(counts, k);
  for (const size of ties) for (let k = 2; k <= size; k++) counts = overRun(counts, k);
  const most = (counts.length - 1 - s) / 2;
  let total = 0;
  let tail = 0;
  counts.forEach((count, inversions) => {
    total += count;
    if (inversions <= most) tail += count;
  });
  return tail / total;
}

/** The polynomial times 1 + q + … + q^(k-1). */
function timesRun(polynomial: readonly number[], k: number): number[] {
  const product = new Array<number>(polynomial.length + k - 1).fill(0);
  polynomial.forEach((coefficient, power) => {
    for (let i = 0; i < k; i++) product[power + i] = (product[power + i] ?? 0) + coefficient;
  });
  return product;
}

/** The polynomial divided by 1 + q + … + q^(k-1), which divides it. */
function overRun(polynomial: readonly number[], k: number): number[] {
  const quotient: number[] = [];
  for (let power = 0; power <= polynomial.length - k; power++) {
    let carried = 0;
    for (let i = 1; i < k && i <= power; i++) carried += quotient[power - i] ?? 0;
    quotient.push((polynomial[power] ?? 0) - carried);
  }
  return quotient;
}

/**
 * By how much the autocorrelation of `residuals` widens the variance of Kendall's score: Hamed & Rao's n/n*.
 *
 * Only lags whose autocorrelation is significant at 5 % count, up to a quarter of the series: longer ones are noise.
 * Never below 1: negative autocorrelation would make a test surer than independent values do.
 */
export function varianceInflation(residuals: readonly number[]): number {
  const n = residuals.length;
  if (n < EXACT_BELOW) return 1;
  const ranks = ranksOf(residuals);
  const mean = (n + 1) / 2;
  let power = 0;
  for (const rank of ranks) power += (rank - mean) ** 2;
  if (power <= 0) return 1;
  let sum = 0;
  for (let lag = 1; lag <= Math.min(n / 4, LONGEST_LAG); lag++) {
    let product = 0;
    for (let i = lag; i < n; i++) product += ((ranks[i] ?? mean) - mean) * ((ranks[i - lag] ?? mean) - mean);
    const correlation = product / power;
    if (Math.abs(correlation) < 1.96 / Math.sqrt(n)) continue;
    sum += (n - lag) * (n - lag - 1) * (n - lag - 2) * correlation;
  }
  return Math.max(1, 1 + (2 * sum) / (n * (n - 1) * (n - 2)));
}

const LONGEST_LAG = 500;
