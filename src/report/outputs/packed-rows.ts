import { deflateSync } from 'node:zlib';
import type { Cell, Column, Table } from '../document.js';

/** A column in which cells are alike: each different one once, and for each row the number of it. */
interface ListedColumn {
  readonly cells: readonly string[];
  readonly rows: string;
}

/**
 * A column of address ranges in ascending order: of each the distance from the end of the one before and the length,
 * hexadecimal, an empty distance for none. Its cells are all like `cell`.
 */
interface RangeColumn {
  readonly cell: string;
  readonly ranges: string;
}

/** A table cell as the templates write it. */
export type ElementOf = (cell: Cell, column: Column) => string;

/**
 * The rows of a table for report.js: JSON, deflated, as Base64. 10,000 VMAs take about 150 kB so, and 8 MB as elements
 * of the page.
 */
export function packedRows({ columns, rows }: Table, elementOf: ElementOf): string {
  const packed = columns.map((column, at) => {
    const cells = rows.flatMap((row) => row.cells[at] ?? []);
    const toElement = (cell: Cell): string => elementOf(cell, column);
    return rangesOf(cells, toElement) ?? listed(cells, toElement);
  });
  // Templates escape "=", which a script element would not give back; at the end, it says nothing.
  return deflateSync(JSON.stringify(packed)).toString('base64').replace(/=+$/, '');
}

function listed(cells: readonly Cell[], elementOf: (cell: Cell) => string): ListedColumn {
  const numbers = new Map<string | number, number>();
  const elements: string[] = [];
  const rows = cells.map((cell) => {
    // Most columns are of one type and hold numbers or texts, in which no number looks like a text.
    const key = cell.type === 'bytes' ? cell.value : cell.type === 'code' ? `code ${cell.text}` : JSON.stringify(cell);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, elements.length);
    return elements.push(elementOf(cell)) - 1;
  });
  return { cells: elements, rows: rows.join(',') };
}

function rangesOf(cells: readonly Cell[], elementOf: (cell: Cell) => string): RangeColumn | undefined {
  const ranges: string[] = [];
  let last = 0n;
  for (const cell of cells) {
    if (cell.type !== 'address' || cell.end === undefined) return undefined;
    const [start, end] = [addressIn(cell.start), addressIn(cell.end)];
    if (start === undefined || end === undefined || start < last || end < start) return undefined;
    ranges.push(`${start === last ? '' : (start - last).toString(16)},${(end - start).toString(16)}`);
    last = end;
  }
  const [first] = cells;
  return first && { cell: elementOf(first), ranges: ranges.join(';') };
}

/** Nothing where the digits would not come back as they were printed. */
function addressIn(digits: string): bigint | undefined {
  if (!/^[\da-f]{1,16}$/.test(digits)) return undefined;
  const address = BigInt(`0x${digits}`);
  return address.toString(16).padStart(8, '0') === digits ? address : undefined;
}
