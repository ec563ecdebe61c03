import { expect, test } from 'vitest';
import { medianOf, noiseOf, spreadOf } from '../../src/stats/robust-noise.js';
import { chanceOf } from '../verdicts/chance.js';

test('finds the noise under a trend and a few jumps', () => {
  const chance = chanceOf(3);
  const values = Array.from({ length: 400 }, (_, i) => 1e5 * i + (i > 100 ? 1e9 : 0) + 5e5 * chance.normal());
  expect(noiseOf(values)).toBeGreaterThan(4e5);
  expect(noiseOf(values)).toBeLessThan(6e5);
});

test('nothing for too few values', () => {
  expect([noiseOf([]), noiseOf([1, 2]), medianOf([]), spreadOf([])]).toEqual([0, 0, 0, 0]);
});

test('the spread of normal values is their standard deviation', () => {
  const chance = chanceOf(5);
  expect(spreadOf(Array.from({ length: 2000 }, () => 1e6 * chance.normal())) / 1e6).toBeCloseTo(1, 1);
});
