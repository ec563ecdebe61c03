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

interface Chance {
  /** In [from, to). */
  between(from: number, to: number): number;
  whole(from: number, to: number): number;
  /** Standard normal, by Box and Muller. */
  normal(): number;
}

function chanceOf(seed: number): Chance {
  const random = randomOf(seed);
  const between = (from: number, to: number): number => from + (to - from) * random();
  return {
    between,
    whole: (from, to) => Math.floor(between(from, to + 1)),
    normal: () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
  };
}

const KIB = 1024;
const MIB = 1024 * KIB;
const PAGE = 4 * KIB;

/** A shape of memory over time: bytes at sample `i` of `n`. */
export type Shape = (chance: Chance, n: number) => (i: number) => number;

/** Programs that do not leak. */
export const HARMLESS: Readonly<Record<string, Shape>> = {
  flat: () => () => 0,
  'white noise': (chance) => {
    const sigma = chance.between(2, 200) * PAGE;
    return () => sigma * chance.normal();
  },
  'AR(1) noise': (chance) => {
    const sigma = chance.between(2, 100) * PAGE;
    const phi = chance.between(0.3, 0.8);
    let level = (sigma * chance.normal()) / Math.sqrt(1 - phi * phi);
    return () => {
      level = phi * level + sigma * chance.normal();
      return level;
    };
  },
  'exponential warm-up': (chance, n) => {
    const rise = chance.between(0.2, 40) * MIB;
    const constant = chance.between(n / 40, n / 7);
    const sigma = chance.between(0, 2) * PAGE;
    return (i) => rise * (1 - Math.exp(-i / constant)) + sigma * chance.normal();
  },
  'linear warm-up': (chance, n) => {
    const rise = chance.between(0.2, 40) * MIB;
    const end = chance.between(2, n * 0.55);
    const sigma = chance.between(0, 2) * PAGE;
    return (i) => rise * Math.min(1, i / end) + sigma * chance.normal();
  },
  'warm-up with a few late pages': (chance, n) => {
    const end = chance.between(2, n / 3);
    const late = chance.whole(1, 3);
    return (i) => 40 * MIB * Math.min(1, i / end) + Math.min(late, Math.max(0, i - end)) * PAGE;
  },
  sawtooth: (chance, n) => {
    const period = chance.whole(3, Math.max(4, Math.min(16, Math.floor(n / 2))));
    const phase = chance.whole(0, period - 1);
    const tooth = chance.between(0.1, 4) * MIB;
    const sigma = chance.between(0, 1) * PAGE;
    return (i) => ((i + phase) % period) * tooth + sigma * chance.normal();
  },
  'irregular sawtooth': (chance, n) => {
    let left = 0;
    let level = 0;
    const longest = Math.max(4, Math.min(14, Math.floor(n / 3)));
    const tooth = chance.between(0.1, 2) * MIB;
    return () => {
      if (left === 0) {
        left = chance.whole(2, longest);
        level = chance.between(0, 0.05) * tooth;
      }
      left--;
      level += chance.between(0.5, 1.5) * tooth;
      return level;
    };
  },
  'one step': (chance, n) => {
    const at = chance.whole(1, n - 1);
    const rise = chance.between(0.1, 20) * MIB;
    const sigma = chance.between(0, 3) * PAGE;
    return (i) => (i >= at ? rise : 0) + sigma * chance.normal();
  },
  'two steps': (chance, n) => {
    const first = chance.whole(1, n - 2);
    const second = chance.whole(first + 1, n - 1);
    const rise = chance.between(0.1, 20) * MIB;
    const other = rise * chance.between(0.3, 1.5);
    const sigma = chance.between(0, 2) * PAGE;
    return (i) => (i >= first ? rise : 0) + (i >= second ? other : 0) + sigma * chance.normal();
  },
  spikes: (chance) => {
    const sigma = chance.between(0, 2) * PAGE;
    return () => (chance.between(0, 1) < 0.12 ? chance.between(0.5, 20) * MIB : 0) + sigma * chance.normal();
  },
  periodic: (chance, n) => {
    const period = chance.between(4, n / 1.5);
    const phase = chance.between(0, 2 * Math.PI);
    const height = chance.between(0.1, 4) * MIB;
    return (i) => height * Math.sin((2 * Math.PI * i) / period + phase);
  },
  falling: (chance, n) => {
    const fall = chance.between(0.1, 4) * MIB;
    return (i) => fall * (1 - i / n) + PAGE * chance.normal();
  },
};

/** Programs that leak, and whose leak is to be found with 20 samples. */
export const LEAKING: Readonly<Record<string, Shape>> = {
  linear: (chance) => {
    const rate = chance.between(1, 200) * PAGE;
    return (i) => rate * i;
  },
  '12 KiB a tick': () => (i) => 12_304 * i,
  'slow in noise': (chance, n) => {
    const growth = chance.between(40, 400) * PAGE;
    const sigma = growth / chance.between(12, 40);
    return (i) => (growth * i) / n + sigma * chance.normal();
  },
  'with spikes': (chance) => {
    const rate = chance.between(3, 60) * PAGE;
    return (i) => rate * i + (chance.between(0, 1) < (i === 0 ? 0 : 0.08) ? chance.between(1, 20) * MIB : 0);
  },
  'regular steps': (chance, n) => {
    const every = Math.max(2, Math.floor(n / chance.whole(5, 8)));
    const phase = chance.whole(0, every - 1);
    const step = chance.between(4, 200) * PAGE;
    return (i) => Math.floor((i + phase) / every) * step;
  },
  'sawtooth with a rising floor': (chance, n) => {
    const period = chance.whole(2, Math.max(3, Math.floor(n / 8)));
    const phase = chance.whole(0, period - 1);
    const tooth = chance.between(0.1, 1) * MIB;
    const rate = (tooth * chance.between(0.3, 1)) / period;
    return (i) => ((i + phase) % period) * tooth + rate * i;
  },
  'warm-up, then a leak': (chance, n) => {
    const end = chance.between(2, n / 4);
    const rate = chance.between(4, 100) * PAGE;
    const rise = rate * n * chance.between(1, 8);
    return (i) => rise * Math.min(1, i / end) + rate * i;
  },
  'late onset': (chance, n) => {
    const onset = Math.floor(n * chance.between(0.2, 0.5));
    const rate = chance.between(4, 100) * PAGE;
    return (i) => rate * Math.max(0, i - onset);
  },
  accelerating: (chance, n) => {
    const growth = chance.between(0.5, 20) * MIB;
    return (i) => growth * (i / n) ** 2;
  },
};

/** A series of `n` page-quantized samples of a shape above 8 MiB. */
export function simulate(shape: Shape, seed: number, n: number): number[] {
  const chance = chanceOf(seed);
  const at = shape(chance, n);
  return Array.from({ length: n }, (_, i) => Math.max(0, Math.round((8 * MIB + at(i)) / PAGE)) * PAGE);
}
