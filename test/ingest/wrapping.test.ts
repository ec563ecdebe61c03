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

  it('by a runner of jobs, whose lines have no host that a name with a colon could be', async () => {
    const text = `${'I1123 00:42:01.123456     553 app.cc:202] at work\n'.repeat(45)}${readFileSync('samples/asan/segv.txt', 'utf8')}`;
    const { captures } = await readFile(
      prefixed(text, (i) => `2026-11-23T00:42:01.${1_000_000 + i}Z `),
      'job.txt',
    );
    expect(captures.flatMap((one) => (one.type === 'diagnosis' ? one.errors : []))).toMatchObject([{ kind: 'SEGV' }]);
  });

  it('not so where no format is recognized behind it', async () => {
    const prose = prefixed('what\nis\nthis\nall\nabout\n', (i) => `${i} | `);
    expect((await readFile(prose)).files).toMatchObject([{ status: 'ignored' }]);
  });
});

describe('the indentation of code far below the beginning of a text is taken off', () => {
  const prose = 'A sentence about memory.\n'.repeat(400);

  it.each(['    ', '> ', '\t', '>> '])('%j', async (mark) => {
    const said = await saidBy(SMAPS);
    expect(await saidBy(prose + prefixed(SMAPS, () => mark))).toEqual(said);
    // Another one below it.
    const { snapshots } = await readFile(
      `${prose}${prefixed(SMAPS, () => mark)}${prose}${prefixed(SMAPS, () => '      ')}`,
    );
    expect(snapshots).toHaveLength(2);
  });
});

describe('what a stretch of lines has in front is taken off', () => {
  const PMAP = '812:   sensord\n00010000    416K r-x-- sensord\nffff0000      4K r-x--   [ anon ]\n total      420K\n';
  const marks: readonly (readonly [string, string, string])[] = [
    ['a quotation in a mail', 'Subject: it grows\n\nSomebody wrote:\n', '> '],
    ['a quotation without blanks', 'Somebody wrote:\n\n', '>'],
    ['a quotation of what was indented', 'Somebody wrote:\n> Hello,\n>\n', '>    '],
    ['code in Markdown', '# It grows\n\nThis is what I see:\n\n', '    '],
    ['code in a list', '* first\n  - it grows\n\n', '      '],
    ['a tab', 'This is what I see:\n\n', '\t'],
    ['comments of a shell', 'pmap 812\n', '# '],
    ['comments of C', 'int main(void);\n', '// '],
  ];

  it.each(marks)('%s', async (_, above, mark) => {
    for (const text of [SMAPS, MAPS, PMAP]) {
      const said = await saidBy(text);
      expect(JSON.stringify(said).length).toBeGreaterThan(30);
      const { captures, problems } = await readFile(`${above}${prefixed(text, () => mark)}\nand I wonder why.\n`);
      expect(await saidBy(`${above}${prefixed(text, () => mark)}\nand I wonder why.\n`)).toEqual(said);
      expect(captures).toHaveLength(1);
      expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    }
  });

  it('however much was written above, within reason', async () => {
    const prose = 'It grows and grows.\n'.repeat(100);
    expect(await saidBy(prose + prefixed(MAPS, () => '    '))).toEqual(await saidBy(MAPS));
  });
});
