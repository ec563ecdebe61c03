import fc from 'fast-check';
import { median } from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import { commonLine, theilSen } from '../../src/stats/theil-sen.js';
import { cpuTime } from '../cpu-time.js';

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
  const values = times.map((time) => 7 + 4096 * time);
  let line: ReturnType<typeof theilSen>;
  expect(
    cpuTime(() => {
      line = theilSen(times, values);
    }),
  ).toBeLessThan(2000);
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

describe('one slope of several series', () => {
  const points = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: -50, max: 50 })), { maxLength: 8 })
    .map((pairs) => {
      const sorted = pairs.toSorted((a, b) => a[0] - b[0]);
      return { times: sorted.map(([time]) => time), values: sorted.map(([, value]) => value) };
    });

  test('of one series is its Theil–Sen slope', () => {
    fc.assert(
      fc.property(points, ({ times, values }) => {
        expect(commonLine([{ times, values }])).toEqual(theilSen(times, values));
      }),
    );
  });

  test('is the median of the slopes of all pairs within a series', () => {
    fc.assert(
      fc.property(fc.array(points, { maxLength: 4 }), (series) => {
        const slopes = series.flatMap(({ times, values }) =>
          times.flatMap((time, i) =>
            times.slice(0, i).flatMap((other, j) => {
              const slope = ((values[i] ?? 0) - (values[j] ?? 0)) / (time - other);
              return Number.isFinite(slope) ? [slope] : [];
            }),
          ),
        );
        const line = commonLine(series);
        if (slopes.length === 0) {
          expect(line).toBeUndefined();
          return;
        }
        expect(line?.slope).toBeCloseTo(median(slopes), 12);
        const rests = series.flatMap(({ times, values }) =>
          values.map((value, i) => value - (line?.slope ?? 0) * (times[i] ?? 0)),
        );
        expect(line?.intercept).toBeCloseTo(median(rests), 9);
        expect(slopes).toContain(line?.lower);
        expect(slopes).toContain(line?.upper);
      }),
    );
  });

  test('does not see how far the series lie apart', () => {
    const times = [0, 1, 2, 3, 4, 5];
    const line = commonLine([
      { times, values: times.map((time) => 7 + 3 * time) },
      { times, values: times.map((time) => 1e6 + 3 * time) },
    ]);
    expect(line).toMatchObject({ slope: 3, lower: 3, upper: 3 });
  });

  test('is surer of more series', () => {
    const of = (seed: number): { times: number[]; values: number[] } => {
      const times = Array.from({ length: 8 }, (_, i) => i);
      return { times, values: times.map((time) => 3 * time + ((time * 17 + seed * 5) % 7)) };
    };
    const width = (count: number): number => {
      const line = commonLine(Array.from({ length: count }, (_, i) => of(i)));
      return (line?.upper ?? Number.NaN) - (line?.lower ?? Number.NaN);
    };
    expect(width(8)).toBeLessThan(width(2));
  });
});

// Gilbert (1987), 16.4.2: the ranks of the limits are (N' − C) / 2 and (N' + C) / 2 + 1, rounded outwards here.
test('the interval is that of the ranks of the slopes', () => {
  const values = [3, 9, 1, 4, 12, 8, 15, 7, 16, 11];
  const times = values.map((_, i) => i);
  const slopes = values
    .flatMap((value, i) => values.slice(0, i).map((other, j) => (value - other) / (i - j)))
    .sort((a, b) => a - b);
  const width = 1.959964 * Math.sqrt((10 * 9 * 25) / 18);
  const line = theilSen(times, values);
  expect(line?.lower).toBe(slopes[Math.floor((45 - width) / 2) - 1]);
  expect(line?.upper).toBe(slopes[Math.ceil((45 + width) / 2)]);
});

test('a higher confidence takes a wider interval', () => {
  const times = Array.from({ length: 12 }, (_, i) => i);
  const values = times.map((time) => time + ((time * 17) % 7));
  const sure = theilSen(times, values, { confidence: 0.99 });
  const half = theilSen(times, values, { confidence: 0.5 });
  expect(sure?.lower).toBeLessThan(half?.lower ?? 0);
  expect(sure?.upper).toBeGreaterThan(half?.upper ?? 0);
});
