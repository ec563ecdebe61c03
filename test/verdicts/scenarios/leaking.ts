import { ANONYMOUS_ARENA, ANONYMOUS_STACK, mappingLabel } from '../../../src/model/vma-table.js';
import type { Chance } from '../chance.js';
import { along, amount, type Course, constant, spikes, stepsAt, sum, teeth, whiteNoise } from '../courses.js';
import type { Holdings } from '../process-memory.js';
import { KIB, MIB, PAGE } from '../vma.js';
import type { Window } from '../window.js';
import {
  above,
  background,
  inHeapOrBeside,
  type Leak,
  livesOf,
  oneLife,
  type Plan,
  type Scenario,
} from './scenario.js';

/** Noise beside a leak stays this many times below what leaks in the window: it must amount to something. */
const LEAST_ABOVE_NOISE = 40;

interface LeakCourse {
  readonly course: Course;
  /** Bytes that leak in the window. */
  readonly growth: number;
  /** Hours; the whole window where absent. */
  readonly onset?: number;
  /** Bytes that would leak in such a window on average, where `growth` is what chance made of it. */
  readonly expected?: number;
  /** It has no one rate. */
  readonly curved?: true;
}

/** Memory of the process alone that takes a course, in the heap or beside it. */
function leaking(
  name: string,
  courseOf: (chance: Chance, window: Window) => LeakCourse,
  rest: Partial<Scenario> = {},
): Scenario {
  return {
    name,
    leaks: true,
    ...rest,
    plan(chance, window) {
      const { course, growth, onset = 0, expected = growth, curved } = courseOf(chance, window);
      const { holdings, pathname } = inHeapOrBeside(chance, window, course, growth / LEAST_ABOVE_NOISE);
      const ratePerHour = expected / (window.length - onset);
      const leak: Leak = { where: mappingLabel(pathname), onset, ...(curved ? {} : { ratePerHour }) };
      return { lives: oneLife(window, holdings), leak };
    },
  };
}

/** A leak that is not in the heap, nor in one area beside it. */
function elsewhere(
  name: string,
  where: string,
  holdingsOf: (
    chance: Chance,
    window: Window,
  ) => { readonly holdings: Omit<Holdings, 'heap'>; readonly growth: number },
): Scenario {
  return {
    name,
    leaks: true,
    plan(chance, window) {
      const { holdings, growth } = holdingsOf(chance, window);
      const heap = { total: background(chance, window, growth / LEAST_ABOVE_NOISE) };
      return planOf(window, { heap, ...holdings }, { where, onset: 0, ratePerHour: growth / window.length });
    },
  };
}

function planOf(window: Window, holdings: Holdings, leak: Leak): Plan {
  return { lives: oneLife(window, holdings), leak };
}

function rising(window: Window, growth: number, onset = 0): Course {
  return along(window, (share) => (growth * Math.max(0, share - onset)) / (1 - onset));
}

/** A straight rise that is `ratio` times the standard deviation of the noise around it. */
function slow(ratio: number): Scenario {
  return leaking(`slow, ${ratio} sigma`, (chance, window) => {
    const growth = amount(chance, 64 * MIB) * Math.max(1, ratio / 16);
    return { course: sum(rising(window, growth), whiteNoise(chance, window, growth / ratio)), growth };
  });
}

const SHARED_NAMES = ['/memfd:frames (deleted)', '/dev/shm/frames', '/SYSV00001a2b (deleted)'] as const;

/** Memory that the program made to share, as it does with `sharers - 1` others. */
function sharedMemory(name: string, sharers: number): Scenario {
  return {
    name,
    leaks: true,
    plan(chance, window) {
      const pathname = chance.pick(SHARED_NAMES);
      const growth = amount(chance);
      const total = above(chance.logBetween(16 * KIB, 4 * MIB), rising(window, growth));
      const heap = { total: background(chance, window, growth / LEAST_ABOVE_NOISE) };
      const leak = { where: mappingLabel(pathname), onset: 0, ratePerHour: growth / window.length };
      return planOf(window, { heap, sharedMemory: { pathname, total, sharers } }, leak);
    },
  };
}

export const LEAKING: readonly Scenario[] = [
  leaking('linear', (chance, window) => {
    const growth = amount(chance);
    return { course: rising(window, growth), growth };
  }),
  ...[5, 10, 20, 40].map(slow),
  leaking('regular steps', (chance, window) => {
    const count = chance.whole(5, 8);
    const first = chance.between(0.1, 0.9);
    const growth = amount(chance);
    const shares = Array.from({ length: count }, (_, index) => (index + first) / count);
    return { course: stepsAt(window, shares, growth / count), growth };
  }),
  leaking('random steps', (chance, window) => {
    const count = chance.whole(5, 9);
    // The window begins and ends anywhere in a pause; a whole one is 1 on average.
    const pauses = Array.from({ length: count + 1 }, (_, index) => {
      const isCut = index === 0 || index === count;
      return chance.between(0.4, 1.6) * (isCut ? chance.between(0, 1) : 1);
    });
    const whole = pauses.reduce((total, pause) => total + pause, 0);
    const shares = pauses.slice(1).map((_, index) => pauses.slice(0, index + 1).reduce((a, b) => a + b, 0) / whole);
    const growth = amount(chance);
    return { course: stepsAt(window, shares, growth / count), growth, expected: (growth / count) * whole };
  }),
  leaking('rising floor', (chance, window) => {
    const growth = amount(chance, 64 * MIB);
    const period = chance.whole(2, Math.max(3, Math.floor(window.hours.length / 6)));
    const saw = teeth(window, period, chance.whole(0, period - 1), growth * chance.logBetween(0.3, 2));
    return { course: sum(rising(window, growth), saw), growth };
  }),
  leaking('late onset', (chance, window) => {
    const growth = amount(chance);
    const onset = chance.between(0.2, 0.5);
    return { course: rising(window, growth, onset), growth, onset: onset * window.length };
  }),
  leaking('warm-up, then leak', (chance, window) => {
    const growth = amount(chance, 64 * MIB);
    const end = chance.between(0.05, 0.25);
    const rise = growth * chance.logBetween(0.5, 8);
    return {
      course: sum(
        rising(window, growth),
        along(window, (share) => rise * Math.min(1, share / end)),
      ),
      growth,
    };
  }),
  leaking('accelerating', (chance, window) => {
    const growth = amount(chance);
    return { course: along(window, (share) => growth * share ** 2), growth, curved: true };
  }),
  leaking('with spikes', (chance, window) => {
    const growth = amount(chance, 64 * MIB);
    const high = spikes(chance, window, 0.08, growth * chance.logBetween(1, 20));
    return { course: sum(rising(window, growth), high), growth };
  }),
  leaking(
    'daily cycle, trend',
    (chance, window) => {
      const growth = amount(chance);
      const height = growth / chance.logBetween(0.7, 6);
      const phase = chance.between(0, 2 * Math.PI);
      const day = window.hours.map((hour) => height * Math.sin((2 * Math.PI * hour) / 24 + phase));
      return { course: sum(rising(window, growth), day), growth };
    },
    { fewestSamples: 96, timing: 'days' },
  ),
  {
    name: 'hidden by swap',
    leaks: true,
    plan(chance, window) {
      const growth = amount(chance);
      const total = sum(background(chance, window, growth / LEAST_ABOVE_NOISE), rising(window, growth));
      const resident = total[0] ?? 0;
      const swap = total.map((bytes) => bytes - resident);
      return planOf(
        window,
        { heap: { total, swap } },
        { where: '[heap]', onset: 0, ratePerHour: growth / window.length },
      );
    },
  },
  elsewhere('mmap', mappingLabel(''), (chance, window) => {
    const bytes = Math.round(chance.logBetween(128 * KIB, MIB) / PAGE) * PAGE;
    const more = chance.whole(8, 60);
    const count = above(chance.whole(1, 4), rising(window, more));
    return { holdings: { blocks: { count, bytes } }, growth: more * bytes };
  }),
  elsewhere('threads', ANONYMOUS_STACK, (chance, window) => {
    const bytes = chance.whole(2, 16) * PAGE;
    const more = chance.whole(8, 80);
    const count = above(chance.whole(1, 8), rising(window, more));
    return { holdings: { threads: { count, bytes } }, growth: more * bytes };
  }),
  elsewhere('glibc arenas', ANONYMOUS_ARENA, (chance, window) => {
    const count = chance.whole(2, 8);
    const growth = amount(chance, count * 40 * MIB);
    return { holdings: { arenas: { total: above(count * 132 * KIB, rising(window, growth)), count } }, growth };
  }),
  sharedMemory('shared memory', 1),
  sharedMemory('shared with another', 2),
  {
    name: 'masked',
    leaks: true,
    plan(chance, window) {
      const growth = amount(chance);
      const total = sum(background(chance, window, growth / LEAST_ABOVE_NOISE), rising(window, growth));
      const falling = rising(window, -growth * chance.between(0.9, 1.1));
      const anonymous = { total: above(chance.logBetween(64 * KIB, 4 * MIB), falling) };
      const leak = { where: '[heap]', onset: 0, ratePerHour: growth / window.length };
      return planOf(window, { heap: { total }, anonymous }, leak);
    },
  },
  {
    name: 'across restarts',
    leaks: true,
    fewestSamples: 20,
    plan(chance, window) {
      const count = window.hours.length < 40 ? 2 : chance.whole(2, 3);
      const ratePerHour = (amount(chance, 64 * MIB) * count * 1.1) / window.length;
      const level = constant(window, chance.logBetween(128 * KIB, 32 * MIB));
      const lives = livesOf(window, count, (own) => ({
        heap: { total: own.hours.map((hour, slot) => (level[slot] ?? 0) + hour * ratePerHour) },
      }));
      return { lives, leak: { where: '[heap]', onset: 0, ratePerHour } };
    },
  },
];
