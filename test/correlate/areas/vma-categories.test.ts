import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { categoriesOf } from '../../../src/correlate/areas/vma-categories.js';
import { maps } from '../../../src/ingest/formats/maps.js';
import { smaps } from '../../../src/ingest/formats/smaps.js';
import type { VmaTable } from '../../../src/model/vma-table.js';
import { readText } from '../../ingest/read-text.js';

function tableIn(text: string, format = smaps): VmaTable {
  const [reading] = readText(format, text).readings;
  if (reading?.type !== 'snapshot') throw new Error('expected a snapshot');
  return reading.table;
}

/** The category of each line of /proc/PID/maps. */
function told(text: string): string[] {
  const lines = text.trim().split('\n');
  return categoriesOf(tableIn(`${lines.map((line) => line.trim()).join('\n')}\n`, maps));
}

const SAMPLE = readFileSync(new URL('../../../samples/smaps/mapping-kinds.smaps', import.meta.url), 'utf8');

describe('the sample with one mapping of each kind', () => {
  const table = tableIn(SAMPLE);
  const categories = categoriesOf(table);
  const sum = (category: string, name?: string): number =>
    categories.reduce((total, one, row) => {
      const column = name === undefined ? undefined : table.counters.get(name);
      return one === category ? total + (column?.[row] ?? (name === undefined ? 1 : 0)) : total;
    }, 0);

  it('tells each VMA, but for 3 MiB of malloc and the 8 KiB that the loader maps', () => {
    expect(Object.fromEntries([...new Set(categories)].map((category) => [category, sum(category)]))).toEqual({
      constants: 6,
      code: 3,
      relro: 3,
      data: 3,
      bss: 2,
      heap: 1,
      'glibc-arena': 2,
      guard: 1,
      'thread-stack': 1,
      reserved: 1,
      'executable-anonymous': 1,
      'shared-anonymous': 1,
      'sysv-shm': 1,
      'posix-shm': 1,
      memfd: 1,
      anonymous: 2,
      file: 1,
      vdso: 4,
      stack: 1,
    });
  });

  it.each([
    ['memfd', 'Rss', 128],
    ['posix-shm', 'Rss', 128],
    ['sysv-shm', 'Rss', 128],
    ['shared-anonymous', 'Rss', 128],
    ['executable-anonymous', 'Rss', 64],
    ['reserved', 'Size', 16 * 1024],
    ['thread-stack', 'Size', 8 * 1024],
    ['guard', 'Size', 4],
    ['glibc-arena', 'Size', 64 * 1024],
    ['file', 'Size', 16],
  ])('%s: %s is %i KiB, as the program has it', (category, counter, kib) => {
    expect(sum(category, counter)).toBe(kib * 1024);
  });

  it('.bss holds the 300000 bytes of the program', () => {
    expect(sum('bss', 'Private_Dirty')).toBeGreaterThanOrEqual(300_000);
  });
});

describe('parts of a program', () => {
  const LLD = `
    5000000-5001000 r--p 00000000 08:01 7 /usr/lib/libz.so.1
    5001000-5004000 r-xp 00001000 08:01 7 /usr/lib/libz.so.1
    5004000-5005000 r--p 00004000 08:01 7 /usr/lib/libz.so.1
    5005000-5006000 r--p 00004000 08:01 7 /usr/lib/libz.so.1
    5006000-5007000 rw-p 00005000 08:01 7 /usr/lib/libz.so.1
    5007000-5009000 rw-p 00000000 00:00 0
    5009000-500b000 r--p 00000000 08:01 9 /usr/lib/libz.so.data`;

  it('RELRO is before the data and behind constants; .bss right behind the data', () => {
    expect(told(LLD)).toEqual(['constants', 'code', 'constants', 'relro', 'data', 'bss', 'file']);
  });

  it('a library is one by its name, before it is seen to be executed', () => {
    expect(told('5000000-5001000 r--p 00000000 08:01 7 /lib/libonly.so.2 (deleted)')).toEqual(['constants']);
  });

  it('an area behind a hole is not .bss', () => {
    const text = `
      5000000-5001000 r-xp 00000000 08:01 7 /usr/bin/sensord
      5001000-5002000 rw-p 00001000 08:01 7 /usr/bin/sensord
      5003000-5009000 rw-p 00000000 00:00 0`;
    expect(told(text)).toEqual(['code', 'data', 'anonymous']);
  });

  it('old linkers leave pages without access between the parts', () => {
    const text = `
      5000000-5001000 r-xp 00000000 08:01 7 /usr/bin/sensord
      5001000-5200000 ---p 00001000 08:01 7 /usr/bin/sensord
      5200000-5201000 r--p 00001000 08:01 7 /usr/bin/sensord
      5201000-5202000 rw-p 00002000 08:01 7 /usr/bin/sensord`;
    expect(told(text)).toEqual(['code', 'reserved', 'relro', 'data']);
  });

  it('where pages are counted, a part of which none was copied is no RELRO', () => {
    const part = (range: string, permissions: string, anonymous: number): string =>
      `${range} ${permissions} 00000000 08:01 7 /usr/bin/sensord\nSize: 4 kB\nRss: 4 kB\nAnonymous: ${anonymous} kB\n`;
    const text = (anonymous: number): string =>
      part('05000000-05001000', 'r-xp', 0) +
      part('05001000-05002000', 'r--p', anonymous) +
      part('05002000-05003000', 'rw-p', 4);
    expect(categoriesOf(tableIn(text(0)))).toEqual(['code', 'constants', 'data']);
    expect(categoriesOf(tableIn(text(4)))).toEqual(['code', 'relro', 'data']);
  });
});

describe('runtimes that are told by addresses', () => {
  it('the shadow and the heap of AddressSanitizer', () => {
    const text = `
      7fff7000-8fff7000 rw-p 00000000 00:00 0
      8fff7000-2008fff7000 ---p 00000000 00:00 0
      2008fff7000-10007fff8000 rw-p 00000000 00:00 0
      602000000000-602000010000 rw-p 00000000 00:00 0
      7f0000000000-7f0000001000 rw-p 00000000 00:00 0`;
    expect(told(text)).toEqual(['asan-shadow', 'asan-shadow', 'asan-shadow', 'asan-heap', 'anonymous']);
  });

  it('without a shadow, the same addresses say nothing', () => {
    expect(told('602000000000-602000010000 rw-p 00000000 00:00 0')).toEqual(['anonymous']);
  });

  it("Go's heap, where the kernel keeps no names", () => {
    expect(told('c000000000-c000400000 rw-p 00000000 00:00 0')).toEqual(['go-heap']);
  });
});

it('a process of 32 bits', () => {
  const text = `
    00010000-00011000 r-xp 00000000 b3:02 7 /usr/bin/sensord
    00020000-00021000 rw-p 00000000 b3:02 7 /usr/bin/sensord
    00021000-00031000 rw-p 00000000 00:00 0 [heap]
    b6400000-b6421000 rw-p 00000000 00:00 0
    b6421000-b6500000 ---p 00000000 00:00 0
    beec9000-beeea000 rw-p 00000000 00:00 0 [stack]
    ffff0000-ffff1000 r-xp 00000000 00:00 0 [vectors]`;
  expect(told(text)).toEqual(['code', 'data', 'heap', 'glibc-arena', 'glibc-arena', 'stack', 'vdso']);
});
