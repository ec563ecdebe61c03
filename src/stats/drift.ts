import { runMedians } from './thinning.js';

/**
 * The standard error of a series' mean rate of growth if its increments, not its values, are what chance makes: of a
 * random walk with drift, or of steps that come by chance. 0 where the values scatter around a line instead, since
 * then each increment takes back what the one before was off.
 *
 * The long-run variance of the increments less their mean, with weights that fall to zero at a quarter of the series.
 * Source: Newey & West, Econometrica 55 (1987) 703–708.
 */
export function driftError(allTimes: readonly number[], allValues: readonly number[]): number {
  const times = runMedians(allTimes, MOST_POINTS);
  const values = runMedians(allValues, MOST_POINTS);
  const n = values.length - 1;
  const span = (times[n] ?? 0) - (times[0] ?? 0);
  if (n < 4 || !(span > 0)) return 0;
  const rate = ((values[n] ?? 0) - (values[0] ?? 0)) / span;
  const steps = Array.from({ length: n }, (_, i) => {
    const step = (values[i + 1] ?? 0) - (values[i] ?? 0);
    return step - rate * ((times[i + 1] ?? 0) - (times[i] ?? 0));
  });
  // A power of two, so that no digit is lost: squares of what no memory is would be infinite.
  const unit = 2 ** Math.floor(Math.log2(steps.reduce((most, step) => Math.max(most, Math.abs(step)), 0)));
  const rests = steps.map((step) => step / unit);
  const own = covariance(rests, 0);
  if (!(own > 0) || covariance(rests, 1) < LEAST_INDEPENDENT * own) return 0;
  const lags = Math.floor(n / 4);
  let variance = own;
  for (let lag = 1; lag <= lags; lag++) variance += 2 * (1 - lag / (lags + 1)) * covariance(rests, lag);
  return (unit * Math.sqrt(Math.max(0, variance) * n)) / span;
}

/** The covariances of all lags take a second for 20,000. */
const MOST_POINTS = 600;
/** Increments of values that scatter around a line have −0.5 at lag one, those of a walk 0. */
const LEAST_INDEPENDENT = -0.25;

function covariance(values: readonly number[], lag: number): number {
  let sum = 0;
  for (let i = lag; i < values.length; i++) sum += (values[i] ?? 0) * (values[i - lag] ?? 0);
  return sum / values.length;
}
