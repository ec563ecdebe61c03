import type { Chance } from './chance.js';
import { KIB, MIB } from './vma.js';
import type { Window } from './window.js';

/** Bytes, or a count, at each slot of a window. Not in whole pages, and below zero where it swings around a level. */
export type Course = readonly number[];

/** A course by the share of the window that is over (0 to 1) and by the slot. */
export function along({ hours, length }: Window, at: (share: number, slot: number) => number): Course {
  return hours.map((hour, slot) => at(hour / length, slot));
}

export function constant(window: Window, value: number): Course {
  return window.hours.map(() => value);
}

export function sum(first: Course, ...others: readonly Course[]): Course {
  return first.map((value, slot) => others.reduce((total, other) => total + (other[slot] ?? 0), value));
}

export function whiteNoise(chance: Chance, { hours }: Window, sigma: number): Course {
  return hours.map(() => sigma * chance.normal());
}

/** Noise that remembers: each value is `phi` times the one before and something new; `sigma` is that of the values. */
export function rememberingNoise(chance: Chance, { hours }: Window, sigma: number, phi: number): Course {
  const fresh = sigma * Math.sqrt(1 - phi * phi);
  let level = sigma * chance.normal();
  return hours.map(() => {
    level = phi * level + fresh * chance.normal();
    return level;
  });
}

/** Now and then a value far above the others, for one slot, not at the first. */
export function spikes(chance: Chance, { hours }: Window, share: number, height: number): Course {
  return hours.map((_, slot) => (slot > 0 && chance.happens(share) ? height * chance.between(0.2, 1) : 0));
}

/** Rises and falls back, every `period` slots. */
export function teeth({ hours }: Window, period: number, phase: number, height: number): Course {
  return hours.map((_, slot) => (((slot + phase) % period) / period) * height);
}

/** `height` more from each of the shares of the window on. */
export function stepsAt(window: Window, shares: readonly number[], height: number): Course {
  return along(window, (share) => height * shares.filter((at) => share >= at).length);
}

/** An amount of memory that means something: 64 KiB to 256 MiB. */
export function amount(chance: Chance, most = 256 * MIB): number {
  return chance.logBetween(64 * KIB, most);
}
