import { expect, test } from 'vitest';
import { ranksOf, tieSizes } from '../../src/stats/rank.js';

test('equal values share the mean of their ranks', () => {
  expect(ranksOf([30, 10, 20, 10])).toEqual([4, 1.5, 3, 1.5]);
  expect(ranksOf([])).toEqual([]);
});

test('the sizes of groups of equal values, from the smallest value on', () => {
  expect(tieSizes([3, 1, 3, 2, 3])).toEqual([1, 1, 3]);
});
