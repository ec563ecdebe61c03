/** A reproducible source of random numbers in [0, 1): mulberry32. */
export function randomOf(seed: number): () => number {
  let state = (seed * 0x9e3779b1) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What a trace leaves to chance. */
export interface Chance {
  /** In [from, to). */
  between(from: number, to: number): number;
  /** In [from, to), each order of magnitude as likely as the next. */
  logBetween(from: number, to: number): number;
  /** In [from, to], both included. */
  whole(from: number, to: number): number;
  /** Standard normal, by Box and Muller. */
  normal(): number;
  happens(probability: number): boolean;
  pick<T>(items: readonly [T, ...T[]]): T;
}

export function chanceOf(seed: number): Chance {
  const random = randomOf(seed);
  const between = (from: number, to: number): number => from + (to - from) * random();
  const whole = (from: number, to: number): number => Math.floor(between(from, to + 1));
  return {
    between,
    logBetween: (from, to) => from * (to / from) ** random(),
    whole,
    normal: () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
    happens: (probability) => random() < probability,
    pick: (items) => items[whole(0, items.length - 1)] ?? items[0],
  };
}
