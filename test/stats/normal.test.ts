import { expect, test } from 'vitest';
import { erfc, upperQuantile, upperTail } from '../../src/stats/normal.js';

// Abramowitz & Stegun, table 7.1, and the tail from 40-digit arithmetic.
test.each([
  [-1, 1.842_700_792_949_715],
  [0, 1],
  [0.5, 0.479_500_122_186_953_5],
  [1, 0.157_299_207_050_285_13],
  [1.5, 0.033_894_853_524_689_27],
  [2, 0.004_677_734_981_047_266],
  [5, 1.537_459_794_428_035e-12],
  [10, 2.088_487_583_762_545e-45],
  [26, 5.663_192_408_856_142e-296],
])('erfc(%d) keeps its digits', (x, value) => {
  expect(Math.abs(erfc(x) / value - 1)).toBeLessThan(1e-13);
});

test('the series and the continued fraction meet', () => {
  expect(erfc(1.5 - 1e-12) / erfc(1.5 + 1e-12)).toBeCloseTo(1, 10);
});

test('beyond the range of a double the tail is 0, never NaN', () => {
  expect([erfc(40), erfc(Number.POSITIVE_INFINITY), erfc(Number.NEGATIVE_INFINITY), erfc(Number.NaN)]).toEqual([
    0, 0, 2, 1,
  ]);
});

test('the tail at z = 8, where tables say 0.001', () => {
  expect(upperTail(8) / 6.220_960_574_271_785e-16).toBeCloseTo(1, 12);
});

test.each([
  [0.025, 1.959_963_984_540_054],
  [0.5, 0],
  [0.005, 2.575_829_303_548_901],
])('upperQuantile(%d)', (p, z) => {
  expect(upperQuantile(p)).toBeCloseTo(z, 12);
});
