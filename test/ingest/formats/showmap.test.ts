import { describe, expect, it } from 'vitest';
import type { Reading } from '../../../src/ingest/format.js';
import { showmap } from '../../../src/ingest/formats/showmap.js';
import { KIB } from '../../../src/model/units.js';
import { EXECUTE, READ, WRITE } from '../../../src/model/vma-table.js';
import { readFile } from '../capture-tree.js';
import { readText } from '../read-text.js';

// Written from the printf formats of the versions of showmap.cpp; showmap runs on Android only.
const OLD_HEADER = ` virtual                     shared   shared  private  private
    size      RSS      PSS    clean    dirty    clean    dirty    # object
-------- -------- -------- -------- -------- -------- -------- ---- ------------------------------
`;
const OLD_ROWS = `     132       60       20       44        4        4        8    2 /system/bin/my app
      64       16       16        0        0        0       16    1 
`;
const OLD_TOTAL = '     196       76       36       44        4        4       24    3 TOTAL\n';
const RULE = OLD_HEADER.slice(OLD_HEADER.lastIndexOf('\n', OLD_HEADER.length - 2) + 1);
const OLD = OLD_HEADER + OLD_ROWS + RULE + OLD_HEADER + OLD_TOTAL;

const WIDE_HEADER = `           start              end  virtual                     shared   shared  private  private                   Anon      Shmem     File      Shared   Private
            addr             addr     size      RSS      PSS    clean    dirty    clean    dirty     swap  swapPSS HugePages PmdMapped PmdMapped Hugetlb  Hugetlb    Locked flags object
---------------- ---------------- -------- -------- -------- -------- -------- -------- -------- -------- -------- --------- --------- --------- -------- -------- -------- ----- ------------------------------
`;
const WIDE_ROWS = `          400000           421000      132       60       20       44        4        4        8       12        6         0         0         0        0        0        0   r-x /system/bin/sensord
    7f0000000000     7f0000010000       64       16       16        0        0        0       16        0        0         0         0         0        0        0        0   rw- [anon]
    7f0000010000     7f0000011000        4        4        4        0        0        0        4        0        0         0         0         0        0        0        0   rw- /system/lib64/libc.so [bss]
    7f0000020000     7f0000021000        4        4        4        0        0        0        4        0        0         0         0         0        0        0        0   rw- [anon:.bss]
ffffffffff600000 ffffffffff601000        4        0        0        0        0        0        0        0        0         0         0         0        0        0        0   --x [vsyscall]
`;
const WIDE_TOTAL =
  '                                       208       84       44       44        4        4       32       12        6         0         0         0        0        0        0       TOTAL\n';
const WIDE_RULE = WIDE_HEADER.slice(WIDE_HEADER.lastIndexOf('\n', WIDE_HEADER.length - 2) + 1);
const WIDE = WIDE_HEADER + WIDE_ROWS + WIDE_RULE + WIDE_HEADER + WIDE_TOTAL;

function sampleIn(reading: Reading | undefined): unknown {
  if (reading?.type !== 'sample') return reading?.type;
  const { vmaCount, ...amounts } = reading.sample;
  const kib = Object.entries(amounts).map(([key, bytes]) => [key, bytes / KIB]);
  return { line: reading.origin.line, ...Object.fromEntries(kib), ...(vmaCount !== undefined && { vmaCount }) };
}

interface Vmas {
  start: number[];
  end: number[];
  permissions: number[];
  names: (string | undefined)[];
}

function vmasIn(reading: Reading | undefined): Vmas {
  if (reading?.type !== 'snapshot') throw new Error(`expected a snapshot, found ${reading?.type ?? 'nothing'}`);
  const { start, end, permissions, path, paths } = reading.table;
  const names = [...path].map((index) => paths[index]);
  return { start: [...start], end: [...end], permissions: [...permissions], names };
}

const OLD_SAMPLE = { line: 10, vss: 196, rss: 76, pss: 36, uss: 28, privateDirty: 24 };

describe('showmap without addresses', () => {
  it('gives the totals: its objects are no VMAs', () => {
    expect(showmap.recognizes(OLD)).toBe(true);
    const { readings, problems, rest } = readText(showmap, OLD);
    expect(readings.map(sampleIn)).toEqual([OLD_SAMPLE]);
    expect(problems).toEqual([]);
    expect(rest).toBe('');
  });

  it('counts the VMAs with -v, which prints one a row', () => {
    const verbose = OLD.replaceAll('    # object', ' object').replaceAll(/ {4}[123] (?=\/|\n|TOTAL)/g, ' ');
    expect(showmap.recognizes(verbose)).toBe(true);
    expect(readText(showmap, verbose).readings.map(sampleIn)).toEqual([{ ...OLD_SAMPLE, vmaCount: 2 }]);
  });

  it('takes the totals of -t, which leaves rows without private pages out', () => {
    const terse = OLD.replace(/196 {7}76 {7}36 {7}44/, '999      876      136      844');
    const { readings, problems } = readText(showmap, terse);
    expect(readings.map(sampleIn)).toEqual([{ ...OLD_SAMPLE, vss: 999, rss: 876, pss: 136 }]);
    expect(problems).toEqual([]);
  });

  it('tells when the rows do not make the total', () => {
    const lost = OLD.replace(OLD_ROWS, OLD_ROWS.slice(0, OLD_ROWS.indexOf('\n') + 1));
    const { readings, problems } = readText(showmap, lost);
    expect(readings).toHaveLength(1);
    expect(problems.map(({ severity, code, line }) => [severity, code, line])).toEqual(
      ['Size', 'Rss', 'Pss', 'Private_Dirty'].map(() => ['warning', 'unlikely-value', 9]),
    );
    expect(problems[0]?.message).toBe(
      'expected the Size of all rows to make the printed total of 196 kB, found 132 kB',
    );
  });

  it('gives nothing where the text broke off before the total', () => {
    const { readings, problems } = readText(showmap, OLD_HEADER + OLD_ROWS);
    expect(readings).toEqual([]);
    expect(problems).toMatchObject([{ severity: 'error', code: 'truncated-capture', line: 5 }]);
  });

  it('gives the totals where tail left nothing else', () => {
    for (const [text, header] of [
      [OLD_HEADER + OLD_TOTAL, 36],
      [WIDE_HEADER + WIDE_TOTAL, 44],
    ] as const) {
      const { readings, problems, rest } = readText(showmap, text);
      expect(readings).toMatchObject([{ type: 'sample', sample: { pss: header * KIB } }]);
      expect(readings[0]).not.toHaveProperty('sample.vmaCount');
      expect([problems, rest]).toEqual([[], '']);
    }
  });

  it('gives nothing of a process without memory', () => {
    const none = OLD_HEADER + RULE + OLD_HEADER + OLD_TOTAL.replaceAll(/\d+/g, (digits) => '0'.padStart(digits.length));
    expect(readText(showmap, none)).toEqual({ readings: [], problems: [], rest: '' });
  });

  it('reads one process after the other', () => {
    const { readings, problems } = readText(showmap, OLD_HEADER + OLD_ROWS + OLD + WIDE);
    expect(readings.map(({ type, origin }) => [type, origin.line])).toEqual([
      ['sample', 15],
      ['snapshot', 16],
    ]);
    expect(problems).toMatchObject([{ code: 'truncated-capture' }]);
  });
});

describe('showmap with addresses', () => {
  it('gives a snapshot of the VMAs, with the names of the kernel', () => {
    expect(showmap.recognizes(WIDE)).toBe(true);
    const { readings, problems, rest } = readText(showmap, WIDE);
    expect([problems, rest]).toEqual([[], '']);
    const [reading] = readings;
    if (reading?.type !== 'snapshot') throw new Error('expected a snapshot');
    const { table } = reading;
    expect(reading.truncated).toBeUndefined();
    expect([...table.start]).toEqual([0x400000, 0x7f0000000000, 0x7f0000010000, 0x7f0000020000, 0xffffffffff600000]);
    expect([...table.end].slice(0, 2)).toEqual([0x421000, 0x7f0000010000]);
    expect([...table.permissions]).toEqual([READ | EXECUTE, READ | WRITE, READ | WRITE, READ | WRITE, EXECUTE]);
    expect([...table.path].map((path) => table.paths[path])).toEqual([
      '/system/bin/sensord',
      '',
      '',
      '[anon:.bss]',
      '[vsyscall]',
    ]);
    expect([...table.line]).toEqual([4, 5, 6, 7, 8]);
    expect([...table.counters.keys()]).toEqual([
      'Size',
      'Rss',
      'Pss',
      'Shared_Clean',
      'Shared_Dirty',
      'Private_Clean',
      'Private_Dirty',
      'Swap',
      'SwapPss',
      'AnonHugePages',
      'ShmemPmdMapped',
      'FilePmdMapped',
      'Shared_Hugetlb',
      'Private_Hugetlb',
      'Locked',
    ]);
    const first = [...table.counters.values()].map((column) => (column[0] ?? 0) / KIB);
    expect(first).toEqual([132, 60, 20, 44, 4, 4, 8, 12, 6, 0, 0, 0, 0, 0, 0]);
  });

  it('reads the eight digits of Android 4', () => {
    const text = `   start      end  virtual                     shared   shared  private  private
    addr     addr     size      RSS      PSS    clean    dirty    clean    dirty object
-------- -------- -------- -------- -------- -------- -------- -------- -------- ------------------------------
00008000 00029000      132       60       20       44        4        4        8 /init
-------- -------- -------- -------- -------- -------- -------- -------- -------- ------------------------------
   start      end  virtual                     shared   shared  private  private
    addr     addr     size      RSS      PSS    clean    dirty    clean    dirty object
-------- -------- -------- -------- -------- -------- -------- -------- -------- ------------------------------
                       132       60       20       44        4        4        8 TOTAL
`;
    expect(showmap.recognizes(text)).toBe(true);
    const { readings, problems } = readText(showmap, text);
    expect(problems).toEqual([]);
    expect(vmasIn(readings[0])).toEqual({ start: [0x8000], end: [0x29000], permissions: [0], names: ['/init'] });
  });

  it('keeps what is whole of text that broke off', () => {
    const { readings, problems } = readText(showmap, WIDE.slice(0, WIDE.indexOf('[anon:.bss]') - 30));
    expect(readings).toMatchObject([{ type: 'snapshot', truncated: true, table: { count: 3 } }]);
    expect(problems.map(({ code }) => code)).toEqual(['bad-value', 'truncated-capture']);
  });

  it('gives the totals of -t only: VMAs are missing', () => {
    const lines = WIDE.split('\n').filter((line) => !line.includes('vsyscall'));
    const { readings, problems } = readText(showmap, lines.join('\n'));
    expect(readings.map(sampleIn)).toEqual([
      { line: 12, vss: 208, rss: 84, pss: 44, uss: 36, privateDirty: 32, swap: 12 },
    ]);
    expect(problems).toMatchObject([{ severity: 'warning', code: 'incomplete-log', line: 1 }]);
  });

  it('reports a row that cannot be read, an inverted range and what belongs to nobody', () => {
    const text = WIDE.replace('  60       20', '  60       2x').replace(
      '7f0000010000       64',
      '7f0000000000       64',
    );
    const { readings, problems, rest } = readText(showmap, `${text}hello\n`);
    expect(readings).toMatchObject([{ table: { count: 4 } }]);
    expect(problems.map(({ code, line }) => [code, line])).toEqual(
      expect.arrayContaining([
        ['bad-value', 4],
        ['inverted-range', 5],
        ['unlikely-value', 13],
      ]),
    );
    expect(rest).toBe('hello\n');
  });

  it('takes the process from the banner above', async () => {
    const { captures, problems } = await readFile(`==== 2026-11-23 01:06:25 pid=812 ====\n${WIDE}`);
    expect(problems).toEqual([]);
    expect(captures.map(({ context: { pid, command } }) => [pid, command])).toEqual([[812, 'sensord']]);
  });
});

describe('the header of showmap', () => {
  const upper = OLD_HEADER.slice(0, OLD_HEADER.indexOf('\n') + 1);
  it.each([
    '    size      RSS      PSS    clean    dirty    clean    dirty     swap    # object\n',
    '    size      RSS      PSS    clean    dirty    clean    dirty     swap  swapPSS   # object\n',
    '    size      RSS      PSS    clean    dirty    clean    dirty     swap  swapPSSobject\n',
    '    size      RSS      PSS    clean    dirty    clean    dirty     swap  swapPSS HugePages PmdMapped PmdMapped  Hugetlb  Hugetlb   #  object\n',
    '    size      RSS      PSS    clean    dirty    clean    dirty     swap  swapPSS HugePages PmdMapped PmdMapped  Hugetlb  Hugetlb   Locked flags  object\n',
  ])('is known of all versions: %j', (lower) => {
    expect(showmap.recognizes(upper + lower)).toBe(true);
  });

  it.each([
    `${upper}hello\n`,
    'virtual shared\n',
    OLD_ROWS,
    '[{"virtual":1}]\n',
    '"virtual size","RSS","PSS","object"\n',
  ])('is not %j', (text) => {
    expect(showmap.recognizes(text)).toBe(false);
  });
});

const TITLES = ['virtual size', 'RSS', 'PSS', 'shared clean', 'shared dirty', 'private clean', 'private dirty', 'swap'];
const more = ['swapPSS', 'Anon HugePages', 'Shmem PmdMapped', 'File PmdMapped', 'Shared Hugetlb', 'Private Hugetlb'];
const COUNTERS = [...TITLES, ...more, 'Locked'];
const ZEROS = '0,0,0,0,0,0';

/** CSV with these titles behind the counters. */
function csv(others: readonly string[], rows: readonly string[]): string {
  return `${[...COUNTERS, ...others].map((title) => `"${title}"`).join(',')}\n${rows.join('\n')}\n`;
}

const PLAIN_CSV = csv(
  ['#', 'object'],
  [
    `132,60,20,44,4,4,8,12,6,${ZEROS},2,"/data/a, ""b"" c"`,
    `64,16,16,0,0,0,16,0,0,${ZEROS},1,""`,
    `196,76,36,44,4,4,24,12,6,${ZEROS},3,"TOTAL"`,
  ],
);

describe('showmap as CSV', () => {
  it('gives the totals', () => {
    expect(showmap.recognizes(PLAIN_CSV)).toBe(true);
    const { readings, problems, rest } = readText(showmap, PLAIN_CSV);
    expect(readings.map(sampleIn)).toEqual([{ ...OLD_SAMPLE, line: 4, swap: 12 }]);
    expect([problems, rest]).toEqual([[], '']);
  });

  it('gives VMAs with -a and -v', () => {
    const text = csv(
      ['start addr', 'end addr', 'flags', 'object'],
      [
        `132,60,20,44,4,4,8,12,6,${ZEROS},400000,421000,"r-x","/data/a, ""b"" c"`,
        `64,0,0,0,0,0,0,0,0,${ZEROS},7f0000000000,7f0000010000,"rw-","[anon]"`,
        `196,60,20,44,4,4,8,12,6,${ZEROS},,,,"TOTAL"`,
      ],
    );
    const { readings, problems } = readText(showmap, text);
    expect(problems).toEqual([]);
    expect(vmasIn(readings[0])).toEqual({
      start: [0x400000, 0x7f0000000000],
      end: [0x421000, 0x7f0000010000],
      permissions: [READ | EXECUTE, READ | WRITE],
      names: ['/data/a, "b" c', ''],
    });
  });

  it('reports what it cannot read, and text that broke off', () => {
    const { readings, problems } = readText(
      showmap,
      `${PLAIN_CSV.replace('132,60', '132,x60')}${PLAIN_CSV.slice(0, -60)}`,
    );
    expect(readings).toHaveLength(1);
    expect(problems.map(({ code }) => code)).toEqual(expect.arrayContaining(['bad-value', 'truncated-capture']));
  });
});

function item(amounts: readonly number[], others: object): object {
  return { ...Object.fromEntries(COUNTERS.map((title, index) => [title, amounts[index] ?? 0])), ...others };
}

const ITEMS = [
  item([132, 60, 20, 44, 4, 4, 8, 12, 6], { '#': 2, object: '/data/a, "b" c' }),
  item([64, 16, 16, 0, 0, 0, 16], { '#': 1, object: '' }),
  item([196, 76, 36, 44, 4, 4, 24, 12, 6], { '#': 3, object: 'TOTAL' }),
];
const JSON_TEXT = `${JSON.stringify(ITEMS).replaceAll('/', '\\/')}\n`;

describe('showmap as JSON', () => {
  it('gives the totals, on one line or indented', () => {
    const indented = JSON.stringify(ITEMS, undefined, 2);
    for (const [one, line] of [
      [JSON_TEXT, 1],
      [indented, indented.split('\n').length],
    ] as const) {
      expect(showmap.recognizes(one)).toBe(true);
      const { readings, problems, rest } = readText(showmap, one);
      expect(readings.map(sampleIn)).toEqual([{ ...OLD_SAMPLE, line, swap: 12 }]);
      expect([problems, rest]).toEqual([[], '']);
    }
  });

  it('gives VMAs with -a', () => {
    const items = [
      item([4, 4], { 'start addr': '400000', 'end addr': '401000', object: '/a' }),
      item([4, 4], { 'start addr': '', 'end addr': '', object: 'TOTAL' }),
    ];
    const { readings, problems } = readText(showmap, JSON.stringify(items));
    expect(problems).toEqual([]);
    expect(vmasIn(readings[0])).toEqual({ start: [0x400000], end: [0x401000], permissions: [0], names: ['/a'] });
  });

  it('bears control characters that JSON forbids', () => {
    const text = JSON_TEXT.replace('b\\"', '\x01\t\\"');
    expect(readText(showmap, text).readings).toHaveLength(1);
  });

  it.each([
    ['truncated-capture', JSON_TEXT.slice(0, 500)],
    ['bad-value', JSON_TEXT.replace('":132', '":"132"')],
    ['bad-value', JSON_TEXT.replace('":132', '":-1')],
    ['bad-value', JSON_TEXT.replace('":132', '":1e300')],
    ['bad-value', '[{"virtual size":1},]\n'],
    ['bad-value', '[{"virtual size":1}]\n'],
    ['bad-value', `${JSON_TEXT.trimEnd().slice(0, -1)},${'['.repeat(100_000)}${']'.repeat(100_000)}]\n`],
  ] as const)('reports %s', (code, text) => {
    expect(showmap.recognizes(text)).toBe(true);
    expect(readText(showmap, text).problems.map((problem) => problem.code)).toContain(code);
  });
});
