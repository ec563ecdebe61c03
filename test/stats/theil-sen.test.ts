import fc from 'fast-check';
import { expect, test } from 'vitest';
import { theilSen } from '../../src/stats/theil-sen.js';

test('cloud seeding: Hollander & Wolfe (1973), examples 9.1 to 9.3', () => {
  const line = theilSen([1, 2, 3, 4, 5], [1.26, 1.27, 1.12, 1.16, 1.03]);
  expect(line?.slope).toBeCloseTo(-0.056, 3);
  // The 95 % interval of so few takes in the extreme slopes.
  expect(line?.lower).toBeCloseTo(-0.15, 10);
  expect(line?.upper).toBeCloseTo(0.04, 10);
});

test('a straight line is met exactly, with an interval of no width', () => {
  const times = [0, 1, 2, 5, 9, 14, 15, 20, 30, 31];
  expect(
    theilSen(
      times,
      times.map((time) => 100 + 12_288 * time),
    ),
  ).toEqual({
    slope: 12_288,
    intercept: 100,
    lower: 12_288,
    upper: 12_288,
  });
});

test('a quarter of wild values does not move it', () => {
  const times = Array.from({ length: 40 }, (_, i) => i);
  const line = theilSen(
    times,
    times.map((time) => (time % 5 === 2 ? 1e9 : 3 * time)),
  );
  expect(line?.slope).toBe(3);
});

test('no line where no two times differ', () => {
  expect(theilSen([], [])).toBeUndefined();
  expect(theilSen([1], [2])).toBeUndefined();
  expect(theilSen([4, 4, 4], [1, 2, 3])).toBeUndefined();
  expect(theilSen([1, 2], [Number.NaN, Number.NaN])).toBeUndefined();
});

test('equal times are left out, the others count', () => {
  expect(theilSen([0, 0, 1, 1], [0, 0, 5, 5])?.slope).toBe(5);
});

test('never NaN, and the slope lies in its interval', () => {
  const points = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 50 }), fc.double({ noNaN: true, noDefaultInfinity: true })),
    {
      maxLength: 40,
    },
  );
  fc.assert(
    fc.property(points, (pairs) => {
      const sorted = pairs.toSorted((a, b) => a[0] - b[0]);
      const line = theilSen(
        sorted.map(([time]) => time),
        sorted.map(([, value]) => value),
      );
      if (!line) return;
      expect(Object.values(line).every(Number.isFinite)).toBe(true);
      expect(line.lower).toBeLessThanOrEqual(line.slope);
      expect(line.upper).toBeGreaterThanOrEqual(line.slope);
    }),
  );
});

test('100,000 points take well under a second and lose nothing of a line', () => {
  const times = Array.from({ length: 100_000 }, (_, i) => i);
  const start = performance.now();
  const line = theilSen(
    times,
    times.map((time) => 7 + 4096 * time),
  );
  expect(performance.now() - start).toBeLessThan(2000);
  expect(line?.slope).toBe(4096);
  expect(line?.intercept).toBeCloseTo(7, 3);
});

test('an inflated variance widens the interval', () => {
  const times = Array.from({ length: 30 }, (_, i) => i);
  const values = times.map((time) => time + ((time * 17) % 7));
  const plain = theilSen(times, values);
  const wide = theilSen(times, values, { inflation: 4 });
  expect((wide?.upper ?? 0) - (wide?.lower ?? 0)).toBeGreaterThan((plain?.upper ?? 0) - (plain?.lower ?? 0));
});
