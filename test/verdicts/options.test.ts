import { expect, test } from 'vitest';
import { beginningTasksOf, isWholeReport, readOptions, tasksOf } from './options.js';

function seedsOf(words: readonly string[]): Set<number> {
  const options = readOptions(words);
  return new Set([...tasksOf(options), ...beginningTasksOf(options)].map(({ seed }) => seed));
}

test('what is tuned on is not what is reported', () => {
  const tuning = seedsOf(['--tune', '--seeds', '1000']);
  expect([...seedsOf([])].filter((seed) => tuning.has(seed))).toEqual([]);
});

test('options choose traces', () => {
  expect(tasksOf(readOptions(['--tune', '--scenario', 'linear', '--n', '20', '--seeds', '2']))).toEqual([
    { scenario: 'linear', n: 20, seed: 1 },
    { scenario: 'linear', n: 20, seed: 2 },
  ]);
});

test('a scenario gets no fewer samples than can show it', () => {
  const counts = tasksOf(readOptions(['--scenario', 'daily cycle', '--seeds', '1'])).map(({ n }) => n);
  expect(counts).toEqual([96, 288]);
});

test('only the whole run is kept', () => {
  expect(isWholeReport(readOptions([]))).toBe(true);
  expect(isWholeReport(readOptions(['--wrong']))).toBe(true);
  for (const words of [['--tune'], ['--n', '20'], ['--seeds', '3'], ['--scenario', 'flat']]) {
    expect(isWholeReport(readOptions(words))).toBe(false);
  }
});

test('what cannot be used is refused', () => {
  expect(() => readOptions(['--scenario', 'unheard-of'])).toThrow('expected a scenario');
  expect(() => readOptions(['--n', 'many'])).toThrow('--n: expected a number, found "many"');
});
