import { describe, expect, it } from 'vitest';
import { bytes, code, text, UNKNOWN } from '../../src/report/cells.js';
import type { Cell, Column, Table } from '../../src/report/document.js';
import { withToldColumns } from '../../src/report/told-columns.js';

function table(columns: readonly Column[], ...rows: readonly Cell[][]): Table {
  return { type: 'table', caption: '', columns, rows: rows.map((cells) => ({ cells, weight: 1 })), empty: '' };
}

const labelsOf = (block: ReturnType<typeof withToldColumns>): string[] =>
  block.type === 'table' ? block.columns.map(({ label }) => label) : [];

describe('columns of a table', () => {
  it('are left out, with their cells, where nothing is known or said in any row', () => {
    const columns = ['Program', 'Lost at', 'Errors', 'Rate'].map((label) => ({ label }));
    const told = withToldColumns(
      table(columns, [code('a'), UNKNOWN, text(''), UNKNOWN], [code('b'), UNKNOWN, text(''), bytes(0)]),
    );
    expect(told).toMatchObject({
      columns: [{ label: 'Program' }, { label: 'Rate' }],
      rows: [
        { cells: [code('a'), UNKNOWN], weight: 1 },
        { cells: [code('b'), bytes(0)], weight: 1 },
      ],
    });
  });

  it('are left out where all are zero only if that goes without saying', () => {
    const columns = [{ label: 'RSS' }, { label: 'Swap', isOptional: true as const }];
    expect(labelsOf(withToldColumns(table(columns, [bytes(0), bytes(0)], [bytes(0), UNKNOWN])))).toEqual(['RSS']);
    expect(labelsOf(withToldColumns(table(columns, [bytes(0), bytes(0)], [UNKNOWN, bytes(1)])))).toHaveLength(2);
  });

  it('all stay where there is no row', () => {
    expect(labelsOf(withToldColumns(table([{ label: 'Program' }])))).toEqual(['Program']);
  });
});
