/**
 * The complementary error function, with a relative error below 1e-13 as far out as a double reaches.
 *
 * A table or `1 - erf(x)` loses the tail, and the tail is where p-values of clear trends live.
 * Source: Abramowitz & Stegun, Handbook of Mathematical Functions, 7.1.5 (series) and 7.1.14 (continued fraction).
 */
export function erfc(x: number): number {
  if (Number.isNaN(x)) return 1;
  if (x < 0) return 2 - erfc(-x);
  return x < SERIES_UP_TO ? 1 - erfSeries(x) : erfcFraction(x);
}

/** The probability that a standard normal variable exceeds `z`. */
export function upperTail(z: number): number {
  return erfc(z / Math.SQRT2) / 2;
}

/**
 * The value that a standard normal variable exceeds with probability `p`, 0 < p < 1.
 *
 * By bisection on `upperTail`: exact to the last bits. Few probabilities are asked, but those often.
 */
export function upperQuantile(p: number): number {
  const known = QUANTILES.get(p);
  if (known !== undefined) return known;
  let low = -38;
  let high = 38;
  for (let step = 0; step < 70; step++) {
    const middle = (low + high) / 2;
    if (upperTail(middle) > p) low = middle;
    else high = middle;
  }
  const quantile = (low + high) / 2;
  if (QUANTILES.size < MOST_QUANTILES) QUANTILES.set(p, quantile);
  return quantile;
}

const QUANTILES = new Map<number, number>();
const MOST_QUANTILES = 1000;

// Below it the series keeps the digits of 1 - erf, above it the fraction converges fast.
const SERIES_UP_TO = 1.5;

function erfSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let k = 1; Math.abs(term) > 1e-17 * sum && k < 200; k++) {
    term *= (-x * x) / k;
    sum += term / (2 * k + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

/** The fraction x + (1/2)/(x + 1/(x + (3/2)/(x + …))), from the inside out. */
function erfcFraction(x: number): number {
  const square = Math.exp(-x * x);
  if (square === 0) return 0;
  let fraction = x;
  for (let k = 200; k > 0; k--) fraction = x + k / 2 / fraction;
  return square / (Math.sqrt(Math.PI) * fraction);
}
