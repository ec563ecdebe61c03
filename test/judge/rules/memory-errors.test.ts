import { expect, test } from 'vitest';
import { memoryErrors } from '../../../src/judge/rules/memory-errors.js';
import type { ProgramError } from '../../../src/model/program.js';
import { recordOf } from '../records.js';

const error: ProgramError = {
  tool: 'asan',
  kind: 'heap-use-after-free',
  message: 'AddressSanitizer: heap-use-after-free on address 0x602000000010',
  fingerprint: 'f1',
  frames: [{ symbol: 'main', file: 'use-after-free.c', line: 12 }],
  related: [],
  origins: [{ file: 'asan.log.7', line: 2 }],
};

test('is a defect, told with kind, site and tool', () => {
  expect(memoryErrors.judge(recordOf({ errors: [error] }))).toEqual([
    {
      rule: 'memory-errors',
      bearing: 'defect',
      strength: 'strong',
      statement: 'heap-use-after-free at main (use-after-free.c:12), found by asan',
      origins: [{ file: 'asan.log.7', line: 2 }],
    },
  ]);
});

test('one finding for each call stack, whichever tool saw it', () => {
  const other: ProgramError = {
    ...error,
    tool: 'memcheck',
    kind: 'invalid-read',
    origins: [{ file: 'v.log', line: 4 }],
  };
  expect(memoryErrors.judge(recordOf({ errors: [error, other] }))).toMatchObject([
    { statement: 'heap-use-after-free, invalid-read at main (use-after-free.c:12), found by asan and memcheck' },
  ]);
});

test('no errors, no findings', () => {
  expect(memoryErrors.judge(recordOf())).toEqual([]);
});
