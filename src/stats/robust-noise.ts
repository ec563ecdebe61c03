import { median, medianAbsoluteDeviation } from 'simple-statistics';

/** What a median absolute deviation must be multiplied with to estimate a normal standard deviation: 1/Φ⁻¹(3/4). */
const NORMAL = 1.4826;

/**
 * The standard deviation of the noise from sample to sample, whatever the trend: from the median absolute deviation
 * of the differences. 0 for fewer than three values.
 *
 * A few jumps do not move it, and a slow wander counts as signal, not as noise.
 * Source: Rousseeuw & Croux, JASA 88 (1993) 1273–1283 (MAD); von Neumann's differences for the trend.
 */
export function noiseOf(values: readonly number[]): number {
  if (values.length < 3) return 0;
  const differences: number[] = [];
  for (let i = 1; i < values.length; i++) differences.push((values[i] ?? 0) - (values[i - 1] ?? 0));
  return (NORMAL * medianAbsoluteDeviation(differences)) / Math.SQRT2;
}

/** The standard deviation of values around their median, from the median absolute deviation; 0 for no values. */
export function spreadOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : NORMAL * medianAbsoluteDeviation([...values]);
}

/** The median; 0 for no values. */
export function medianOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : median([...values]);
}
