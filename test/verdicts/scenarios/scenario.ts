import type { Chance } from '../chance.js';
import { type Course, constant, sum, whiteNoise } from '../courses.js';
import type { Bulk, Holdings } from '../process-memory.js';
import { KIB, MIB, PAGE } from '../vma.js';
import { partOf, type Timing, type Window } from '../window.js';

/** A kind of program, whose course of memory is known. */
export interface Scenario {
  readonly name: string;
  readonly leaks: boolean;
  /** Fewer samples cannot show it. */
  readonly fewestSamples?: number;
  readonly timing?: Timing;
  plan(chance: Chance, window: Window): Plan;
}

/** What a scenario made of a window. */
export interface Plan {
  /** The lives of the process, one after the other. */
  readonly lives: readonly Life[];
  readonly leak?: Leak;
}

export interface Life {
  /** Hours from the beginning of the whole window to that of this life's own. */
  readonly from: number;
  readonly window: Window;
  readonly holdings: Holdings;
}

export interface Leak {
  /** The label of the mapping that leaks. */
  readonly where: string;
  /** Bytes per hour in the long run; absent where it has no one rate. */
  readonly ratePerHour?: number;
  /** Hours from the beginning of the window to where it sets in. */
  readonly onset: number;
}

/** A single life that spans the window. */
export function oneLife(window: Window, holdings: Holdings): readonly Life[] {
  return [{ from: 0, window, holdings }];
}

/** `count` lives of about the same length. */
export function livesOf(window: Window, count: number, holdings: (window: Window) => Holdings): readonly Life[] {
  const slots = window.hours.length;
  return Array.from({ length: count }, (_, index) => {
    const from = Math.round((index * slots) / count);
    const own = partOf(window, from, Math.round(((index + 1) * slots) / count));
    return { from: window.hours[from] ?? 0, window: own, holdings: holdings(own) };
  });
}

/** What a heap holds that does nothing particular: a level, in half of the processes with pages that come and go. */
export function background(chance: Chance, window: Window, mostNoise = 3 * PAGE): Course {
  const level = chance.logBetween(128 * KIB, 32 * MIB);
  const sigma = chance.logBetween(0.3, 3) * PAGE;
  const noise = chance.happens(0.5) ? whiteNoise(chance, window, Math.min(sigma, mostNoise)) : constant(window, 0);
  return noise.map((value) => level + value);
}

/** Raises a course so that it stays above `level`. */
export function above(level: number, course: Course): Course {
  const lift = level - Math.min(0, ...course);
  return course.map((value) => value + lift);
}

/** Puts a course into the heap of a process, or into an unnamed area beside it. */
export function inHeapOrBeside(
  chance: Chance,
  window: Window,
  course: Course,
  mostNoise?: number,
): { readonly holdings: Holdings; readonly pathname: string } {
  const heap = background(chance, window, mostNoise);
  const bulk = (total: Course): Bulk => ({ total });
  if (chance.happens(0.6)) return { holdings: { heap: bulk(above(0, sum(heap, course))) }, pathname: '[heap]' };
  const level = chance.logBetween(64 * KIB, 8 * MIB);
  return { holdings: { heap: bulk(heap), anonymous: bulk(above(level, course)) }, pathname: '' };
}
