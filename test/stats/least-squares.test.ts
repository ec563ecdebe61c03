import fc from 'fast-check';
import { linearRegression } from 'simple-statistics';
import { expect, test } from 'vitest';
import { NormalEquations } from '../../src/stats/least-squares.js';

interface Fitted {
  readonly coefficients: readonly number[];
  readonly residualSum: number;
}

function leastSquares(columns: readonly Float64Array[], values: Float64Array): Fitted | undefined {
  const coefficients = new Float64Array(columns.length);
  const residualSum = NormalEquations.of(columns)?.solve(values, coefficients);
  return residualSum === undefined ? undefined : { coefficients: [...coefficients], residualSum };
}

const ones = (n: number): Float64Array => new Float64Array(n).fill(1);

test("Anscombe's first set: American Statistician 27 (1973) 17–21", () => {
  const x = Float64Array.of(10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5);
  const y = Float64Array.of(8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68);
  const fitted = leastSquares([ones(11), x], y);
  expect(fitted?.coefficients[0]).toBeCloseTo(3.0001, 4);
  expect(fitted?.coefficients[1]).toBeCloseTo(0.5001, 4);
  expect(fitted?.residualSum).toBeCloseTo(13.7627, 4);
});

const points = fc.array(fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: -1000, max: 1000 })), {
  minLength: 3,
  maxLength: 50,
});

test('a line through any points is that of simple-statistics', () => {
  fc.assert(
    fc.property(points, (pairs) => {
      fc.pre(new Set(pairs.map(([x]) => x)).size > 1);
      const { m, b } = linearRegression(pairs.map(([x, y]) => [x / 100, y]));
      const x = Float64Array.from(pairs, ([at]) => at / 100);
      const y = Float64Array.from(pairs, ([, at]) => at);
      const fitted = leastSquares([ones(x.length), x], y);
      expect(fitted?.coefficients[0]).toBeCloseTo(b, 4);
      expect(fitted?.coefficients[1]).toBeCloseTo(m, 4);
      const rest = pairs.reduce((sum, [at, value]) => sum + (value - b - (m * at) / 100) ** 2, 0);
      expect(fitted?.residualSum).toBeCloseTo(rest, 3);
    }),
  );
});

const coefficient = fc.integer({ min: -50, max: 50 });

test.each([1, 2, 3, 4])('a polynomial of %d terms is met exactly', (size) => {
  fc.assert(
    fc.property(fc.array(coefficient, { minLength: size, maxLength: size }), (wanted) => {
      const times = Float64Array.from({ length: 20 }, (_, i) => i / 19);
      const columns = wanted.map((_, power) => times.map((time) => time ** power));
      const values = times.map((time) => wanted.reduce((sum, factor, power) => sum + factor * time ** power, 0));
      const fitted = leastSquares(columns, values);
      wanted.forEach((factor, power) => {
        expect(fitted?.coefficients[power]).toBeCloseTo(factor, 6);
      });
      expect(fitted?.coefficients).toHaveLength(size);
      expect(fitted?.residualSum).toBeCloseTo(0, 9);
    }),
  );
});

test('what is left stands at a right angle to each column', () => {
  const noise = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 12, maxLength: 12 });
  fc.assert(
    fc.property(noise, (numbers) => {
      const times = Float64Array.from(numbers, (_, i) => i / 11);
      const columns = [ones(12), times, times.map((time) => Math.max(0, time - 0.3)), times.map((time) => time ** 3)];
      const { coefficients = [] } = leastSquares(columns, Float64Array.from(numbers)) ?? {};
      const rests = numbers.map((value, i) =>
        columns.reduce((rest, column, c) => rest - (coefficients[c] ?? Number.NaN) * (column[i] ?? 0), value),
      );
      for (const column of columns) {
        expect(rests.reduce((sum, rest, i) => sum + rest * (column[i] ?? 0), 0)).toBeCloseTo(0, 6);
      }
    }),
  );
});

test('equations solved for one series are as good for the next', () => {
  const x = Float64Array.of(0, 1, 2);
  const equations = NormalEquations.of([ones(3), x]);
  const coefficients = new Float64Array(2);
  equations?.solve(Float64Array.of(5, -9, 4), coefficients);
  expect(equations?.solve(Float64Array.of(1, 3, 5), coefficients)).toBeCloseTo(0, 12);
  expect([...coefficients].map(Math.round)).toEqual([1, 2]);
});

test('columns that depend on each other have no answer', () => {
  const x = Float64Array.of(0, 0.5, 1);
  expect(leastSquares([ones(3), x, x.map((time) => 1 - 2 * time)], Float64Array.of(1, 2, 3))).toBeUndefined();
  expect(leastSquares([new Float64Array(3)], Float64Array.of(1, 2, 3))).toBeUndefined();
});
