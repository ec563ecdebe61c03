import type { Chance } from './chance.js';

/** When a trace looks: a slot for each planned sample, some of which are never taken. */
export interface Window {
  /** Hours of each slot since the first; strictly ascending, whole seconds. */
  readonly hours: readonly number[];
  /** Hours from the first slot to the last. */
  readonly length: number;
  /** The slots of the samples that were taken: the first and the last are. */
  readonly taken: readonly number[];
}

/** `days`: several days, for courses that follow them. `gaps`: long stretches without a sample. */
export type Timing = 'days' | 'gaps';

const SECONDS = 3600;
const LONGEST_INTERVAL = 900;

/** A window of `n` samples at intervals that jitter, with one of twenty samples missing. */
export function windowOf(chance: Chance, n: number, timing?: Timing): Window {
  const missing = Math.round(n / 20);
  const slots = n + missing;
  const interval =
    timing === 'days' ? (chance.between(3, 6) * 24 * SECONDS) / (slots - 1) : chance.logBetween(10, LONGEST_INTERVAL);
  const gaps = timing === 'gaps' ? chance.whole(1, 3) : 0;
  const gapAt = new Set(Array.from({ length: gaps }, () => chance.whole(1, slots - 1)));
  const seconds = [0];
  for (let slot = 1; slot < slots; slot++) {
    const gap = gapAt.has(slot) ? chance.between(0.1, 0.4) * slots : 0;
    const step = Math.max(1, Math.round(interval * (chance.between(0.85, 1.15) + gap)));
    seconds.push((seconds[slot - 1] ?? 0) + step);
  }
  const dropped = new Set<number>();
  while (dropped.size < missing) dropped.add(chance.whole(1, slots - 2));
  const hours = seconds.map((second) => second / SECONDS);
  return {
    hours,
    length: hours.at(-1) ?? 0,
    taken: hours.flatMap((_, slot) => (dropped.has(slot) ? [] : [slot])),
  };
}

/** The slots from `from` up to `to` as a window of their own. */
export function partOf({ hours, taken }: Window, from: number, to: number): Window {
  const start = hours[from] ?? 0;
  const part = hours.slice(from, to).map((hour) => hour - start);
  return {
    hours: part,
    length: part.at(-1) ?? 0,
    taken: taken.filter((slot) => slot >= from && slot < to).map((slot) => slot - from),
  };
}
