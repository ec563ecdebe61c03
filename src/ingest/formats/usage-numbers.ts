import type { Milliseconds } from '../../model/units.js';

/** A count as printed; undefined where it is none, or too large to be exact. */
export function countOf(digits: string): number | undefined {
  if (!/^\d{1,16}$/.test(digits)) return undefined;
  const count = Number(digits);
  return Number.isSafeInteger(count) ? count : undefined;
}

/** Seconds as printed (`4`, `0.014371`), to the millisecond. */
export function millisecondsOf(seconds: string): Milliseconds | undefined {
  return /^\d{1,9}(?:\.\d{1,24})?$/.test(seconds) ? Math.round(Number(seconds) * 1000) : undefined;
}
