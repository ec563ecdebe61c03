import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kendallTotal, mannKendall, varianceInflation } from '../../src/stats/mann-kendall.js';
import { upperTail } from '../../src/stats/normal.js';
import { cpuTime } from '../cpu-time.js';
import { chanceOf } from '../verdicts/chance.js';

describe('published examples', () => {
  test('five values, exact table: EPA QA/G-9 (2000), box 4-6', () => {
    const trend = mannKendall([5, 6, 11, 8, 10]);
    expect(trend?.s).toBe(6);
    expect(trend?.pRising).toBeCloseTo(0.117, 3);
  });

  test('nine values without ties: tuna, Hollander & Wolfe (1973), p. 187', () => {
    // In the order of the lightness: 41.9 44.1 44.4 44.7 45.2 45.9 50.7 53.3 60.1.
    const trend = mannKendall([2.5, 4.0, 2.6, 3.6, 2.8, 3.1, 5.2, 5.0, 3.8]);
    expect(trend?.s).toBe(16);
    expect(trend?.pValue).toBeCloseTo(0.1194, 4);
  });

  test('fourteen values with a tie: Little, A Mann-Kendall example by hand (Holy Cross)', () => {
    const values = [12.9, 14.8, 13.2, 15.7, 13.8, 15.6, 12.9, 11.0, 17.3, 15.9, 19.0, 18.3, 20.1, 21.7];
    const trend = mannKendall(values);
    expect(trend?.s).toBe(54);
    expect(trend?.variance).toBeCloseTo((14 * 13 * 33 - 18) / 18, 10);
    expect(trend?.pRising).toBeCloseTo(0.0018, 4);
  });
});

test('five in ascending order have one chance in 120', () => {
  expect(mannKendall([1, 2, 3, 4, 5])?.pRising).toBeCloseTo(1 / 120, 12);
});

test('the score is that of all pairs', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 3, maxLength: 40 }), (values) => {
      let s = 0;
      values.forEach((later, j) => {
        for (let i = 0; i < j; i++) s += Math.sign(later - (values[i] ?? 0));
      });
      expect(mannKendall(values)?.s).toBe(s);
    }),
  );
});

test('small samples with ties are exact: counted over all arrangements', () => {
  for (const values of [
    [1, 1, 2, 3, 3],
    [3, 1, 1, 1, 2],
    [1, 2, 2, 3, 4, 4],
  ]) {
    const s = mannKendall(values)?.s ?? Number.NaN;
    const scores = arrangementsOf(values).map((order) => mannKendall(order)?.s ?? Number.NaN);
    const share = scores.filter((score) => score >= s).length / scores.length;
    expect(mannKendall(values)?.pRising).toBeCloseTo(share, 12);
  }
});

test('p-values lie between 0 and 1 for any values', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 3, maxLength: 60 }), (values) => {
      const trend = mannKendall(values, values);
      expect(trend?.pValue).toBeGreaterThanOrEqual(0);
      expect(trend?.pValue).toBeLessThanOrEqual(1);
      expect(trend?.pRising).toBeGreaterThanOrEqual(0);
      expect(trend?.pRising).toBeLessThanOrEqual(1);
    }),
  );
});

test('fewer than three values tell nothing; equal ones no trend', () => {
  expect(mannKendall([1, 2])).toBeUndefined();
  expect(mannKendall([7, 7, 7])?.pRising).toBe(1);
  expect(mannKendall(new Array<number>(20).fill(7))?.pValue).toBe(1);
});

describe('autocorrelation', () => {
  /** AR(1) noise of forty seeds. */
  const inflationsOf = (n: number, phi: number): number[] =>
    Array.from({ length: 40 }, (_, seed) => {
      const chance = chanceOf(seed + 1);
      let level = chance.normal();
      const residuals = Array.from({ length: n }, () => {
        level = phi * level + chance.normal();
        return level;
      });
      return varianceInflation(residuals);
    });

  test('independent residuals leave the variance nearly alone, and never shrink it', () => {
    const inflations = inflationsOf(100, 0);
    expect(inflations.every((inflation) => inflation >= 1)).toBe(true);
    expect(inflations.filter((inflation) => inflation < 1.5).length).toBeGreaterThan(30);
  });

  test('residuals that remember widen it: (1 + φ) / (1 − φ) is 4 for φ = 0.6', () => {
    const inflations = inflationsOf(400, 0.6);
    const mean = inflations.reduce((sum, inflation) => sum + inflation, 0) / inflations.length;
    expect(mean).toBeGreaterThan(2.5);
    expect(mean).toBeLessThan(6);
  });
});

test('100,000 values take well under a second', () => {
  const values = Array.from({ length: 100_000 }, (_, i) => i + ((i * 7919) % 1000));
  const residuals = values.map((value, i) => value - i);
  expect(cpuTime(() => mannKendall(values, residuals))).toBeLessThan(2000);
});

function arrangementsOf(values: readonly number[]): number[][] {
  if (values.length < 2) return [[...values]];
  return values.flatMap((value, i) => arrangementsOf(values.toSpliced(i, 1)).map((rest) => [value, ...rest]));
}

describe('several series together', () => {
  const series = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 10, maxLength: 40 });

  test('one alone is the plain test', () => {
    fc.assert(
      fc.property(series, (values) => {
        const { pValue, pRising } = kendallTotal([values]);
        const plain = mannKendall(values);
        expect(pRising).toBe(plain?.pRising);
        expect(pValue).toBe(plain?.pValue);
      }),
    );
  });

  test('the trend is looked for within each, not between them', () => {
    const falling = [
      [9, 8, 7, 6, 5],
      [19, 18, 17, 16, 15],
      [29, 28, 27, 26, 25],
    ];
    expect(kendallTotal(falling).pRising).toBeGreaterThan(0.999);
    expect(mannKendall(falling.flat())?.pRising).toBeLessThan(0.02);
  });

  test('scores and variances add up: three of five in order, S = 30, Var = 50', () => {
    const { pRising, pValue } = kendallTotal([
      [1, 2, 3, 4, 5],
      [11, 12, 13, 14, 15],
      [1, 2, 3, 4, 5],
    ]);
    expect(pRising).toBeCloseTo(upperTail(29 / Math.sqrt(50)), 12);
    expect(pValue).toBeCloseTo(2 * upperTail(29 / Math.sqrt(50)), 12);
  });

  test('no series, short ones and constant ones have no trend', () => {
    expect(kendallTotal([])).toEqual({ pRising: 1, pValue: 1 });
    expect(kendallTotal([[1], []])).toEqual({ pRising: 1, pValue: 1 });
    expect(
      kendallTotal([
        [7, 7, 7],
        [2, 2],
      ]),
    ).toEqual({ pRising: 1, pValue: 1 });
    expect(
      kendallTotal([
        [1, 2, 3],
        [3, 2, 1],
      ]).pRising,
    ).toBe(0.5);
  });
});
