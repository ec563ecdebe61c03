import { expect, test } from 'vitest';
import { otherRules } from './index.js';

/** Samples five minutes apart. */
function accusersOf(mebibytes: readonly number[]): string[] {
  const points = mebibytes.map((value, index) => ({ hours: index / 12, bytes: value * 1024 ** 2 }));
  return otherRules.filter((rule) => rule.accuses(points)).map(({ name }) => name);
}

test('a steep straight rise is accused by all', () => {
  expect(accusersOf([100, 110, 120, 130, 140, 150, 160, 170])).toEqual(otherRules.map(({ name }) => name));
});

test('what stays level, or falls, is accused by none', () => {
  expect(accusersOf([100, 100, 100, 100, 100, 100, 100, 100])).toEqual([]);
  expect(accusersOf([170, 160, 150, 140, 130, 120, 110, 100])).toEqual([]);
});

test('each has its own blind spot', () => {
  expect(accusersOf([100, 100, 100, 130, 130, 130, 130, 130])).toEqual([
    'first against last',
    '20 % between ends',
    'Mann-Kendall alone',
  ]);
  // 10 KiB an hour on 100 MiB: straight, but far from any limit.
  expect(accusersOf([0, 1, 2, 3, 4, 5, 6, 7].map((tick) => 100 + tick / 1200))).toEqual([
    'first against last',
    'strict monotony',
    'R² >= 0.8',
    'Mann-Kendall alone',
  ]);
});

test('the line is fitted to what came after the last change point', () => {
  const before = Array.from({ length: 20 }, () => 300);
  const after = Array.from({ length: 20 }, (_, tick) => 50 + 5 * tick);
  expect(accusersOf([...before, ...after])).toEqual(['Precog-like line fit']);
});
