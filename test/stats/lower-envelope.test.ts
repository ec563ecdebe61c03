import { expect, test } from 'vitest';
import { excursionsOf, meanExcess, retainedFloor, runMinima, troughsOf } from '../../src/stats/lower-envelope.js';

test('the retained floor is what memory does not come back below', () => {
  expect(retainedFloor([1, 5, 2, 6, 3, 7])).toEqual([1, 2, 2, 3, 3, 7]);
  expect(retainedFloor([])).toEqual([]);
});

test('excursions come back; the last rise of a saw is none', () => {
  const saw = [0, 10, 20, 0, 10, 20, 0, 10, 20];
  expect(excursionsOf(saw, 1)).toEqual([
    { from: 1, back: 3, height: 20 },
    { from: 4, back: 6, height: 20 },
  ]);
});

test('what stays within the tolerance is no excursion', () => {
  expect(excursionsOf([0, 2, 1, 2, 1], 2)).toEqual([]);
});

test('an excursion that began before the series starts at 0', () => {
  expect(excursionsOf([9, 0, 1], 2)).toEqual([{ from: 0, back: 1, height: 9 }]);
});

test('runs are counted from the end, their last minimum holds', () => {
  expect(runMinima([9, 5, 3, 3, 8, 2], 2)).toEqual({ at: [1, 3, 5], values: [5, 3, 2] });
  expect(runMinima([9, 5, 3, 8, 2], 2)).toEqual({ at: [2, 4], values: [3, 2] });
  expect(runMinima([7, 2, 4, 8, 1, 6], 3)).toEqual({ at: [1, 4], values: [2, 1] });
  expect(runMinima([1, 2], 3)).toEqual({ at: [], values: [] });
});

test('the mean excess of a saw is half a tooth, of a rising line nothing', () => {
  expect(meanExcess([0, 10, 20, 0, 10, 20, 0])).toBeCloseTo(60 / 7, 12);
  expect(meanExcess([1, 2, 3])).toBe(0);
  expect(meanExcess([])).toBe(0);
});

test('troughs are where a fall of more than the tolerance ends', () => {
  expect(troughsOf([0, 10, 20, 1, 11, 21, 2, 12], 5)).toEqual({ at: [3, 6], values: [1, 2] });
  // A fall over several samples has one end; a small dip is none.
  expect(troughsOf([30, 20, 10, 12, 11, 30], 5)).toEqual({ at: [2], values: [10] });
  // The fall at the very end is over as far as is known.
  expect(troughsOf([0, 9, 0], 5)).toEqual({ at: [2], values: [0] });
  expect(troughsOf([0, 5, 0], 5)).toEqual({ at: [], values: [] });
  expect(troughsOf([], 5)).toEqual({ at: [], values: [] });
});
