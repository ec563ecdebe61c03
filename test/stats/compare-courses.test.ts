import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareCourses } from '../../src/stats/compare-courses.js';
import { chanceOf } from '../verdicts/chance.js';

const PAGE = 4096;
const count = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** A course of 1,000 pages over shares of the time from 0 to 1. */
type At = (share: number) => number;

function comparisonOf(at: At, { n = 60, noise = 0, seed = 1 } = {}): NonNullable<ReturnType<typeof compareCourses>> {
  const chance = chanceOf(seed);
  const values = count(n).map((i) => (5000 + Math.round(1000 * at(i / (n - 1)) + noise * chance.normal())) * PAGE);
  return compareCourses(count(n), values, PAGE) ?? expect.fail('no comparison');
}

const RISING: readonly (readonly [string, At, number])[] = [
  ['line', (share) => share, 0],
  ['onset', (share) => Math.max(0, share - 0.4), 0.4],
  ['two-slopes', (share) => 3 * Math.min(share, 0.3) + 0.7 * share, 0.3],
  ['power', (share) => share ** 2, 0.5],
  ['power', (share) => share ** 3, 0.5],
  ['saturation-and-line', (share) => 2 * (1 - Math.exp(-share / 0.06)) + share, 0.12],
];

const RESTING: readonly (readonly [string, At, number])[] = [
  ['constant', () => 0, 0],
  ['ramp-then-rest', (share) => Math.min(share, 0.35) / 0.35, 0.35],
  ['bent-ramp-then-rest', (share) => 3 * Math.min(share, 10 / 59) + Math.min(share, 24 / 59), 24 / 59],
  ['saturation', (share) => 1 - Math.exp(-share / 0.08), 0.16],
  ['shifts', (share) => Number(share > 0.25), 0.27],
  ['shifts', (share) => Number(share > 0.25) + Number(share > 0.6), 0.61],
  ['shifts', (share) => Number(share > 0.25) - Number(share > 0.5) + Number(share > 0.7), 0.71],
];

test.each(RISING)('a course that still rises: %s, case %#', (kind, at, since) => {
  const { rising, evidence } = comparisonOf(at);
  expect(rising?.kind).toBe(kind);
  expect((rising?.since ?? Number.NaN) / 59).toBeCloseTo(since, 1);
  expect(evidence).toBeGreaterThan(10);
});

test.each(RESTING)('a course that came to rest: %s, case %#', (kind, at, since) => {
  const { resting, evidence } = comparisonOf(at);
  // Where a bend lies between two samples, two of them may meet it better than one.
  expect(resting.kind.replace('bent-', '')).toBe(kind.replace('bent-', ''));
  expect(Math.abs(resting.since / 59 - since)).toBeLessThan(0.1);
  expect(evidence).toBeLessThan(-6);
});

describe.each([5, 20])('in noise of %d pages', (noise) => {
  const comparisons = (at: At): ReturnType<typeof comparisonOf>[] =>
    count(9).map((seed) => comparisonOf(at, { noise, seed: seed + 1 }));
  const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[4] ?? Number.NaN;

  test.each(RISING)('the same of what rises: %s, case %#', (_, at, since) => {
    const found = comparisons(at);
    expect(Math.min(...found.map(({ evidence }) => evidence))).toBeGreaterThan(10);
    expect(middle(found.map(({ rising }) => (rising?.since ?? Number.NaN) / 59))).toBeCloseTo(since, 1);
  });

  test.each(RESTING)('the same of what came to rest: %s, case %#', (_, at, since) => {
    const found = comparisons(at);
    expect(Math.max(...found.map(({ evidence }) => evidence))).toBeLessThan(-6);
    expect(Math.abs(middle(found.map(({ resting }) => resting.since / 59)) - since)).toBeLessThan(0.1);
  });
});

test('a bend between two samples of the grid is met', () => {
  const { rising } = comparisonOf((share) => Math.max(0, share - 0.333), { n: 150 });
  expect((rising?.since ?? 0) / 149).toBeCloseTo(0.333, 2);
});

test('two bends between the samples of the grid, then rest', () => {
  const at: At = (share) => 3 * Math.min(share, 14 / 59) + Math.min(share, 29 / 59);
  expect(comparisonOf(at, { noise: 5 }).evidence).toBeLessThan(0);
});

test('evidence grows with the number of samples', () => {
  for (const [at, sign] of [
    [(share: number) => share / 20, 1],
    [(share: number) => Math.min(share, 0.3) / 6, -1],
  ] as const) {
    const evidence = [12, 24, 48, 96].map((n) => {
      const all = count(9).map((seed) => sign * comparisonOf(at, { n, noise: 3, seed: seed + 1 }).evidence);
      return all.sort((a, b) => a - b)[4] ?? Number.NaN;
    });
    expect(evidence.toSorted((a, b) => a - b)).toEqual(evidence);
    expect(evidence[3]).toBeGreaterThan(10);
  }
});

describe('noise that remembers', () => {
  const remembering = (n: number, phi: number, seed: number, slope: number): number[] => {
    const chance = chanceOf(seed);
    let level = 0;
    return count(n).map((i) => {
      level = phi * level + 20 * chance.normal();
      return (5000 + Math.round(level + (slope * i) / n)) * PAGE;
    });
  };

  test('is no rise', () => {
    const accused = count(40).filter((seed) => {
      const evidence = compareCourses(count(96), remembering(96, 0.7, seed + 1, 0), PAGE)?.evidence ?? 0;
      return evidence > 4;
    });
    expect(accused.length).toBeLessThanOrEqual(2);
  });

  test('is told with its autocorrelation around a line', () => {
    const rising = count(20).map(
      (seed) => compareCourses(count(150), remembering(150, 0.7, seed + 1, 3000), PAGE)?.rising,
    );
    const about = rising.filter((course) => (course?.autocorrelation ?? 0) >= 0.4);
    expect(about.length).toBeGreaterThanOrEqual(16);
    expect(comparisonOf((share) => share, { n: 150, noise: 20 }).rising?.autocorrelation).toBe(0);
  });
});

test('a rise smaller than what is told from noise is none', () => {
  const three = compareCourses(
    count(30),
    count(30).map((i) => Math.floor(i / 10) * PAGE),
    PAGE,
  );
  expect(three?.rising).toBeUndefined();
  expect(three?.evidence).toBe(Number.NEGATIVE_INFINITY);
  // A last part of 1 % of the whole is no rise either.
  const late = comparisonOf((share) => 3 * Math.min(share, 0.3) + 0.01 * share);
  expect(late.evidence).toBeLessThan(0);
});

test('what falls does not rise', () => {
  expect(comparisonOf((share) => -share).rising).toBeUndefined();
  expect(comparisonOf((share) => Math.min(share, 1 - share)).evidence).toBeLessThan(0);
});

test('times and units may be any: the result is the same', () => {
  const values = count(40).map((i) => Math.max(0, i - 15) * 7);
  const plain = compareCourses(count(40), values, 1);
  const other = compareCourses(
    count(40).map((i) => 1000 + i / 3600),
    values.map((value) => (value + 9) * PAGE),
    PAGE,
  );
  expect(other?.rising?.kind).toBe(plain?.rising?.kind);
  expect(other?.evidence).toBeCloseTo(plain?.evidence ?? Number.NaN, 6);
  expect(((other?.rising?.since ?? 0) - 1000) * 3600).toBeCloseTo(plain?.rising?.since ?? Number.NaN, 6);
});

test('samples thinned to 150 say the same', () => {
  const long = comparisonOf((share) => Math.max(0, share - 0.4), { n: 3000 });
  expect(long.rising?.kind).toBe('onset');
  expect((long.rising?.since ?? 0) / 2999).toBeCloseTo(0.4, 2);
});

test('needs five points, and time between them', () => {
  expect(compareCourses(count(4), count(4), 1)).toBeUndefined();
  expect(compareCourses(count(5), count(5), 1)).toBeDefined();
  expect(compareCourses([3, 3, 3, 3, 3], count(5), 1)).toBeUndefined();
  expect(compareCourses([], [], 1)).toBeUndefined();
});

test('never NaN, whatever the values', () => {
  const value = fc.oneof(fc.constantFrom(0, 1, PAGE, 2 ** 53), fc.integer({ min: 0, max: 2 ** 40 }));
  fc.assert(
    fc.property(fc.array(value, { minLength: 5, maxLength: 40 }), fc.array(fc.nat({ max: 3 })), (values, steps) => {
      let time = 0;
      const times = values.map((_, i) => {
        time += (steps[i % Math.max(1, steps.length)] ?? 1) * 10 ** (i % 5);
        return time;
      });
      const comparison = compareCourses(times, values, PAGE);
      if (!comparison) return;
      const { rising, resting, evidence } = comparison;
      expect(evidence).not.toBeNaN();
      for (const course of rising ? [rising, resting] : [resting]) {
        expect(Number.isFinite(course.criterion)).toBe(true);
        expect(course.since).toBeGreaterThanOrEqual(times[0] ?? 0);
        expect(course.since).toBeLessThanOrEqual(times.at(-1) ?? 0);
      }
    }),
    { numRuns: 60 },
  );
});
