import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cell, Table } from '../../src/report/document.js';
import { packedRows } from '../../src/report/outputs/packed-rows.js';

type Packed = { readonly cells?: string[]; readonly rows?: string; readonly cell?: string; readonly ranges?: string }[];

describe('packedRows', () => {
  it('gives each row its cells back, whatever they are', () => {
    const cell = fc.oneof<fc.Arbitrary<Cell>[]>(
      fc.string({ unit: 'binary' }).map((text) => ({ type: 'code', text })),
      fc.integer().map((value) => ({ type: 'bytes', value })),
      fc.integer().map((value) => ({ type: 'growth', value })),
      fc.constantFrom<Cell>({ type: 'unknown' }, { type: 'code', text: '5' }, { type: 'bytes', value: 5 }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 40 }), (rows) => {
        const columns = unpack(packedRows(tableOf(rows), (one) => JSON.stringify(one)));
        columns.forEach(({ cells = [], rows: numbers = '' }, column) => {
          const back = numbers.split(',').map((at) => cells[Number(at)]);
          expect(back).toEqual(rows.map((row) => JSON.stringify(row[column])));
          expect(new Set(cells).size).toBe(cells.length);
        });
      }),
    );
  });

  it('tells ascending address ranges by their distances and lengths', () => {
    const packed = packedRows(
      tableOf([
        [range('00400000', '00401000')],
        [range('00401000', '00403000')],
        [range('7f3a1c000000', '7f3a1c021000')],
        [range('ffffffffff600000', 'ffffffffff601000')],
      ]),
      () => 'cell',
    );
    expect(unpack(packed)).toEqual([
      { cell: 'cell', ranges: '400000,1000;,2000;7f3a1bbfd000,21000;ffff80c5e35df000,1000' },
    ]);
  });

  it.each([
    ['they overlap', [range('00400000', '00402000'), range('00401000', '00403000')]],
    ['one ends before it starts', [range('00402000', '00400000')]],
    ['digits are missing', [range('400000', '401000')]],
    ['there are other digits', [range('0040000G', '00401000')]],
    ['there are too many', [range('10000000000000000', '10000000000001000')]],
    ['an end is not known', [{ type: 'address', start: '00400000' } as const]],
    ['one is none', [range('00400000', '00402000'), { type: 'unknown' } as const]],
  ])('lists them where %s', (_why, cells) => {
    const [column] = unpack(packedRows(tableOf(cells.map((cell) => [cell])), (one) => JSON.stringify(one)));
    expect(column?.cells).toEqual(cells.map((cell) => JSON.stringify(cell)));
  });

  it('is text that a template leaves as it is', () => {
    for (let length = 1; length < 9; length++) {
      const rows = tableOf(Array.from({ length }, (_, at) => [{ type: 'code', text: '<&>"='.repeat(at) } as const]));
      expect(packedRows(rows, (cell) => JSON.stringify(cell))).toMatch(/^[\w+/]+$/);
    }
  });
});

function tableOf(rows: readonly (readonly Cell[])[]): Table {
  const columns = (rows[0] ?? []).map((_cell, at) => ({ label: String(at) }));
  return { type: 'table', caption: '', columns, rows: rows.map((cells) => ({ cells })), empty: '' };
}

function range(start: string, end: string): Cell {
  return { type: 'address', start, end };
}

function unpack(packed: string): Packed {
  return JSON.parse(inflateSync(Buffer.from(packed, 'base64')).toString('utf8')) as Packed;
}
