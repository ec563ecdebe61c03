import { expect, test } from 'vitest';
import { driftError } from '../../src/stats/drift.js';
import { chanceOf } from '../verdicts/chance.js';

const times = Array.from({ length: 201 }, (_, i) => i / 2);

/** Of forty seeds, so that chance averages out. */
function meanError(valuesOf: (normal: () => number) => number[]): number {
  const errors = Array.from({ length: 40 }, (_, seed) => {
    const chance = chanceOf(seed + 1);
    return driftError(
      times,
      valuesOf(() => chance.normal()),
    );
  });
  return errors.reduce((sum, error) => sum + error, 0) / errors.length;
}

function walk(stepOf: () => number): number[] {
  let level = 0;
  return times.map(() => {
    level += stepOf();
    return level;
  });
}

test('of a random walk with drift: σ √n over the time', () => {
  const expected = (3 * Math.sqrt(200)) / 100;
  const error = meanError((normal) => walk(() => 7 + 3 * normal()));
  expect(error / expected).toBeGreaterThan(0.75);
  expect(error / expected).toBeLessThan(1.15);
});

test('increments that remember: wider by (1 + θ) for a moving average, as its long-run variance is', () => {
  const error = meanError((normal) => {
    let before = normal();
    return walk(() => {
      const fresh = normal();
      const step = fresh + 0.8 * before;
      before = fresh;
      return step;
    });
  });
  const expected = (1.8 * Math.sqrt(200)) / 100;
  expect(error / expected).toBeGreaterThan(0.8);
  expect(error / expected).toBeLessThan(1.15);
});

test('0 for a line, in noise or not', () => {
  expect(driftError(times, times)).toBe(0);
  expect(meanError((normal) => times.map((time) => 5 * time + 20 * normal()))).toBe(0);
});

test('uneven times are no drift of a line', () => {
  const uneven = times.map((time) => time ** 2);
  expect(driftError(uneven, uneven)).toBeCloseTo(0, 9);
});

test('0 where there is nothing to tell it by', () => {
  expect(driftError([], [])).toBe(0);
  expect(driftError([0, 1, 2, 3], [0, 1, 3, 9])).toBe(0);
  expect(driftError([0, 1, 2, 3, 4], [0, 1, 3, 9, 17])).toBeGreaterThan(0);
  expect(driftError([4, 4, 4, 4, 4], [0, 1, 5, 6, 8])).toBe(0);
  expect(driftError(times, new Array<number>(times.length).fill(2 ** 53))).toBe(0);
});

test('as large as the values are, whatever that is', () => {
  const values = [0, 1, 3, 9, 17];
  const error = driftError([0, 1, 2, 3, 4], values);
  const huge = driftError(
    [0, 1, 2, 3, 4],
    values.map((value) => value * 2 ** 1000),
  );
  expect(huge).toBe(error * 2 ** 1000);
});
