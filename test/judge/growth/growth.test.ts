import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Growth, growthOf } from '../../../src/judge/growth/growth.js';
import { chanceOf } from '../../verdicts/chance.js';
import { seriesFrom } from '../records.js';

const PAGE = 4096;
const count = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

function stateOf(pages: readonly number[]): Growth['state'] {
  return growthOf(seriesFrom(pages.map((page) => page * PAGE)), PAGE).state;
}

/** All numbers of a result, however deep. */
function numbersOf(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersOf) : [];
}

describe('whatever comes in, nothing is NaN, and no part is infinite', () => {
  const amount = fc.oneof(
    fc.constantFrom(0, 1, PAGE, 2 ** 53, 1e300, 5e-324),
    fc.integer({ min: 0, max: 2 ** 31 }).map((pages) => pages * PAGE),
    fc.double({ min: 0, max: 2 ** 53, noNaN: true }),
  );
  // Half a second to a year apart.
  const gap = fc.oneof(
    fc.constantFrom(0.5 / 3600, 1 / 3600, 1),
    fc.double({ min: 0.5 / 3600, max: 8766, noNaN: true }),
  );
  const runs = fc.tuple(fc.integer({ min: 1, max: 500 }), amount, fc.integer({ min: -3, max: 3 }));

  const isSound = (values: readonly number[], gaps: readonly number[], unit: number): void => {
    let time = 0;
    const times = values.map((_, i) => {
      time += i === 0 ? 0 : (gaps[i % gaps.length] ?? 1);
      return time;
    });
    const growth = growthOf({ at: count(values.length), times, values }, unit);
    expect(numbersOf(growth).filter(Number.isNaN)).toEqual([]);
    const { trend, line, growth: by, wander, from } = growth.part ?? {};
    const finite = [...numbersOf(trend), ...numbersOf(line), by ?? 0, wander ?? 0, from ?? 0];
    expect(finite.filter((number) => !Number.isFinite(number))).toEqual([]);
    if (growth.part) expect(growth.part.line.lower).toBeLessThanOrEqual(growth.part.line.upper);
  };

  test('of single values', () => {
    const values = fc.array(amount, { maxLength: 60 });
    const gaps = fc.array(gap, { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(values, gaps, fc.constantFrom(1, PAGE), (some, between, unit) => {
        isSound(some, between, unit);
      }),
      { numRuns: 200 },
    );
  });

  test('of runs that rise, fall or stay, up to 2,000 samples', () => {
    fc.assert(
      fc.property(fc.array(runs, { minLength: 1, maxLength: 6 }), fc.array(gap, { minLength: 1 }), (parts, gaps) => {
        const values = parts.flatMap(([n, start, step]) => count(n).map((i) => Math.max(0, start + i * step * PAGE)));
        isSound(values.slice(0, 2000), gaps, PAGE);
      }),
      { numRuns: 40 },
    );
  });
});

describe('a series and its mirror image', () => {
  const walk = fc.array(fc.integer({ min: -4, max: 8 }), { minLength: 8, maxLength: 40 });

  test('do not both grow', () => {
    fc.assert(
      fc.property(walk, (steps) => {
        let level = 1000;
        const pages = steps.map((step) => {
          level += step;
          return level;
        });
        const states = [stateOf(pages), stateOf(pages.map((page) => 5000 - page))];
        expect(states).not.toEqual(['growing', 'growing']);
      }),
    );
  });

  test('a level does not change the state', () => {
    fc.assert(
      fc.property(walk, (pages) => {
        const values = pages.map((page, i) => (500 + page + i) * PAGE);
        const series = seriesFrom(values);
        const higher = { ...series, values: values.map((value) => value + 1e9 * PAGE) };
        expect(growthOf(higher, PAGE).state).toBe(growthOf(series, PAGE).state);
      }),
    );
  });
});

describe('states', () => {
  test.each([
    ['too-few', [1, 2]],
    ['too-few', []],
    ['leaning', [10, 20, 30]],
    ['leaning', count(7).map((i) => 3 * i)],
    // One step makes most of it.
    ['unclear', [10, 11, 12, 13, 113]],
    ['growing', count(8).map((i) => 3 * i)],
    ['growing', count(40).map((i) => 3 * i + (i % 3))],
    ['settled', count(8).map(() => 9)],
    ['settled', count(40).map((i) => 100 * Math.min(i, 10))],
    ['settled', count(40).map((i) => 100 * (i % 5))],
    ['unclear', count(20).map((i) => (i < 18 ? 0 : 500))],
  ] as const)('%s: case %#', (state, pages) => {
    expect(stateOf(pages)).toBe(state);
  });

  test('four units are flat, five in a row grow', () => {
    const upTo = (most: number): number[] => count(40).map((i) => Math.floor((i * (most + 1)) / 40));
    expect(growthOf(seriesFrom(upTo(4)), 1).settling).toEqual({ kind: 'flat', range: 4 });
    expect(growthOf(seriesFrom(upTo(8)), 1).state).toBe('growing');
  });

  // Later than a bend of a course can be told from a line.
  test.each([
    ['steep', count(40).map((i) => 32 * Math.min(i, 34))],
    ['slow, of 200 samples', count(200).map((i) => 2 * Math.min(i, 160))],
    ['after another one', count(100).map((i) => 40 * Math.min(i, 12) + 10 * Math.min(i, 80))],
  ] as const)('a cache that is full at the end, with noise: %s', (_, pages) => {
    const states = count(20).map((seed) => {
      const chance = chanceOf(seed + 1);
      return stateOf(pages.map((page) => 300 + page + Math.round(chance.normal())));
    });
    expect(states.filter((state) => state === 'growing').length).toBeLessThanOrEqual(2);
  });

  test('rests where 95 % of a warm-up is done, of whatever noise', () => {
    const states = count(20).map((seed) => {
      const chance = chanceOf(seed + 1);
      const noise = chance.logBetween(1, 30);
      return stateOf(
        count(96).map((i) => Math.round(500 + 1000 * (1 - Math.exp((-3.5 * i) / 95)) + noise * chance.normal())),
      );
    });
    expect(states.filter((state) => state === 'growing').length).toBeLessThanOrEqual(1);
  });

  test('what repeats itself is taken off, and its period told', () => {
    const pages = count(96).map((i) => Math.round(200 * Math.sin((2 * Math.PI * i) / 12) + 5 * i));
    const growth = growthOf(seriesFrom(pages.map((page) => (1000 + page) * PAGE)), PAGE);
    expect(growth.state).toBe('growing');
    expect((growth.period ?? 0) * 3600).toBeCloseTo(12, 0);
    expect((growth.part?.line.slope ?? 0) / (5 * PAGE * 3600)).toBeCloseTo(1, 1);
  });

  test('the interval of a random walk with drift covers the drift', () => {
    const covered = count(40).filter((seed) => {
      const chance = chanceOf(seed + 1);
      let level = 0;
      const pages = count(80).map(() => {
        level += Math.max(0, Math.round(10 + 8 * chance.normal()));
        return level;
      });
      const { part } = growthOf(seriesFrom(pages.map((page) => page * PAGE)), PAGE);
      const rate = 10.26 * PAGE * 3600;
      return part && part.line.lower <= rate && rate <= part.line.upper;
    });
    expect(covered.length).toBeGreaterThanOrEqual(32);
  });
});

// As many phases as samples: each takes its own sample off, and what remains is the line that was assumed.
test.fails('a saw is no growth where samples come in pairs', () => {
  const n = 80;
  const times = count(n).map((i) => Math.floor(i / 2) + (i % 2) / 3600);
  const values = count(n).map((i) => (1000 + (Math.floor(i / 2) % 4) * 100) * PAGE);
  expect(growthOf({ at: count(n), times, values }, PAGE).state).toBe('settled');
});

test('a rise in two slopes that ended at half of the time has settled', () => {
  const chance = chanceOf(9);
  const [first, second, slope] = [chance.between(0.08, 0.3), 0.49, 4.5];
  const pages = count(60).map((i) => {
    const share = i / 59;
    return 5000 + Math.round(1000 * (slope * Math.min(share, first) + Math.min(share, second)) + 2 * chance.normal());
  });
  expect(stateOf(pages)).toBe('settled');
});
