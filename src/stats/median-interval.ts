import { upperQuantile } from './normal.js';

/**
 * The 95 % interval of a median, from the order of the values alone; of fewer than six values, the range of all.
 *
 * Source: Conover, Practical Nonparametric Statistics (1999), 3.2: the sign test turned round, by its normal
 * approximation. Expects at least one value.
 */
export function medianInterval(values: readonly number[]): [lower: number, upper: number] {
  const sorted = values.toSorted((a, b) => a - b);
  const count = sorted.length;
  const width = (upperQuantile(0.025) * Math.sqrt(count)) / 2;
  const from = count < FEW ? 0 : Math.max(0, Math.floor(count / 2 - width) - 1);
  return [sorted[from] ?? 0, sorted[count - 1 - from] ?? 0];
}

/** Below it, even the whole range covers the median in less than 95 % of cases. */
const FEW = 6;
