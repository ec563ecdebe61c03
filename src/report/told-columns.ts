import type { Block, Cell, Column } from './document.js';

/** A table without the columns that say nothing of any row; other blocks as they are. */
export function withToldColumns(block: Block): Block {
  if (block.type !== 'table' || block.rows.length === 0) return block;
  const { columns, rows } = block;
  const told = columns.map((column, at) => rows.some(({ cells }) => isTold(cells[at], column)));
  if (!told.includes(false)) return block;
  return {
    ...block,
    columns: columns.filter((_, at) => told[at]),
    rows: rows.map((row) => ({ ...row, cells: row.cells.filter((_, at) => told[at]) })),
  };
}

function isTold(cell: Cell | undefined, { isOptional }: Column): boolean {
  if (cell === undefined || cell.type === 'unknown') return false;
  if (cell.type === 'text') return cell.text !== '';
  return !(isOptional && 'value' in cell && cell.value === 0);
}
