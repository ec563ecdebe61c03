import { expect, test } from 'vitest';
import { growthOf } from '../../src/judge/growth/growth.js';
import { shapeOf, shapeText } from '../../src/judge/shape.js';
import { chanceOf } from '../verdicts/chance.js';
import { seriesFrom } from './records.js';

const PAGE = 4096;

const chance = chanceOf(4);

test.each([
  ['linear', (i: number) => 5 * i],
  ['accelerating', (i: number) => i ** 2],
  ['steps', (i: number) => 60 * Math.floor(i / 8)],
  ['rising-floor', (i: number) => 5 * i + 300 * Number(i % 6 === 3)],
  ['rising-floor', (i: number) => 5 * i + Math.round(200 * Math.sin(i))],
  ['onset', (i: number) => 10 * Math.max(0, i - 20)],
  ['flat', () => 7],
  ['settled', (i: number) => 100 * Math.min(i, 12)],
  ['one-time-step', (i: number) => 900 * Number(i > 14)],
  ['cyclic', (i: number) => 100 * (i % 8)],
  ['shrinking', (i: number) => 4000 - 50 * i],
  ['noise', () => Math.round(100 * chance.normal())],
] as const)('%s: case %#', (shape, at) => {
  const series = seriesFrom(Array.from({ length: 60 }, (_, i) => (1000 + at(i)) * PAGE));
  expect(shapeOf(series, growthOf(series, PAGE))).toBe(shape);
});

test('a few samples that rise are linear, those that tell nothing have no shape', () => {
  const rising = seriesFrom([1, 2, 3, 4].map((tens) => tens * 10 * PAGE));
  expect(shapeOf(rising, growthOf(rising, PAGE))).toBe('linear');
  for (const pages of [[], [1], [1, 50], [1, 90, 30, 80]]) {
    const series = seriesFrom(pages.map((page) => page * PAGE));
    expect(shapeOf(series, growthOf(series, PAGE))).toBeUndefined();
  }
});

test('only growth that is no straight line is told in the sentence', () => {
  expect(shapeText('accelerating')).toBe(' ever faster');
  expect(shapeText('steps')).toBe(' in steps');
  expect(shapeText('rising-floor')).toBe(' on a rising floor');
  expect(shapeText('onset')).toBe(' from an onset on');
  for (const shape of ['linear', 'flat', 'noise', undefined] as const) expect(shapeText(shape)).toBe('');
});
