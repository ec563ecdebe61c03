import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Reading } from '../../../src/ingest/format.js';
import { pmap } from '../../../src/ingest/formats/pmap.js';
import { type VmaTable, vmaAt } from '../../../src/model/vma-table.js';
import { expectGoldenJson } from '../../golden.js';
import { readText } from '../read-text.js';

const SAMPLES = fileURLToPath(new URL('../../../samples/pmap/', import.meta.url));

function tableOf(reading: Reading | undefined): VmaTable {
  if (reading?.type !== 'snapshot') throw new Error('expected a snapshot');
  return reading.table;
}

function namesOf(table: VmaTable): string[] {
  return Array.from({ length: table.count }, (_, row) => vmaAt(table, row).pathname);
}

/** The totals of every counter, and the first and the last row. */
function digestOf(reading: Reading): unknown {
  const table = tableOf(reading);
  const sums = Array.from(table.counters, ([name, column]) => [name, column.reduce((sum, value) => sum + value, 0)]);
  const { line } = reading.origin;
  const rows = [vmaAt(table, 0), vmaAt(table, table.count - 1)];
  return { line, ...reading.says, vmaCount: table.count, totals: Object.fromEntries(sums) as unknown, rows };
}

const X = `11:   /opt/demo/a 1
Address           Kbytes     RSS   Dirty Mode  Mapping
0000560ef0976000       8       4       0 r-x-- a
00007fff8bd7d000     132      12      12 rw---   [ stack ]
---------------- ------- ------- -------${' '}
total kB             140      16      12
`;

describe('pmap', () => {
  for (const name of readdirSync(SAMPLES)) {
    it(`reads samples/pmap/${name}`, () => {
      const text = readFileSync(SAMPLES + name, 'utf8');
      expect(pmap.recognizes(text.slice(0, 4096))).toBe(true);
      const { readings, problems, rest } = readText(pmap, text);
      expect(rest).toBe('');
      expectGoldenJson(`pmap/${name.replace('.txt', '.json')}`, { processes: readings.map(digestOf), problems });
    });
  }

  it('reads a table whose columns tabs divide', () => {
    const text = `1:  init [5]
00934000   88\t\tr-x-- \t0000000000000000 \t008:00005 \tld-2.3.4.so
00a7b000    8\trw---\t0000000000a7b000 \t000:00000  \t[ anon ]
bffee000   72\t\trw---\t00000000bffee000\t000:00000 \t[ stack ]
mapped: 168K  writeable/private: 80K  shared: 0K
`;
    expect(pmap.recognizes(text)).toBe(true);
    const { readings, problems, rest } = readText(pmap, text);
    expect([problems, rest]).toEqual([[], '']);
    expect(namesOf(tableOf(readings[0]))).toEqual(['ld-2.3.4.so', '', '[stack]']);
  });

  it('knows that -X goes on adding to the totals of the process before', () => {
    const table = (pid: number, rss: number, total: number): string => `${pid}:   /opt/demo/a
     Address Perm   Offset Device  Inode Size  Rss Mapping
560ef0976000 r--p 00000000  fe:00 150142 2000 ${rss} a
                                         ==== ====
                                         ${2000 * (pid - 811)} ${total} KB
`;
    expect(readText(pmap, table(812, 1000, 1000) + table(813, 1500, 2500)).problems).toEqual([]);
    expect(readText(pmap, table(812, 1000, 1000) + table(813, 1500, 2600)).problems).toMatchObject([
      { code: 'unlikely-value' },
    ]);
  });

  it('names an unnamed area by nothing, the stack as the kernel does, and the others as printed', () => {
    const rows = ['a', '  [ anon ]', '  [ stack ]', '  leading', 'trailing ', 'memfd:jit cache (deleted)', '[heap]'];
    const text = `11:   /opt/demo/a\n${rows.map((row, i) => `0000560ef097${i}000      4K rw--- ${row}\n`).join('')} total               28K\n`;
    const { readings, problems } = readText(pmap, text);
    expect(namesOf(tableOf(readings[0]))).toEqual([
      'a',
      '',
      '[stack]',
      '  leading',
      'trailing ',
      'memfd:jit cache (deleted)',
      '[heap]',
    ]);
    expect(problems).toEqual([]);
  });

  it('keeps Dirty by its own name: it is shared and private memory', () => {
    expect([...tableOf(readText(pmap, X).readings[0]).counters.keys()]).toEqual(['Size', 'Rss', 'Dirty']);
  });

  it('reads -x of procps 3.2.8, with its wider gap', () => {
    const { readings, problems } = readText(
      pmap,
      `11120:   chunk_server -d
Address           Kbytes     RSS   Dirty Mode   Mapping
0000000000400000    1624     812       0 r-x--  chunk_server
000000000079e000       4       4       4 rw---    [ anon ]
----------------  ------  ------  ------
total kB            1628     816       4`,
    );
    expect(namesOf(tableOf(readings[0]))).toEqual(['chunk_server', '']);
    expect(problems).toEqual([]);
  });

  it('reads -d', () => {
    const text = `11:   /opt/demo/a
Address           Kbytes Mode  Offset           Device    Mapping
00005587ebbe7000     772 r-x-- 000000000002f000 0fe:00000 bash
00007ffed217f000     132 rw--- 0000000000000000 000:00000   [ stack ]
mapped: 904K    writeable/private: 132K    shared: 0K
`;
    expect(pmap.recognizes(text)).toBe(true);
    const { readings, problems, rest } = readText(pmap, text);
    const table = tableOf(readings[0]);
    expect([...table.counters.keys(), ...table.offset]).toEqual(['Size', 0x2f000, 0]);
    expect([problems, rest]).toEqual([[], '']);
  });

  it('reads a 32-bit process', () => {
    const { readings, problems } = readText(
      pmap,
      '3474:  ./a.out\n08048000      4K r-x-- a.out\nbfcfb000    132K rw--- [ stack ]\ntotal      136K\n',
    );
    expect(vmaAt(tableOf(readings[0]), 1)).toMatchObject({
      start: 'bfcfb000',
      end: 'bfd1c000',
      pathname: '[stack]',
      size: 132 * 1024,
    });
    expect(problems).toEqual([]);
  });

  it("reads BusyBox's -x, whose Dirty is private", () => {
    const { readings, problems, rest } = readText(
      pmap,
      `812: sensord -f
Address\t\t  Kbytes     PSS   Dirty    Swap  Mode  Mapping
0000560ef0976000       8       4       0       0 r-xp  /usr/bin/sensord
0000560ef0979000       4       4       4       0 rw-p  /usr/bin/sensord
----------------  ------  ------  ------  ------
total\t\t      12       8       4       0
`,
    );
    const table = tableOf(readings[0]);
    expect([...table.counters.keys()]).toEqual(['Size', 'Pss', 'Private_Dirty', 'Swap']);
    expect(namesOf(table)).toEqual(['/usr/bin/sensord', '/usr/bin/sensord']);
    expect([problems, rest]).toEqual([[], '']);
  });

  it("keeps Dirty by its own name where RSS stands beside PSS (SUSE's procps)", () => {
    const { readings, problems } = readText(
      pmap,
      `1:   /sbin/init
Address           Kbytes     RSS     PSS   Dirty    Swap Mode  Mapping
000055f0c0000000    1300     900     700       8       0 r-xp- init
---------------- ------- ------- ------- ------- ------- \ntotal kB            1300     900     700       8       0
`,
    );
    expect([...tableOf(readings[0]).counters.keys()]).toEqual(['Size', 'Rss', 'Pss', 'Dirty', 'Swap']);
    expect(problems).toEqual([]);
  });

  it('reads pmap of SLES 11, with its kinds of mappings below the totals', () => {
    const { readings, problems, rest } = readText(
      pmap,
      `812: sensord
START               SIZE     RSS     PSS   DIRTY    SWAP PERM MAPPING
0000000000400000     28K     24K      1K      0K      0K r-xp /usr/bin/sensord
0000000000fbf000    596K    532K    532K    532K      0K rw-p [heap]
Total:              624K    556K    533K    532K      0K

596K writable-private, 28K readonly-private, 0K shared, and 556K referenced
`,
    );
    expect(namesOf(tableOf(readings[0]))).toEqual(['/usr/bin/sensord', '[heap]']);
    expect([...tableOf(readings[0]).counters.keys()]).toEqual(['Size', 'Rss', 'Pss', 'Dirty', 'Swap']);
    expect([problems, rest]).toEqual([[], '']);
    const device = `START               SIZE     RSS     PSS   DIRTY    SWAP PERM OFFSET           DEVICE MAPPING
0000000000400000     28K     24K      1K      0K      0K r-xp 0000000000001000 fd:00  /usr/bin/sensord
`;
    const table = tableOf(readText(pmap, device).readings[0]);
    expect([namesOf(table), table.offset[0]]).toEqual([['/usr/bin/sensord'], 0x1000]);
  });

  describe('in other languages', () => {
    it.each([
      ['zh_CN', '地址            Kbytes     RSS   Dirty Mode  Mapping', 'stack', 'total kB'],
      ['fr', 'Adresse          kilo-octets     RSS Modifié Mode  Carte', 'pile ', 'ko total'],
      ['uk', 'Адреса     кбайтів     RSS Брудно Режим Відповідність', 'стек ', 'кБ загалом'],
      ['vi', 'Địa chỉ           Kbyte     RSS     Bẩn Chế độ Ánh xạ', 'ngăn xếp', 'tổng kB'],
    ])('reads -x in %s', (_, header, stack, total) => {
      const { readings, problems, rest } = readText(
        pmap,
        `11:   a\n${header}
0000560ef0976000          8       4            0      r-x-- a
00007fff8bd7d000        132      12           12      rw---   [ ${stack} ]
---------------- ------- -------      -------\n${total}         140      16           12
12:   b\n${header}\n0000560ef0976000  8  4  0 r-x-- b\n---------------- ------- -------\n${total} 8 4 0\n`,
      );
      expect([problems, rest]).toEqual([[], '']);
      expect(readings.map(({ says }) => says.pid)).toEqual([11, 12]);
      expect(namesOf(tableOf(readings[0]))).toEqual(['a', '[stack]']);
      expect([...tableOf(readings[0]).counters.keys()]).toEqual(['Size', 'Rss', 'Dirty']);
    });

    it.each([
      ['fr', 'mappé: 8K     inscriptible/privé: 0K   partagé: 0K'],
      ['sv', 'mappat: 8 k    skrivbart/privat: 0 k    delat: 0 k'],
      ['ko', '매  핑: 8K     기록가능/자체: 0K         공유: 0K'],
    ])('reads -d in %s', (_, totals) => {
      const { readings, problems, rest } = readText(
        pmap,
        `11:   a
Adresse          kilo-octets Mode  Décalage        Périphérique Carte
0000560ef0976000           8 r-x-- 0000000000001000      0fe:00000 a b\n${totals}\n`,
      );
      expect([problems, rest]).toEqual([[], '']);
      const table = tableOf(readings[0]);
      expect([namesOf(table), table.offset[0]]).toEqual([['a b'], 0x1000]);
    });

    it('reads -X by the names of the kernel', () => {
      const { readings, problems, rest } = readText(
        pmap,
        `11:   a
       Endereço Perm  Deslocamento Dispositivo  Nodo-i Size  Rss Pss    VmFlags Endereço virtual
    560ef0976000 r-xp  00001000          fe:00 260875    8    4   4 rd ex mr mw a
                                                      ==== ==== === ===========\u0020
                                                         8    4   4             KB\u0020
`,
      );
      expect([...tableOf(readings[0]).counters.keys()]).toEqual(['Size', 'Rss', 'Pss']);
      expect(namesOf(tableOf(readings[0]))).toEqual(['a']);
      expect([problems, rest]).toEqual([[], '']);
    });

    it.each([
      [' gesamt               12K'],
      [' totalt             12 k'],
      [' загалом               12 К'],
      [' 총계                12K'],
    ])('reads the totals %j', (totals) => {
      const { problems, rest } = readText(pmap, `11:   a\n0000560ef0976000     12K r-x-- a\n${totals}\n`);
      expect([problems, rest]).toEqual([[], '']);
    });
  });

  it("keeps a command's own letters", () => {
    const { readings } = readText(pmap, X.replace('/opt/demo/a 1', '/opt/démo/测试'));
    expect(readings[0]?.says.command).toBe('/opt/démo/测试');
  });

  it('reads a table whose line of the process was not pasted', () => {
    const text = X.slice(X.indexOf('\n') + 1);
    expect(pmap.recognizes(text)).toBe(true);
    const { readings, problems } = readText(pmap, `${text}${X}${text}`);
    expect(readings.map(({ says }) => says.pid)).toEqual([undefined, 11, undefined]);
    expect(readings.map((reading) => tableOf(reading).count)).toEqual([2, 2, 2]);
    expect(problems).toEqual([]);
    expect(pmap.recognizes('Address book of the Mapping\n')).toBe(false);
    expect(pmap.recognizes('Address           Kbytes     RSS   Dirty Mode  Mapping\nand prose\n')).toBe(false);
  });

  it('tells -d and -x by their rows where -q left out the header', () => {
    const stack = ' [ stack ]';
    const d = `7:   a
000055c92352e000       8 r---- 0000000000001000 0fe:00000 a
00007fff8bd7d000     132 rw--- 0000000000000000 000:00000  ${stack}\n`;
    const x = `8:   b
000055c92352e000       8       4       0 r---- b
00007fff8bd7d000     132      12      12 rw---  ${stack}\n`;
    const { readings, problems } = readText(pmap, d + x);
    expect(readings.map((reading) => namesOf(tableOf(reading)))).toEqual([
      ['a', '[stack]'],
      ['b', '[stack]'],
    ]);
    expect([...tableOf(readings[1]).counters.keys()]).toEqual(['Size', 'Rss', 'Dirty']);
    expect(problems).toEqual([]);
  });

  it('has no counter for a column of dashes', () => {
    const { readings } = readText(
      pmap,
      `7:   a
Address   Kbytes     RSS    Anon  Locked Mode   Mapping
08048000       4       -       -       - r-x--  a
-------- ------- ------- ------- -------
total kB       4       -       -       -
`,
    );
    expect([...tableOf(readings[0]).counters.keys()]).toEqual(['Size']);
  });

  it('reads flags and names with blanks of -XX by their place', () => {
    const lines = [
      '7:   a',
      '     Address Perm   Offset Device Inode Size Rss              VmFlags Mapping',
      '560ef0976000 rw-p 00000000  fe:00     1    4   4    rd wr mr mw me ac me mw x.dat',
      '560ef0977000 rw-p 00000000  00:00     0    8   4                   rd ',
      '                                        ==== === ',
      '                                          12   8 KB ',
    ];
    const { readings, problems, rest } = readText(pmap, `${lines.join('\n')}\n`);
    expect(namesOf(tableOf(readings[0]))).toEqual(['me mw x.dat', '']);
    expect([problems, rest]).toEqual([[], '']);
  });

  it('compares its sums with the printed totals', () => {
    const { readings, problems } = readText(pmap, X.replace('140      16', '140      20'));
    expect(readings).toHaveLength(1);
    expect(problems).toMatchObject([{ severity: 'warning', code: 'unlikely-value', line: 6 }]);
    expect(problems[0]?.message).toContain('RSS');
  });

  it.each([
    ['-x', X.slice(0, X.indexOf('------'))],
    ['plain', '11:   a\n0000560ef0976000      4K r---- a\n'],
  ])('reports %s without its end, and keeps the rows', (_, text) => {
    const { readings, problems } = readText(pmap, text);
    expect(tableOf(readings[0]).count).toBeGreaterThan(0);
    expect(problems).toMatchObject([{ severity: 'error', code: 'truncated-capture' }]);
  });

  it('expects no totals of -q', () => {
    expect(
      readText(pmap, '11:   a\n0000560ef0976000      4K r---- a\n00007fff8bd7d000    132K rw---   [ stack ]\n')
        .problems,
    ).toEqual([]);
  });

  it('tells who a kernel thread is', () => {
    const text = '2:   [kthreadd]\n total                0K\n';
    expect(pmap.recognizes(text)).toBe(true);
    expect(readText(pmap, text)).toMatchObject({
      readings: [{ type: 'identity', says: { pid: 2, command: '[kthreadd]' } }],
      problems: [],
    });
  });

  it('drops and reports a row that ends beyond the address space, or has no size', () => {
    for (const size of ['99999999999999999', '        -']) {
      const text = `7:   x\nffffffffff600000 ${size}K --x--   [ anon ]\n total  4K\n`.replace('-K', '- ');
      const { readings, problems } = readText(pmap, text);
      expect(readings.map(({ type }) => type)).toEqual(['identity']);
      expect(problems[0]).toMatchObject({ code: 'bad-value', line: 2 });
    }
    const last = readText(pmap, '7:   x\nffffffffff600000      4K --x--   [ anon ]\n total  4K\n');
    expect(tableOf(last.readings[0]).count).toBe(1);
  });

  it('drops and reports a row with an impossible number', () => {
    const { readings, problems } = readText(pmap, X.replace('     132      12', ' 99999999999999999999      12'));
    expect(tableOf(readings[0]).count).toBe(1);
    expect(problems.map(({ code }) => code)).toContain('bad-value');
  });

  it('leaves what follows the totals', () => {
    expect(readText(pmap, `${X}Mon Nov 23 02:18:40 UTC 2026\n`).rest).toBe('Mon Nov 23 02:18:40 UTC 2026\n');
    expect(readText(pmap, `${X}12:   and some prose\n`).rest).toBe('12:   and some prose\n');
  });

  it.each([
    ['maps', '00400000-0048a000 r-xp 00000000 fd:03 960637       /bin/bash\n'],
    ['smaps', '00400000-0048a000 r-xp 00000000 fd:03 960637       /bin/bash\nSize:                552 kB\n'],
    ['a numbered list', '1: first\n2: second\n'],
    ['a compiler message', '12:   error: x\n0000560ef0976000 <main>:\n'],
    ['the header alone', 'Address           Kbytes     RSS   Dirty Mode  Mapping\n'],
  ])('does not recognize %s', (_, text) => {
    expect(pmap.recognizes(text)).toBe(false);
  });
});
