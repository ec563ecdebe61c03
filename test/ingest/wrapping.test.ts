import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readFile } from './capture-tree.js';
import { processText } from './smaps-text.js';

const SMAPS = processText(100);
const LEAKS = readFileSync('samples/lsan/indirect.txt', 'utf8');
const MAPS = readFileSync('samples/maps/leak-example.maps', 'utf8');

type Prefix = (line: number) => string;

function prefixed(text: string, prefix: Prefix): string {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line, i) => `${prefix(i)}${line}\n`)
    .join('');
}

/** What is said, without where it stands. */
async function saidBy(text: string): Promise<unknown> {
  const { captures } = await readFile(text, 'capture.txt');
  return captures.map((capture) => {
    if (capture.type === 'snapshot') {
      const { count, counters, path, paths } = capture.table;
      const names = [...path.subarray(0, count)].map((id) => paths[id]);
      return [names, [...counters].map(([name, column]) => [name, [...column.subarray(0, count)]])];
    }
    return capture.type === 'diagnosis' ? capture.leaks.map(({ bytes, frames }) => [bytes, frames]) : capture.type;
  });
}

describe('what has the same form in front of all lines is taken off', () => {
  const prefixes: readonly (readonly [string, Prefix])[] = [
    ["a terminal's dates with words", (i) => `[Mon Nov 23 01:06:${10 + (i % 50)}.123 2026] `],
    ["log4j's", (i) => `2026-11-23 01:06:${10 + (i % 50)},123 INFO  - `],
    ['line numbers, as of cat -n', (i) => `${String(i + 1).padStart(6)}\t`],
    ['line numbers, as of grep -n', (i) => `${i + 1}:`],
    ['a process id', () => '812: '],
    ["a container's name", () => 'app_1  | '],
  ];

  it.each(prefixes)('%s', async (_, prefix) => {
    for (const text of [SMAPS, LEAKS, MAPS]) {
      const said = await saidBy(text);
      expect(JSON.stringify(said).length).toBeGreaterThan(200);
      expect(await saidBy(prefixed(text, prefix))).toEqual(said);
    }
  });

  it('not so where no format is recognized behind it', async () => {
    const prose = prefixed('what\nis\nthis\nall\nabout\n', (i) => `${i} | `);
    expect((await readFile(prose)).files).toMatchObject([{ status: 'ignored' }]);
  });
});
