import type { Instant } from './units.js';

/** From the first to the last of some instants. */
export interface Period {
  from: Instant;
  to: Instant;
}

/** As a field of what it belongs to; absent where there is no instant. */
export function periodOf(instants: Iterable<Instant | undefined>): { period?: Period } {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const instant of instants) {
    if (instant === undefined) continue;
    from = Math.min(from, instant);
    to = Math.max(to, instant);
  }
  return from <= to ? { period: { from, to } } : {};
}

/** The period of all that have one. */
export function jointPeriod(parts: readonly { readonly period?: Period }[]): { period?: Period } {
  return periodOf(parts.flatMap(({ period }) => (period ? [period.from, period.to] : [])));
}
