import { medianOf } from './robust-noise.js';

/**
 * The slope between the medians of the first and the last third; 0 where their times are equal.
 *
 * Source: the resistant line, Tukey, Exploratory Data Analysis (1977), ch. 5.
 */
export function resistantSlope(times: readonly number[], values: readonly number[]): number {
  const third = Math.max(1, Math.floor(values.length / 3));
  const run = medianOf(times.slice(-third)) - medianOf(times.slice(0, third));
  return run > 0 ? (medianOf(values.slice(-third)) - medianOf(values.slice(0, third))) / run : 0;
}

/**
 * How fast the last third of a series grows against the first: the rate between the medians of the second and the
 * third third, divided by that between the first and the second.
 *
 * 1 for a straight line, near 0 for growth that has settled, above 1 for growth that gathers speed. Infinity where
 * only the late part grows, 0 where neither does. Needs six values or more.
 * Source: the resistant line through the medians of thirds, Tukey, Exploratory Data Analysis (1977), ch. 5 (its
 * half-slope ratio).
 */
export function halfSlopeRatio(times: readonly number[], values: readonly number[]): number {
  const third = Math.floor(values.length / 3);
  if (third < 2) return 1;
  const bounds: readonly [number, number][] = [
    [0, third],
    [third, values.length - third],
    [values.length - third, values.length],
  ];
  const [t1 = 0, t2 = 0, t3 = 0] = bounds.map(([from, to]) => medianOf(times.slice(from, to)));
  const [v1 = 0, v2 = 0, v3 = 0] = bounds.map(([from, to]) => medianOf(values.slice(from, to)));
  const early = (v2 - v1) / (t2 - t1);
  const late = (v3 - v2) / (t3 - t2);
  if (!(late > 0)) return 0;
  return early > 0 ? late / early : Number.POSITIVE_INFINITY;
}

/**
 * Which part of a rise happened in its two steepest moments, beyond what an even rise would bring in the same time.
 *
 * 0 for a straight line, near 1 for one or two steps. A moment is a tenth of the samples, at least one interval.
 */
export function jumpShare(times: readonly number[], values: readonly number[]): number {
  const n = values.length;
  const first = values[0] ?? 0;
  const rise = (values[n - 1] ?? 0) - first;
  const span = (times[n - 1] ?? 0) - (times[0] ?? 0);
  if (!(rise > 0) || !(span > 0)) return 0;
  const width = Math.max(1, Math.floor(n / 10));
  const beyond = (i: number): number =>
    ((values[i + width] ?? 0) - (values[i] ?? 0)) / rise - ((times[i + width] ?? 0) - (times[i] ?? 0)) / span;
  let best = 0;
  for (let i = 1; i + width < n; i++) if (beyond(i) > beyond(best)) best = i;
  let second = 0;
  for (let i = 0; i + width < n; i++) if (Math.abs(i - best) >= width) second = Math.max(second, beyond(i));
  return Math.max(0, beyond(best)) + second;
}

/**
 * How long the end of a series has been quiet, as a multiple of the longest pause before it.
 *
 * A pause is a stretch in which the values rise by no more than `step`. 0 where the end is too short to tell: shorter
 * than a seventh of the series, or than a tenth where no pause before was a fifth as long. Infinity where the values
 * rose at once and never again.
 */
export function quietEnd(times: readonly number[], values: readonly number[], step: number): number {
  const last = values.at(-1) ?? 0;
  const since = values.findIndex((value) => last - value <= (2 / 3) * step);
  let from = 0;
  let longest = 0;
  for (let i = 1; i <= since; i++) {
    if (i < since && (values[i] ?? 0) - (values[from] ?? 0) <= step) continue;
    longest = Math.max(longest, (times[i] ?? 0) - (times[from] ?? 0));
    from = i;
  }
  const end = (times.at(-1) ?? 0) - (times[since] ?? 0);
  const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
  const ratio = longest > 0 ? end / longest : Number.POSITIVE_INFINITY;
  return end * (ratio >= 5 ? 10 : 7) < span ? 0 : ratio;
}
