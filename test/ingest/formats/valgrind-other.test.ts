import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { valgrindOther } from '../../../src/ingest/formats/valgrind-tool.js';
import { readFile } from '../capture-tree.js';

const sample = (name: string): string => readFileSync(new URL(`../../../samples/${name}`, import.meta.url), 'utf8');

describe("valgrind's other tools", () => {
  test.each(
    ['helgrind', 'drd', 'lackey', 'none', 'cachegrind', 'callgrind', 'massif', 'dhat']
      .map((tool) => [tool, `${tool}.log`])
      .concat([
        ['cachegrind', 'cachegrind.out'],
        ['callgrind', 'callgrind.out'],
      ]),
  )('%s is named in the refusal of %s', async (tool, name) => {
    const { files, problems, captures } = await readFile(sample(`valgrind-other/${name}`));
    expect(files).toMatchObject([{ format: 'valgrind-other', status: 'refused' }]);
    expect(captures).toEqual([]);
    expect(problems).toMatchObject([{ code: 'refused-format', severity: 'error' }]);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain(`found that of "${tool}"`);
    const advice = tool === 'massif' || tool === 'dhat' ? `${tool}.out.PID` : 'valgrind --leak-check=full';
    expect(problems[0]?.message).toContain(advice);
  });

  test('XML is named by its own word for the tool', async () => {
    const { problems } = await readFile(sample('memcheck-xml/helgrind.xml'));
    expect(problems.map(({ message }) => message)).toEqual([expect.stringContaining('"helgrind"')]);
  });

  test.each([
    ['exp-sgcheck', '==7== exp-sgcheck, a stack and global array overrun detector\n'],
    ['helgrind', '==7== Possible data race during read of size 4 at 0x601038 by thread #1\n==7== x\n'],
    ['drd', '==7== Conflicting store by thread 1 at 0x601038 size 4\n'],
    ['helgrind', '==7== ---Thread-Announcement------------------------------------------\n==7== \n'],
    ['callgrind', '==7== Using Valgrind-3.19.0 and LibVEX\n==7== Command: ./a\n==7== \n==7== Events    : Ir\n'],
    ['drd', '==7== Command: ./a\n==7== Thread 2:\n==7== Conflicting load by thread 2 at 0x0010c060 size 4\n'],
    ['dhat', '==7== max-live:    30,334 in 470 blocks\n==7==    at 0x402AEE8: malloc (in /usr/lib/vg.so)\n'],
    ['xtree', '# callgrind format\nversion: 1\ncreator: xtree-1\npid: 7\ncmd: ./a\n\npositions: line\nevents: DB\n'],
    ['lackey', '==7== Counted 1 call to main()\n==7== \n'],
  ])('%s without more is known by its lines', async (tool, text) => {
    const { problems } = await readFile(text);
    expect(problems.map(({ code, message }) => [code, message.includes(`"${tool}"`)])).toEqual([
      ['refused-format', true],
    ]);
  });

  test('costs with a cache simulation of three columns are no statm', () => {
    expect(
      valgrindOther.recognizes(
        'desc: I1 cache: 32768 B, 64 B, 8-way associative\ncmd: ./a\nevents: Ir I1mr ILmr \nfl=a.c\n',
      ),
    ).toBe(true);
    expect(valgrindOther.recognizes('desc: a package\ncmd: ./a\nevents: many\n')).toBe(false);
  });

  test.each(['helgrind.log', 'callgrind.out', 'cachegrind.out'])('a capture behind %s is read', async (name) => {
    const text = `${sample(`valgrind-other/${name}`)}${sample('smaps/leak-example.smaps')}`;
    const { snapshots, files } = await readFile(text);
    expect(snapshots.map(({ table }) => table.count)).toEqual([24]);
    expect(files[0]?.format).toBe('valgrind-other+smaps');
    const { read = 0, used = 0, ignored = 0, reported = 0 } = files[0]?.lines ?? {};
    expect(used + ignored + reported).toBe(read);
    expect(used).toBe(600);
  });

  test('memcheck behind helgrind, in one file', async () => {
    const { captures } = await readFile(sample('valgrind-other/helgrind.log') + sample('memcheck/leak-example.log'));
    expect(captures).toMatchObject([{ type: 'diagnosis', leaks: [{ kind: 'definite', bytes: 36_864 }] }]);
  });
});
