import { expect, it } from 'vitest';
import { memcheck } from '../../../src/ingest/formats/memcheck.js';
import { readText } from '../read-text.js';

const FRAMES = `==77==    at 0x48417B4: malloc (vg_replace_malloc.c:381)
==77==    by 0x1091FC: main (leak-example.c:29)
`;

function lossesOf(text: string): unknown[] {
  return readText(memcheck, text).readings.flatMap((reading) =>
    reading.type === 'diagnosis'
      ? reading.leaks.map(({ kind, bytes, blocks, frames, origin }) => [
          reading.says.pid,
          kind,
          bytes,
          blocks,
          frames.length,
          origin.line,
        ])
      : [],
  );
}

it('reads a loss record whose first line was pasted without its prefix', () => {
  const head = '2,304 bytes in 3 blocks are possibly lost in loss record 108 of 134\n';
  expect(memcheck.recognizes(head + FRAMES)).toBe(true);
  expect(lossesOf(head + FRAMES)).toEqual([[77, 'possible', 2304, 3, 2, 1]]);
  expect(lossesOf(`==77== ${head}${FRAMES}==77== \n${head}${FRAMES}`)).toEqual([
    [77, 'possible', 2304, 3, 2, 1],
    [77, 'possible', 2304, 3, 2, 5],
  ]);
});

it('takes no such line for one where no frame follows', () => {
  const prose = 'I see 5 bytes in 1 blocks are definitely lost in loss record 1 of 2, why?\n';
  expect(memcheck.recognizes(prose)).toBe(false);
  expect(lossesOf(`==77== HEAP SUMMARY:\n${prose}==77== LEAK SUMMARY:\n${FRAMES}`)).toEqual([]);
});
