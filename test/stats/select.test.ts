import fc from 'fast-check';
import { expect, test } from 'vitest';
import { medianIn, select } from '../../src/stats/select.js';

// Few different values, so that many are equal; infinities are slopes between equal times.
const value = fc.oneof(
  fc.constantFrom(0, 1, 2, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, Number.MAX_VALUE),
  fc.double({ noNaN: true }),
);
const values = fc.array(value, { minLength: 1, maxLength: 60 });

test('at each place the value that sorting puts there', () => {
  fc.assert(
    fc.property(values, (some) => {
      const sorted = Float64Array.from(some).sort();
      // -0 and 0 are equal, and no matter which stands first.
      for (const [place, expected] of sorted.entries())
        expect(select(Float64Array.from(some), place) - expected || 0).toBe(0);
    }),
  );
});

test('reorders, but loses no value', () => {
  fc.assert(
    fc.property(values, fc.nat(), (some, place) => {
      const array = Float64Array.from(some);
      select(array, place % some.length);
      expect(array.sort()).toEqual(Float64Array.from(some).sort());
    }),
  );
});

test.each([
  ['ascending', (i: number) => i],
  ['descending', (i: number) => -i],
  ['equal', () => 7],
  ['up and down again', (i: number) => Math.min(i, 9999 - i)],
  ['alternating', (i: number) => i % 2],
])('10,000 values %s', (_, at) => {
  const array = Float64Array.from({ length: 10_000 }, (_value, i) => at(i));
  const sorted = Float64Array.from(array).sort();
  for (const place of [0, 1, 2500, 5000, 9998, 9999]) expect(select(array, place)).toBe(sorted[place]);
});

test('the median of an odd and of an even number', () => {
  expect(medianIn(Float64Array.of(9, 1, 5))).toBe(5);
  expect(medianIn(Float64Array.of(9, 1, 5, 2))).toBe(3.5);
  expect(medianIn(Float64Array.of(4))).toBe(4);
});

test('the median of huge values is no infinity', () => {
  expect(medianIn(Float64Array.of(Number.MAX_VALUE, Number.MAX_VALUE))).toBe(Number.MAX_VALUE);
});
