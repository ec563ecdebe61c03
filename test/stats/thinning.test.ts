import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runMedians } from '../../src/stats/thinning.js';

test('numbers that are not too many stay as they are', () => {
  expect(runMedians([3, 1, 2], 3)).toEqual(Float64Array.of(3, 1, 2));
  expect(runMedians([], 3)).toEqual(new Float64Array(0));
});

test('medians of runs, the last of them shorter', () => {
  expect(runMedians([1, 9, 2, 4, 4, 8, 7], 3)).toEqual(Float64Array.of(2, 4, 7));
  expect(runMedians([1, 9, 2, 4], 2)).toEqual(Float64Array.of(5, 3));
});

test('never more than asked for, and in the order of the numbers', () => {
  fc.assert(
    fc.property(fc.nat({ max: 400 }), fc.integer({ min: 1, max: 60 }), (n, limit) => {
      const medians = runMedians(
        Array.from({ length: n }, (_, i) => i),
        limit,
      );
      expect(medians.length).toBeLessThanOrEqual(limit);
      expect(medians).toEqual(Float64Array.from(medians).sort());
    }),
  );
});
