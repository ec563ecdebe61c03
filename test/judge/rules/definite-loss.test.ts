import { expect, test } from 'vitest';
import { definiteLoss } from '../../../src/judge/rules/definite-loss.js';
import { leakOf, recordOf } from '../records.js';

test('names bytes, blocks, site and tool', () => {
  expect(definiteLoss.judge(recordOf({ leaks: [leakOf()] }))).toEqual([
    {
      rule: 'definite-loss',
      bearing: 'for',
      strength: 'strong',
      statement: 'memcheck found 110,592 bytes in 9 blocks lost, allocated at main (leak-example.c:6)',
      origins: [{ file: 'bench/valgrind.42.log', line: 12 }],
    },
  ]);
});

test('one call stack seen by both tools is one finding with both places', () => {
  const lsan = leakOf({ tool: 'lsan', bytes: 98_304, blocks: 8, origins: [{ file: 'bench/asan.log.43', line: 5 }] });
  const word = definiteLoss.judge(recordOf({ leaks: [leakOf(), lsan] }));
  expect(word).toMatchObject([
    {
      statement:
        'LeakSanitizer and memcheck both found 110,592 bytes in 9 blocks lost, allocated at main (leak-example.c:6)',
      origins: [
        { file: 'bench/asan.log.43', line: 5 },
        { file: 'bench/valgrind.42.log', line: 12 },
      ],
    },
  ]);
});

test('a possible loss is a hint', () => {
  expect(definiteLoss.judge(recordOf({ leaks: [leakOf({ kind: 'possible', bytes: 288, blocks: 1 })] }))).toMatchObject([
    {
      bearing: 'for',
      strength: 'weak',
      statement: expect.stringContaining('288 bytes in 1 block possibly lost') as string,
    },
  ]);
});

test.each(['indirect', 'reachable'] as const)('%s blocks alone prove nothing', (kind) => {
  expect(definiteLoss.judge(recordOf({ leaks: [leakOf({ kind })] }))).toMatchObject({ rule: 'definite-loss' });
});

test('a record of no bytes proves nothing', () => {
  expect(definiteLoss.judge(recordOf({ leaks: [leakOf({ bytes: 0 })] }))).toMatchObject({ rule: 'definite-loss' });
});

const summary = { tool: 'memcheck', origin: { file: 'v.log', line: 9 } } as const;

test('a leak check that lost nothing objects; one that lost something, or none, does not', () => {
  expect(
    definiteLoss.judge(recordOf({ summaries: [{ ...summary, definite: { bytes: 0, blocks: 0 } }] })),
  ).toMatchObject([{ bearing: 'against', strength: 'weak', statement: "memcheck's run lost nothing for certain" }]);
  expect(
    definiteLoss.judge(recordOf({ summaries: [{ ...summary, definite: { bytes: 8, blocks: 1 } }] })),
  ).toHaveProperty('reason');
  expect(definiteLoss.judge(recordOf({ summaries: [summary] }))).toHaveProperty('reason');
});

test('another run that lost nothing does not contradict the one that did', () => {
  const summaries = [{ ...summary, definite: { bytes: 0, blocks: 0 } }];
  expect(definiteLoss.judge(recordOf({ leaks: [leakOf()], summaries }))).toMatchObject([{ bearing: 'for' }]);
});

test('says where the log comes from, if from elsewhere', () => {
  const word = definiteLoss.judge(recordOf({ leaks: [leakOf({ witness: 'bench-3' })] }));
  expect(word).toMatchObject([{ statement: expect.stringMatching(/the log comes from bench-3$/) as string }]);
});

test('of hundreds of records the largest are told, the rest is summed up; ten places each', () => {
  const origins = Array.from({ length: 30 }, (_, i) => ({ file: `v.${i}.log`, line: 1 }));
  const leaks = Array.from({ length: 300 }, (_, i) =>
    leakOf({ fingerprint: `f${i}`, bytes: i + 1, blocks: 1, origins }),
  );
  const word = definiteLoss.judge(recordOf({ leaks }));
  if ('reason' in word) expect.fail(word.reason);
  expect(word).toHaveLength(21);
  expect(word[0]?.statement).toContain('300 bytes in 1 block');
  expect(word[20]?.statement).toBe('280 further stacks lost 39,340 bytes');
  expect(word.every((finding) => finding.origins.length <= 10)).toBe(true);
});

test('a hostile symbol stays on its line', () => {
  const frames = [{ symbol: `evil\n\u202e${'x'.repeat(5000)}`, file: 'a.c', line: 1 }];
  const word = definiteLoss.judge(recordOf({ leaks: [leakOf({ frames })] }));
  if ('reason' in word) expect.fail(word.reason);
  expect(word[0]?.statement).not.toMatch(/[\n\u202e]/);
  expect(word[0]?.statement.length).toBeLessThan(400);
});

test('does not apply without a log', () => {
  expect(definiteLoss.judge(recordOf())).toEqual({ rule: 'definite-loss', reason: 'no memcheck or LeakSanitizer log' });
});
