import type { Block, Document, Section, Table } from '../document.js';
import { type Language, languageOf } from '../language/languages.js';
import type { FormattedCell } from './format-cell.js';

/**
 * A document as the templates take it: plain objects, every value formatted, every key present.
 * `partial` names the block's file in templates/blocks.
 */
export type BlockView = { readonly partial: string } & Readonly<Record<string, unknown>>;

/** A cell as a table of the page prints it. */
export interface TableCell extends FormattedCell {
  /** The classes of its column, and its own where it is bare. */
  readonly column: string;
  /** Whether it is nothing but text. */
  readonly bare: boolean;
}

/** What a view needs of the templates. */
export interface ViewOptions {
  /** Long tables are cut to what paper bears, and say so. */
  readonly print: boolean;
  /** A table cell as the templates write it. */
  readonly cellElement: (cell: TableCell) => string;
}

/** What a block looks like depends on it. */
export interface Medium {
  readonly isPaper: boolean;
  readonly rowLimit: (table: Table) => number;
  readonly language: Language;
  readonly cellElement: (cell: TableCell) => string;
}

/** On paper, all tables that are cut, but those of the first page, share this many rows: a browser needs half a millisecond and 30 kB for each. */
const PRINTED_ROWS = 400;
const LEAST_ROWS = 20;

/** On the screen, longer tables come packed: 5,000 rows of elements keep a browser busy for a second, and a file large. */
const ROWS_AS_ELEMENTS = 150;
/** Of a packed table, what can be read without the script; all packed tables share `UNSCRIPTED_ROWS`. */
const MOST_UNSCRIPTED = 100;
const UNSCRIPTED_ROWS = 2000;

/** Of the screen or of paper, with what the tables of the document leave to each other. */
export function mediumOf(document: Document, { print, cellElement }: ViewOptions): Medium {
  const tables = allBlocks(document.sections).flatMap(tablesIn);
  const long = tables.filter(print ? isLong : isPacked);
  const rows = (print ? PRINTED_ROWS : UNSCRIPTED_ROWS) / Math.max(1, long.length);
  const share = Math.max(LEAST_ROWS, Math.floor(rows));
  return {
    isPaper: print,
    language: languageOf(document.language),
    cellElement,
    rowLimit: (table) => {
      if (print) return Math.min(table.printRows ?? Infinity, table.isLead ? Infinity : share);
      return isPacked(table) ? Math.min(share, MOST_UNSCRIPTED) : Infinity;
    },
  };
}

function isLong(table: Table): boolean {
  return table.printRows !== undefined && !table.isLead && table.rows.length > LEAST_ROWS;
}

function isPacked({ rows }: Table): boolean {
  return rows.length > ROWS_AS_ELEMENTS;
}

function tablesIn(block: Block): Table[] {
  return block.type === 'table' ? [block] : [];
}

function allBlocks(sections: readonly Section[]): Block[] {
  return sections.flatMap((section) => [...section.blocks, ...allBlocks(section.sections)]);
}
