import { siteOf } from '../../model/leaks.js';
import { visible } from '../../model/problem.js';
import { clausesOf } from '../../model/statement.js';
import { renderChart } from '../charts/index.js';
import type { Block, Cell, Column, Document, Row, Section, Table } from '../document.js';
import { type FormattedCell, formatCell, originsText, placeText, symbolText, VERDICT_WORDS } from './format-cell.js';
import { formatCount } from './format-value.js';

/**
 * A document as the templates take it: plain objects, every value formatted, every key present.
 * `partial` names the block's file in templates/blocks.
 */
export type BlockView = { readonly partial: string } & Readonly<Record<string, unknown>>;

export interface SectionView {
  readonly id: string;
  readonly title: string;
  /** 2 or 3: h2 or h3. */
  readonly level: number;
  readonly isTop: boolean;
  /** Whether it is all about one program: begins a page of its own on paper. */
  readonly isProgram: boolean;
  readonly blocks: readonly BlockView[];
  readonly sections: readonly SectionView[];
}

export interface DocumentView {
  readonly kind: string;
  readonly title: string;
  readonly facts: readonly { readonly label: string; readonly cells: readonly FormattedCell[] }[];
  readonly contents: readonly { readonly id: string; readonly title: string; readonly mark: string }[];
  readonly sections: readonly SectionView[];
  readonly generator: string;
}

/** On paper, all tables that are cut share this many rows: a browser needs half a millisecond and 30 kB for each. */
const PRINTED_ROWS = 2000;
const LEAST_ROWS = 20;

/** What a block looks like depends on it. */
interface Medium {
  readonly isPaper: boolean;
  readonly rowLimit: (table: Table) => number;
}

/** With `print`, long tables are cut to what paper bears, and say so. */
export function documentView(document: Document, print: boolean): DocumentView {
  const long = print ? allBlocks(document.sections).filter((block) => block.type === 'table' && isLong(block)) : [];
  const share = Math.max(LEAST_ROWS, Math.floor(PRINTED_ROWS / Math.max(1, long.length)));
  const medium: Medium = {
    isPaper: print,
    rowLimit: (table) => (print ? Math.min(table.printRows ?? Infinity, Math.max(share, LEAST_ROWS)) : Infinity),
  };
  return {
    kind: document.kind,
    title: visible(document.title),
    facts: document.facts.map(({ label, cells }) => ({ label, cells: cells.map(formatCell) })),
    contents: document.sections.map(({ id, title, blocks }) => ({ id, title: visible(title), mark: markOf(blocks) })),
    sections: document.sections.map((section) => sectionView(section, 2, medium)),
    generator: visible(document.generator),
  };
}

function sectionView(section: Section, level: number, medium: Medium): SectionView {
  return {
    id: section.id,
    title: visible(section.title),
    level,
    isTop: level === 2,
    isProgram: section.sections.length > 0 && markOf(section.blocks) !== '',
    blocks: section.blocks.map((block) => blockView(block, medium)),
    sections: section.sections.map((child) => sectionView(child, level + 1, medium)),
  };
}

function blockView(block: Block, medium: Medium): BlockView {
  switch (block.type) {
    case 'prose':
      return { partial: 'prose', parts: block.parts.map(formatCell) };
    case 'note':
      return { partial: 'note', tone: block.tone, parts: block.parts.map(formatCell) };
    case 'heading':
      return { partial: 'heading', parts: block.parts.map(formatCell) };
    case 'facts':
      return {
        partial: 'facts',
        facts: block.facts.map(({ label, cells }) => ({ label, cells: cells.map(formatCell) })),
      };
    case 'tally':
      return {
        partial: 'tally',
        items: block.items.map(({ label, count }) => ({
          label,
          word: VERDICT_WORDS[label],
          count: formatCount(count),
          none: count === 0,
        })),
      };
    case 'banner':
      return {
        partial: 'banner',
        label: block.label,
        word: VERDICT_WORDS[block.label],
        parts: block.parts.map(formatCell),
      };
    case 'table':
      return tableView(block, medium.rowLimit(block));
    case 'chart':
      return {
        partial: 'chart',
        svg: renderChart(block.chart),
        // Paper is always wide.
        narrow: medium.isPaper ? '' : renderChart(block.chart, 'narrow'),
        caption: visible(block.caption),
      };
    case 'stack': {
      const site = siteOf(block.frames);
      const frames = block.frames.map((frame, index) => ({
        number: `#${index}`,
        symbol: symbolText(frame),
        place: placeText(frame),
        module: frame.file === undefined ? '' : visible(frame.module ?? ''),
        look: frame === site ? 'frame site' : 'frame',
      }));
      return { partial: 'stack', title: visible(block.title), frames };
    }
    case 'evidence': {
      const items = block.items.map(({ statement, rule, origins }) => ({
        ...statementView(statement),
        rule: visible(rule),
        origins: originsText(origins),
      }));
      return { partial: 'evidence', title: block.title, tone: block.tone, items };
    }
    case 'definitions':
      return { partial: 'definitions', terms: block.terms };
  }
}

/** Rules write a sentence and, behind semicolons, their remarks on it. */
function statementView(text: string): { readonly statement: string; readonly remarks: readonly string[] } {
  const [statement = '', ...remarks] = clausesOf(text);
  return { statement: visible(statement), remarks: remarks.map(visible) };
}

function tableView(table: Table, limit: number): BlockView {
  const rows = table.rows.length > limit ? heaviest(table.rows, limit) : table.rows;
  const cut =
    rows.length < table.rows.length
      ? `${formatCount(rows.length)} of ${formatCount(table.rows.length)} rows are printed, those that weigh most; the HTML report has all`
      : '';
  return {
    partial: 'table',
    caption: visible(table.caption),
    cut,
    empty: table.rows.length === 0 ? table.empty : '',
    columns: table.columns.map((column) => ({
      label: column.label,
      explanation: column.explanation ?? '',
      look: columnLook(column),
    })),
    rows: rows.map((row) => ({ cells: row.cells.map((cell, index) => cellView(cell, table.columns[index])) })),
    sortable: table.rows.length > 2,
    filterable: table.rows.length > 12,
  };
}

function cellView(
  cell: Cell,
  column: Column | undefined,
): FormattedCell & { readonly column: string; readonly bare: boolean } {
  const formatted = formatCell(cell);
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

function isLong(table: Table): boolean {
  return table.printRows !== undefined && table.rows.length > LEAST_ROWS;
}

function allBlocks(sections: readonly Section[]): Block[] {
  return sections.flatMap((section) => [...section.blocks, ...allBlocks(section.sections)]);
}

function markOf(blocks: readonly Block[]): string {
  const banner = blocks.find((block) => block.type === 'banner');
  return banner ? banner.label : '';
}
