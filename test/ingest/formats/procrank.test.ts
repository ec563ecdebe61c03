import { describe, expect, it } from 'vitest';
import type { Reading } from '../../../src/ingest/format.js';
import { procrank } from '../../../src/ingest/formats/procrank.js';
import { KIB } from '../../../src/model/units.js';
import { readFile } from '../capture-tree.js';
import { readText } from '../read-text.js';

// Written from the printf formats of procrank.cpp; procrank runs on Android only.
const HEADER = '  PID       Vss      Rss      Pss      Uss  cmdline\n';
const ROWS = `  812    25512K   19976K   18059K   17792K  /system/bin/sensord
  813    31492K   28564K   14564K    2108K  com.example.app:remote
`;
const TOTAL = `                           ------   ------  ------
                           32623K   19900K  TOTAL
`;
const DEVICE = '\n RAM: 731448K total, 415804K free, 9016K buffers, 108548K cached, 8856K shmem, 55584K slab\n';

function rowsOf(readings: readonly Reading[]): unknown[] {
  return readings.map((reading) => {
    if (reading.type !== 'sample') return reading.type;
    const kib = Object.entries(reading.sample).map(([key, bytes]): [string, number] => [key, Number(bytes) / KIB]);
    const amounts: Record<string, number> = Object.fromEntries(kib);
    return { line: reading.origin.line, ...reading.says, ...amounts };
  });
}

const EXPECTED = [
  { line: 2, pid: 812, command: '/system/bin/sensord', vss: 25512, rss: 19976, pss: 18059, uss: 17792 },
  { line: 3, pid: 813, command: 'com.example.app:remote', vss: 31492, rss: 28564, pss: 14564, uss: 2108 },
];

describe('rows of procrank that grep left', () => {
  const ROW = ROWS.split('\n', 1)[0] ?? '';
  const SWAPPED = ' 1224  1229748K   85560K   47527K   41252K    6176K    2543K    2404K     732K  system_server';

  it('are read by the number of their amounts', () => {
    const text = `${ROW}\n${SWAPPED}\n${ROW}\n`;
    expect(procrank.recognizes(text)).toBe(true);
    const { readings, problems, rest } = readText(procrank, text);
    expect(rowsOf(readings)).toMatchObject([
      { pid: 812, vss: 25512, uss: 17792 },
      { pid: 1224, command: 'system_server', uss: 41252, swap: 6176 },
      { pid: 812 },
    ]);
    expect([problems, rest]).toEqual([[], '']);
  });

  it('have the time that a script printed in front of them, with a header or without', async () => {
    const rows = [25, 35].map((s) => `#0000000${s} 2026-11-23 01:06:${s} ${ROW}\n`).join('');
    const AT = Date.UTC(2026, 10, 23, 1, 6, 25);
    for (const text of [rows, `                         ${HEADER}${rows}`, `*Time ${HEADER}${rows}`]) {
      const { captures, problems, files } = await readFile(text);
      expect(captures.map(({ context: { pid, takenAt } }) => [pid, takenAt])).toEqual([
        [812, AT],
        [812, AT + 10_000],
      ]);
      expect(problems).toEqual([]);
      expect(files).toMatchObject([{ format: 'procrank', lines: { reported: 0 } }]);
    }
  });

  it.each([
    ['amounts that contradict each other', '  812    1K   2K   3K   4K  sensord\n'],
    ['words in front that tell no time', 'about  812    25512K   19976K   18059K   17792K  sensord\n'],
    ['three amounts', '  812    25512K   19976K   18059K  sensord\n'],
  ])('are none with %s', (_, text) => {
    expect(procrank.recognizes(text)).toBe(false);
  });
});

describe('procrank', () => {
  it('reads each row as a sample of its process', () => {
    const text = HEADER + ROWS + TOTAL + DEVICE;
    expect(procrank.recognizes(text)).toBe(true);
    const { readings, problems, rest } = readText(procrank, text);
    expect(rowsOf(readings)).toEqual(EXPECTED);
    expect(problems).toEqual([]);
    expect(rest).toBe('');
  });

  it.each([
    '  PID      Vss      Rss      Pss      Uss  cmdline\n',
    'PID      Vss      Rss      Pss      Uss cmdline\n',
  ])('does not mind the count of blanks: %j', (header) => {
    expect(procrank.recognizes(header + ROWS)).toBe(true);
    expect(rowsOf(readText(procrank, header + ROWS).readings)).toEqual(EXPECTED);
  });

  it('reads the swap that the kernel counts, not its shares', () => {
    const { readings, problems } = readText(
      procrank,
      `  PID       Vss      Rss      Pss      Uss     Swap    PSwap    USwap    ZSwap  cmdline
 1515  2535920K  131984K   93750K   89440K   42676K   31792K   31460K    7043K  system_server
                           ------   ------   ------   ------   ------   ------  ------
                           93750K   89440K   42676K   31792K   31460K    7043K  TOTAL

ZRAM: 7043K physical used for 42676K in swap (524284K total swap)
`,
    );
    expect(rowsOf(readings)).toEqual([
      { line: 2, pid: 1515, command: 'system_server', vss: 2535920, rss: 131984, pss: 93750, uss: 89440, swap: 42676 },
    ]);
    expect(problems).toEqual([]);
  });

  it('passes over the column oom, whose values are negative for what must live', () => {
    const text =
      '  PID    oom       Vss      Rss      Pss      Uss  cmdline\n  812  -1000     4360K    3096K     535K     296K  init\n';
    expect(procrank.recognizes(text)).toBe(true);
    expect(rowsOf(readText(procrank, text).readings)).toEqual([
      { line: 2, pid: 812, command: 'init', vss: 4360, rss: 3096, pss: 535, uss: 296 },
    ]);
  });

  it('takes no samples of the working set', () => {
    const text = `  PID     WRss     WPss     WUss  cmdline
  812   19976K   18058K   17792K  /system/bin/sensord
                 ------   ------  ------
                 18058K   17792K  TOTAL
`;
    expect(procrank.recognizes(text)).toBe(true);
    expect(readText(procrank, text)).toEqual({ readings: [], problems: [], rest: '' });
  });

  it('leaves out rows whose amounts contradict each other, and says so once', () => {
    const { readings, problems } = readText(
      procrank,
      `${HEADER}  121  2880793K     132K  2195456K     132K  /system/bin/fmradioserver
  122     9600K     480K     400K     300K  /system/bin/sh
    1       44K       0K       0K  2880793K  /init
    2      421K     423K     423K     424K  app
[procrank: 0.7s elapsed]
`,
    );
    expect(rowsOf(readings)).toEqual([
      { line: 3, pid: 122, command: '/system/bin/sh', vss: 9600, rss: 480, pss: 400, uss: 300 },
    ]);
    expect(problems).toMatchObject([{ severity: 'error', code: 'unlikely-value', line: 2 }]);
    expect(problems[0]?.message).toContain('3 of 4 rows');
  });

  it('tells rows that are missing by the line of totals', () => {
    const { problems } = readText(procrank, HEADER + ROWS.slice(0, ROWS.indexOf('\n') + 1) + TOTAL);
    expect(problems).toMatchObject([
      { severity: 'warning', code: 'unlikely-value', line: 4 },
      { severity: 'warning', code: 'unlikely-value', line: 4 },
    ]);
    expect(problems[0]?.message).toContain('Pss of all rows to make the printed total of 32623K, found 18059K');
  });

  it('tells that rows may be missing where a file ends before its line of totals', () => {
    const { readings, problems } = readText(procrank, HEADER + ROWS);
    expect(rowsOf(readings)).toEqual(EXPECTED);
    expect(problems).toMatchObject([{ severity: 'warning', code: 'truncated-capture', line: 3 }]);
    expect(readText(procrank, `${HEADER}${ROWS}[procrank: 0.7s elapsed]\n`).problems).toEqual([]);
    expect(readText(procrank, `${HEADER}${ROWS}something else\n`).problems).toEqual([]);
  });

  it('lets the total exceed the sum by what was cut off each row', () => {
    const text = HEADER + ROWS + TOTAL;
    expect(readText(procrank, text.replace('32623K', '32625K')).problems).toEqual([]);
    expect(readText(procrank, text.replace('32623K', '32626K')).problems).toHaveLength(1);
    expect(readText(procrank, text.replace('32623K', '32622K')).problems).toHaveLength(1);
  });

  it('reports a row with text in a column of numbers', () => {
    const { readings, problems } = readText(
      procrank,
      `${HEADER}   29     720K     720K ****    261K     212K /system/bin/rild\n  812 99999999999999999K 1K 1K 1K x\n${ROWS}${TOTAL}`,
    );
    expect(readings).toHaveLength(2);
    expect(problems.map(({ severity, code, line }) => [severity, code, line])).toEqual([
      ['error', 'bad-value', 2],
      ['error', 'bad-value', 3],
    ]);
  });

  it('refuses an amount that is too large to be exact', () => {
    const { readings, problems } = readText(procrank, `${HEADER}  812 9999999999999999K 1K 1K 1K x\n`);
    expect(readings).toEqual([]);
    expect(problems).toMatchObject([{ code: 'bad-value', line: 2 }]);
  });

  it('says nothing of the command where procrank could not read it', () => {
    const { readings } = readText(procrank, `${HEADER}  812  9K  8K  7K  6K  <unknown>\n  813  9K  8K  7K  6K  \n`);
    expect(readings.map(({ says }) => says)).toEqual([{ pid: 812 }, { pid: 813 }]);
  });

  it.each([
    'procrank W 11-23 00:59:00    43    43 procmeminfo.cpp:354] Trying to read process swap offsets for 1\n',
    '------ PROCRANK (/system/xbin/su root procrank) ------\n',
    'procrank\n',
    'root@generic:/ # procrank -u\n',
  ])('begins with what stands above the table: %j', (line) => {
    expect(procrank.recognizes(line + HEADER)).toBe(true);
    const { readings, rest } = readText(procrank, line + HEADER + ROWS);
    expect(readings).toHaveLength(2);
    expect(rest).toBe('');
  });

  it('reads a loop with dates through the driver', async () => {
    const round = HEADER + ROWS + TOTAL + DEVICE;
    const { captures, problems, files } = await readFile(
      `Mon Nov 23 01:06:25 UTC 2026\n${round}Mon Nov 23 01:06:27 UTC 2026\n${round}`,
    );
    expect(problems).toEqual([]);
    expect(files).toMatchObject([{ format: 'procrank', status: 'read' }]);
    expect(captures.map(({ context: { command, pid, takenAt } }) => [command, pid, takenAt])).toEqual(
      [25, 27].flatMap((second) => [
        ['sensord', 812, Date.UTC(2026, 10, 23, 1, 6, second)],
        ['com.example.app:remote', 813, Date.UTC(2026, 10, 23, 1, 6, second)],
      ]),
    );
  });

  it.each([
    '  PID User     Command                         Swap      USS      PSS      RSS \n',
    '  PID   VSZ  RSS PSS USS COMMAND\n',
    'PID Vss Rss cmdline\n',
    '   PID TTY          TIME CMD\n',
    'procrank is a tool\n',
  ])('does not recognize %j', (line) => {
    expect(procrank.recognizes(line + ROWS)).toBe(false);
  });
});
