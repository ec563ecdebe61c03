import { medianIn } from './select.js';

/**
 * At most `limit` numbers: the medians of runs of equal length, or the numbers themselves where they are not more.
 * The last run may be shorter.
 */
export function runMedians(numbers: readonly number[], limit: number): Float64Array {
  const n = numbers.length;
  const run = Math.ceil(n / limit);
  if (run <= 1) return new Float64Array(numbers);
  return Float64Array.from({ length: Math.ceil(n / run) }, (_, k) =>
    medianIn(Float64Array.from(numbers.slice(k * run, Math.min(n, (k + 1) * run)))),
  );
}
