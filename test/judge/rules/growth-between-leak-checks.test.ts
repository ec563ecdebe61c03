import { expect, test } from 'vitest';
import { growthBetweenLeakChecks } from '../../../src/judge/rules/growth-between-leak-checks.js';
import { HOUR } from '../../../src/model/units.js';
import { KIB, leakOf, recordOf } from '../records.js';

/** A run in which a check each hour found so many KiB in use. */
function runOf(kibibytes: readonly number[], timed = true) {
  const checks = kibibytes.map((amount, hour) => ({
    bytes: amount * KIB,
    ...(timed && { runTime: hour * HOUR }),
    line: 10 * hour + 1,
  }));
  return { tool: 'memcheck', pid: 7, checks, origin: { file: 'v.log', line: 99 } } as const;
}

const judge = (kibibytes: readonly number[]) =>
  growthBetweenLeakChecks.judge(recordOf({ summaries: [runOf(kibibytes)] }));

test('what is held ever more while the program runs leans towards a leak, and says how fast and where', () => {
  const summaries = [runOf([4, 40, 50, 60, 70, 80, 90, 100])];
  const leaks = [leakOf({ kind: 'reachable', bytes: 80 * KIB })];
  expect(growthBetweenLeakChecks.judge(recordOf({ summaries, leaks }))).toEqual([
    {
      rule: 'growth-between-leak-checks',
      bearing: 'for',
      strength: 'weak',
      statement:
        'the heap in use rose over 6 leak checks of process 7, from 50 KiB to 100 KiB, p = 0.0014; ' +
        'most of it was allocated at main (leak-example.c:6)',
      origins: [
        { file: 'v.log', line: 21 },
        { file: 'v.log', line: 71 },
      ],
      measure: { growth: 50 * KIB, ratePerHour: 10 * KIB, rateInterval: [10 * KIB, 10 * KIB], pValue: 1 / 720 },
    },
  ]);
});

test('without times there is a rise and no rate', () => {
  const summaries = [runOf([1, 2, 3, 4, 5, 6, 7, 8], false)];
  expect(growthBetweenLeakChecks.judge(recordOf({ summaries }))).toMatchObject([
    { measure: { growth: 5 * KIB, pValue: 1 / 720 } },
  ]);
});

test.each([
  ['too few checks', [1, 2, 3, 4]],
  ['a warm-up', [1, 2, 4, 8, 16, 32, 32, 32, 32, 32]],
  ['what comes and goes', [10, 30, 10, 30, 10, 30, 10, 30, 10, 30]],
  ['the same each time', [5, 5, 5, 5, 5, 5, 5, 5]],
  ['hardly a rise', [100, 100, 100, 101, 102, 103, 104, 104]],
])('%s is none', (_name, kibibytes) => {
  expect(judge(kibibytes)).toEqual([]);
});

test('a run without checks of its own says nothing', () => {
  const summary = { tool: 'memcheck', origin: { file: 'v.log', line: 9 } } as const;
  expect(growthBetweenLeakChecks.judge(recordOf({ summaries: [summary] }))).toEqual([]);
});
