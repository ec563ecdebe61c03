import type { Chance } from '../chance.js';
import {
  along,
  amount,
  type Course,
  constant,
  rememberingNoise,
  spikes,
  stepsAt,
  sum,
  teeth,
  whiteNoise,
} from '../courses.js';
import type { Holdings } from '../process-memory.js';
import { KIB, MIB, PAGE } from '../vma.js';
import type { Window } from '../window.js';
import { above, background, inHeapOrBeside, livesOf, oneLife, type Scenario } from './scenario.js';

/** Memory of the process alone that takes a course, in the heap or beside it. */
function harmless(
  name: string,
  courseOf: (chance: Chance, window: Window) => Course,
  rest: Partial<Scenario> = {},
): Scenario {
  return {
    name,
    leaks: false,
    ...rest,
    plan(chance, window) {
      const { holdings } = inHeapOrBeside(chance, window, courseOf(chance, window));
      return { lives: oneLife(window, holdings) };
    },
  };
}

/** Something else of the process moves, its heap does not. */
function elsewhere(name: string, holdingsOf: (chance: Chance, window: Window) => Partial<Holdings>): Scenario {
  return {
    name,
    leaks: false,
    plan(chance, window) {
      const heap = { total: background(chance, window) };
      return { lives: oneLife(window, { heap, ...holdingsOf(chance, window) }) };
    },
  };
}

/** Noise of a few pages to a few MiB. */
function sigmaOf(chance: Chance): number {
  return chance.logBetween(2, 500) * PAGE;
}

/** A rise to a plateau by an exponential whose last part is less than a thousandth. */
function saturating(chance: Chance, window: Window, rise: number): Course {
  const constantShare = chance.between(1 / 40, 1 / 7);
  return along(window, (share) => rise * (1 - Math.exp(-share / constantShare)));
}

function linearUpTo(window: Window, end: number, rise: number): Course {
  return along(window, (share) => rise * Math.min(1, share / end));
}

function irregularTeeth(chance: Chance, { hours }: Window): Course {
  const longest = Math.max(4, Math.min(14, Math.floor(hours.length / 3)));
  const tooth = amount(chance, 4 * MIB);
  let left = chance.whole(1, longest);
  let level = chance.between(0, 2) * tooth;
  return hours.map(() => {
    if (left-- === 0) {
      left = chance.whole(2, longest);
      level = chance.between(0, 0.05) * tooth;
    }
    level += chance.between(0.5, 1.5) * tooth;
    return level;
  });
}

function wave({ hours }: Window, period: number, phase: number, height: number): Course {
  return hours.map((hour) => height * Math.sin((2 * Math.PI * hour) / period + phase));
}

export const HARMLESS: readonly Scenario[] = [
  harmless('flat', (_, window) => constant(window, 0)),
  harmless('white noise', (chance, window) => whiteNoise(chance, window, sigmaOf(chance))),
  harmless('AR(1) noise', (chance, window) =>
    rememberingNoise(chance, window, sigmaOf(chance), chance.between(0.3, 0.9)),
  ),
  // It comes back to its level within an eighth of the window: the wander of Ornstein and Uhlenbeck.
  harmless('bounded wander', (chance, window) => {
    const memory = chance.between(1 / 20, 1 / 8) * window.hours.length;
    return rememberingNoise(chance, window, sigmaOf(chance), Math.exp(-1 / memory));
  }),
  harmless('gaps', (chance, window) => whiteNoise(chance, window, sigmaOf(chance)), { timing: 'gaps' }),
  harmless('exponential warm-up', (chance, window) => saturating(chance, window, amount(chance))),
  harmless('linear warm-up', (chance, window) => linearUpTo(window, chance.between(0.1, 0.55), amount(chance))),
  harmless('logarithmic warm-up', (chance, window) => {
    const end = chance.between(0.2, 0.6);
    const rise = amount(chance);
    const sharpness = chance.logBetween(5, 50);
    return along(
      window,
      (share) => (rise * Math.log1p((sharpness * Math.min(share, end)) / end)) / Math.log1p(sharpness),
    );
  }),
  harmless('cache to its cap', (chance, window) => {
    const cap = amount(chance);
    const filling = linearUpTo(window, chance.between(0.3, 0.6), cap);
    return sum(filling, whiteNoise(chance, window, cap * chance.logBetween(0.001, 0.02)));
  }),
  harmless('sawtooth', (chance, window) => {
    const period = chance.whole(3, Math.max(4, Math.min(16, Math.floor(window.hours.length / 2))));
    return teeth(window, period, chance.whole(0, period - 1), amount(chance));
  }),
  harmless('irregular sawtooth', irregularTeeth),
  harmless('one step', (chance, window) => stepsAt(window, [chance.between(0.02, 0.98)], amount(chance))),
  harmless('two steps', (chance, window) => {
    const rise = amount(chance);
    const first = stepsAt(window, [chance.between(0.02, 0.98)], rise);
    return sum(first, stepsAt(window, [chance.between(0.02, 0.98)], rise * chance.between(0.3, 1.5)));
  }),
  harmless('periodic', (chance, window) => {
    const slots = window.hours.length;
    const period = (chance.between(3, Math.max(3.5, slots / 2.5)) / slots) * window.length;
    return wave(window, period, chance.between(0, 2 * Math.PI), amount(chance));
  }),
  harmless('daily cycle', (chance, window) => wave(window, 24, chance.between(0, 2 * Math.PI), amount(chance)), {
    fewestSamples: 96,
    timing: 'days',
  }),
  harmless('shrinking', (chance, window) => linearUpTo(window, chance.between(0.2, 1), -amount(chance))),
  harmless('spikes', (chance, window) => spikes(chance, window, 0.12, amount(chance))),
  elsewhere('reserved only', (chance, window) => ({ reserved: linearUpTo(window, 1, amount(chance, 1024 * MIB)) })),
  elsewhere('file page-in', (chance, window) => ({
    fileClean: linearUpTo(window, chance.between(0.5, 1), amount(chance)),
  })),
  elsewhere('sharers exit', (chance, window) => {
    const at = chance.between(0.1, 0.9);
    const inherited = amount(chance, 32 * MIB);
    const siblings = along(window, (share) => (share < at ? 1 : 0));
    const level = chance.logBetween(64 * KIB, 8 * MIB);
    const total = background(chance, window).map((bytes) => bytes + inherited + level);
    return { siblings, heap: { total, shared: siblings.map((count) => count * inherited) } };
  }),
  elsewhere('copy on write', (chance, window) => {
    const inherited = amount(chance, 32 * MIB);
    const touched = chance.happens(0.3)
      ? stepsAt(window, [chance.between(0.05, 0.95)], inherited)
      : saturating(chance, window, inherited * chance.between(0.3, 1));
    const total = background(chance, window).map((bytes) => bytes + inherited);
    return { heap: { total, shared: touched.map((bytes) => inherited - bytes) } };
  }),
  elsewhere('thread pool', (chance, window) => {
    const count = linearUpTo(window, chance.between(0.1, 0.6), chance.whole(4, 64));
    return { threads: { count: above(1, count), bytes: chance.whole(2, 16) * PAGE } };
  }),
  {
    name: 'restarts',
    leaks: false,
    fewestSamples: 20,
    plan(chance, window) {
      const rise = amount(chance);
      const lives = livesOf(window, window.hours.length < 40 ? 2 : chance.whole(2, 4), (own) => ({
        heap: { total: sum(background(chance, own), saturating(chance, own, rise)) },
      }));
      return { lives };
    },
  },
];
