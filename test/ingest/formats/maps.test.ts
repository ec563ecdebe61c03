import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { maps } from '../../../src/ingest/formats/maps.js';
import { sampleOf } from '../../../src/model/memory.js';
import { type VmaTable, vmaAt } from '../../../src/model/vma-table.js';
import { expectGoldenJson } from '../../golden.js';
import { type ReadResult, readText } from '../read-text.js';
import { referenceSmaps } from './reference-smaps.js';

const SAMPLES = new URL('../../../samples/maps/', import.meta.url);
const LEAK_EXAMPLE = readFileSync(new URL('leak-example.maps', SAMPLES), 'latin1');

function tablesOf({ readings }: ReadResult): VmaTable[] {
  return readings.map((reading) => {
    if (reading.type !== 'snapshot') throw new Error(`expected a snapshot, found a ${reading.type}`);
    return reading.table;
  });
}

const rangesOf = (table: VmaTable): string[] =>
  Array.from({ length: table.count }, (_, row) => `${vmaAt(table, row).start}-${vmaAt(table, row).end}`);

describe('maps', () => {
  for (const name of readdirSync(SAMPLES)) {
    it(`reads samples/maps/${name}`, () => {
      const text = readFileSync(new URL(name, SAMPLES));
      expect(maps.recognizes(text.toString('latin1').slice(0, 4096))).toBe(true);
      const result = readText(maps, text);
      expect([result.problems, result.rest]).toEqual([[], '']);
      const tables = tablesOf(result);
      expect(tables.map(rangesOf)).toEqual(
        referenceSmaps(text.toString('utf8')).map((vmas) => vmas.map(({ range }) => range)),
      );
      expectGoldenJson(
        `maps/${name}.json`,
        tables.map((table) => ({
          ...sampleOf(table),
          vmas: Array.from({ length: table.count }, (_, row) => Object.values(vmaAt(table, row)).join(' ')),
        })),
      );
    });
  }

  it('tells address space, and no RSS', () => {
    const [table] = tablesOf(
      readText(
        maps,
        '00400000-00402000 r-xp 00000000 fd:03 960637       /bin/bash\n00500000-00501000 rw-p 00000000 00:00 0 \n',
      ),
    );
    expect(table && sampleOf(table)).toEqual({ vmaCount: 2, vss: 12_288 });
  });

  it('takes a snapshot for another where the addresses begin again', () => {
    const tables = tablesOf(readText(maps, LEAK_EXAMPLE + LEAK_EXAMPLE));
    expect(tables.map(({ count }) => count)).toEqual([24, 24]);
    expect(tables[1]?.line[0]).toBe(25);
  });

  it('has the same with CRLF', () => {
    const tables = [LEAK_EXAMPLE, LEAK_EXAMPLE.replaceAll('\n', '\r\n')].map((text) => tablesOf(readText(maps, text)));
    expect(tables[1]).toEqual(tables[0]);
  });

  it('keeps each line that is whole, wherever it is cut', () => {
    const lines = LEAK_EXAMPLE.split(/(?<=\n)/);
    for (let cut = 1; cut <= lines.length; cut++) {
      expect(tablesOf(readText(maps, lines.slice(0, cut).join('')))[0]?.count).toBe(cut);
    }
  });

  it('takes the loose padding of qemu, and 32 bits', () => {
    const text =
      '10000-145000 r-xp 00000000 00:55 1234 /usr/bin/qemu\nffff0000-ffff1000 r-xp 00000000 00:00 0          [vectors]\n';
    const [table] = tablesOf(readText(maps, text));
    expect(table && [vmaAt(table, 0), vmaAt(table, 1)]).toMatchObject([
      { start: '00010000', pathname: '/usr/bin/qemu' },
      { start: 'ffff0000', end: 'ffff1000', pathname: '[vectors]', kind: 'kernel' },
    ]);
  });

  it('keeps the address of vsyscall exact', () => {
    const [table] = tablesOf(
      readText(maps, 'ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]\n'),
    );
    expect(table && vmaAt(table, 0)).toMatchObject({ start: 'ffffffffff600000', end: 'ffffffffff601000' });
  });

  it('reports a range that ends before it starts, and counts nothing of it', () => {
    const result = readText(
      maps,
      '00402000-00400000 r-xp 00000000 00:00 0 \n00500000-00501000 rw-p 00000000 00:00 0 \n',
    );
    expect(result.problems).toMatchObject([{ severity: 'warning', code: 'inverted-range', line: 1 }]);
    expect(tablesOf(result).map(sampleOf)).toEqual([{ vmaCount: 2, vss: 4096 }]);
  });

  it.each([
    ['smaps', '00400000-0048a000 r-xp 00000000 fd:03 960637       /bin/bash\nSize:                552 kB\n'],
    [
      'a rollup',
      '00400000-7fff0000 ---p 00000000 00:00 0                          [rollup]\nRss:                2272 kB\n',
    ],
    ['numa_maps', '559329443000 default file=/opt/demo/leak-example mapped=1 N0=1 kernelpagesize_kB=4\n'],
    ['iomem', '00000000-00000fff : Reserved\n'],
    ['a map of a tombstone', '    00400000-0048a000 r-x         0    8a000  /bin/bash\n'],
    ['addresses without end', `${'f'.repeat(500)}-${'f'.repeat(500)} r-xp 00000000 00:00 0 \n`],
  ])('does not recognize %s', (_, text) => {
    expect(maps.recognizes(text)).toBe(false);
  });
});
