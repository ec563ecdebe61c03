import { expect, it } from 'vitest';
import { packedTable, unpackedTable } from '../../src/correlate/packed-table.js';
import { emptyTable, type VmaTable } from '../../src/model/vma-table.js';

/** Rows with what a kernel may print, and what no kernel prints. */
function table(): VmaTable {
  return {
    ...emptyTable(),
    count: 4,
    start: Float64Array.of(0x5581_2e7c_4000, 0x7f00_0000_0000, 0xffff_ffff_ff60_0000, 8192),
    end: Float64Array.of(0x5581_2e7c_5000, 0x7f10_0000_0000, 0xffff_ffff_ff60_1000, 4096),
    permissions: Uint8Array.of(1, 3, 5, 8),
    offset: Float64Array.of(0, 2 ** 45, 0, 4096),
    inode: Float64Array.of(0, 2 ** 40 + 1, 7, 0),
    path: Uint32Array.of(0, 1, 2, 0),
    line: Uint32Array.of(1, 26, 51, 76),
    paths: ['', '/usr/bin/sensord', '[vsyscall]'],
    counters: new Map([
      ['Rss', Float64Array.of(4096, 2 ** 34 * 1024, 0, 1024)],
      ['Pss', Float64Array.of(1, 2 ** 33, 0.5, 0)],
      ['Swap', new Float64Array(4)],
      ['Referenced', Float64Array.of(1, 2, 3, 2 ** 32 - 1)],
    ]),
  };
}

it('comes out as it went in', () => {
  expect(unpackedTable(packedTable(table()))).toStrictEqual(table());
});

it('takes no rows of a reader that are not of the snapshot', () => {
  const { counters, ...arrays } = table();
  const longer = { ...arrays, count: 2, counters };
  const unpacked = unpackedTable(packedTable(longer));
  expect([...unpacked.start]).toEqual([...arrays.start.subarray(0, 2)]);
  expect([...(unpacked.counters.get('Rss') ?? [])]).toEqual([4096, 2 ** 44]);
});

it('takes a word for what is in whole kB, and none for what is zero', () => {
  const rows = 100;
  const column = (value: number): Float64Array => new Float64Array(rows).fill(value);
  const words = (value: number): number => {
    const counters = new Map([['Rss', column(value)]]);
    return packedTable({ ...emptyTable(), count: rows, start: column(0), end: column(0), counters }).words.length;
  };
  expect([words(0), words(4096), words(0.5)].map((count) => count - words(0))).toEqual([0, rows, 2 * rows]);
});
