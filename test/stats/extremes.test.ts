import { expect, test } from 'vitest';
import { highestOf, lowestOf } from '../../src/stats/extremes.js';

test('the largest and the smallest value', () => {
  expect([highestOf([3, 9, -2]), lowestOf([3, 9, -2])]).toEqual([9, -2]);
  expect([highestOf([]), lowestOf([])]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
});

test('of more values than a call may have arguments', () => {
  const values = Array.from({ length: 300_000 }, (_, i) => i);
  expect([highestOf(values), lowestOf(values)]).toEqual([299_999, 0]);
});
