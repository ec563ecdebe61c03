import { visible } from '../../model/problem.js';
import type { Cell, Column, Row, Table } from '../document.js';
import type { Language } from '../language/languages.js';
import { formatCell } from './format-cell.js';
import { formatCount, formatZoneless } from './format-value.js';
import type { BlockView, Medium, TableCell } from './medium.js';
import { packedRows } from './packed-rows.js';

/** Columns are worth choosing, and rows worth copying, where there are many. */
const MANY_COLUMNS = 6;
const FEW_ROWS = 3;

/** A table as blocks/table.hbs takes it. */
export function tableView(table: Table, { isPaper, rowLimit, language, cellElement }: Medium): BlockView {
  const limit = rowLimit(table);
  const rows = table.rows.length > limit ? heaviest(table.rows, limit) : table.rows;
  const cellsOfRow = ({ cells }: Row): TableCell[] =>
    cells.map((cell, index) => cellView(cell, table.columns[index], language));
  const isCut = rows.length < table.rows.length;
  return {
    partial: 'table',
    caption: visible(table.caption),
    cut: isCut ? language.say(cutText(rows.length, table, isPaper)) : '',
    empty: table.rows.length === 0 ? table.empty : '',
    columns: table.columns.map((column) => ({
      label: column.label,
      explanation: column.explanation ?? '',
      look: columnLook(column),
      facet: column.facet ?? false,
    })),
    rows: rows.map((row) => ({ cells: cellsOfRow(row) })),
    packed: isCut && !isPaper ? packedRows(table, (cell, column) => cellElement(cellView(cell, column, language))) : '',
    sortable: table.rows.length > 2,
    filterable: table.rows.length > 12,
    choosable: table.rows.length > FEW_ROWS && (table.rows.length > 12 || table.columns.length >= MANY_COLUMNS),
  };
}

function cutText(shown: number, { rows, printRows }: Table, isPaper: boolean): string {
  const some = `${formatCount(shown)} of ${formatCount(rows.length)} rows`;
  if (isPaper) return `${some} are printed, those that weigh most; the HTML report has all`;
  const which = printRows === undefined ? 'the first' : 'those that weigh most';
  return `${some}, ${which}; with JavaScript, this table has all`;
}

function cellView(cell: Cell, column: Column | undefined, language: Language): TableCell {
  const formatted = formatCell(cell, language);
  // The foot of the page says that times are UTC: a column of them is narrower without it.
  if (cell.type === 'time') formatted.text = formatZoneless(cell.value);
  const look = column ? columnLook(column) : '';
  // A plain value wears its look on the table cell itself: a third of the bytes of a long table.
  const bare = formatted.svg === '' && formatted.mark === '' && formatted.href === '';
  return { ...formatted, bare, column: bare || formatted.svg !== '' ? `${look} ${formatted.look}`.trim() : look };
}

/** Columns that never wrap are the rule, and need no class. */
function columnLook(column: Column): string {
  const shape = column.shape === undefined || column.shape === 'plain' ? '' : column.shape;
  return column.align === 'right' ? `${shape} right`.trim() : shape;
}

function heaviest(rows: readonly Row[], limit: number): Row[] {
  const kept = new Set(rows.toSorted((a, b) => (b.weight ?? 0) - (a.weight ?? 0)).slice(0, limit));
  return rows.filter((row) => kept.has(row));
}
