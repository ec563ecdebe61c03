import { medianOf } from './robust-noise.js';

/** Where a series ends up: the median of its last quarter, and the range that this quarter spans. */
export interface EndLevel {
  readonly value: number;
  readonly spread: number;
}

/** The level at the end of a series of at least one value; 0 of an empty one. */
export function endLevel(values: readonly number[]): EndLevel {
  const last = values.slice(Math.min(values.length - 1, Math.floor(values.length * 0.75)));
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const value of last) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return { value: medianOf(last), spread: last.length === 0 ? 0 : most - least };
}
