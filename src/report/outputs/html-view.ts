import { siteOf } from '../../model/leaks.js';
import type { Origin } from '../../model/origin.js';
import { visible } from '../../model/problem.js';
import { clausesOf } from '../../model/statement.js';
import type { ChartSpec } from '../charts/chart.js';
import { chartValues } from '../charts/chart-values.js';
import { renderChart } from '../charts/index.js';
import type { Block, Cell, Column, Document, Row, Section, Table } from '../document.js';
import { chartIn } from '../language/chart-words.js';
import { type Language, languageOf } from '../language/languages.js';
import {
  type FormattedCell,
  formatCell,
  originsText,
  originText,
  placeText,
  symbolText,
  VERDICT_WORDS,
} from './format-cell.js';
import { formatCount } from './format-value.js';
import { packedRows } from './packed-rows.js';

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
  /** Of the attribute `lang`. */
  readonly language: string;
  readonly words: PageWords;
}

/** What the page itself says. */
export interface PageWords {
  readonly contents: string;
  readonly foot: string;
  readonly noStack: string;
  readonly filter: string;
  /** `{1}` of `{2}` rows, as report.js fills it. */
  readonly rowsLeft: string;
  readonly columns: string;
  readonly copy: string;
  readonly copyTitle: string;
  readonly copied: string;
  /** Of a choice between the values of column `{1}`: no choice. */
  readonly all: string;
  readonly values: string;
  /** How to read values off a chart. */
  readonly reading: string;
}

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

/** On paper, all tables that are cut share this many rows: a browser needs half a millisecond and 30 kB for each. */
const PRINTED_ROWS = 2000;
const LEAST_ROWS = 20;

/** On the screen, longer tables come packed: 5,000 rows of elements keep a browser busy for a second, and a file large. */
const ROWS_AS_ELEMENTS = 150;
/** Of a packed table, what can be read without the script; all packed tables share `UNSCRIPTED_ROWS`. */
const MOST_UNSCRIPTED = 100;
const UNSCRIPTED_ROWS = 2000;

/** A column is worth choosing when a table has this many. */
const MANY_COLUMNS = 6;

/** Code is narrow in a report; eight columns for each tab would push it out. */
const TAB = '    ';

/** What a block looks like depends on it. */
interface Medium {
  readonly isPaper: boolean;
  readonly rowLimit: (table: Table) => number;
  readonly language: Language;
  readonly cellElement: (cell: TableCell) => string;
}

/** Everything that the page says, on paper or on the screen. */
export function documentView(document: Document, { print, cellElement }: ViewOptions): DocumentView {
  const language = languageOf(document.language);
  const tables = allBlocks(document.sections).flatMap(tablesIn);
  const long = tables.filter(print ? isLong : isPacked);
  const rows = (print ? PRINTED_ROWS : UNSCRIPTED_ROWS) / Math.max(1, long.length);
  const share = Math.max(LEAST_ROWS, Math.floor(rows));
  const medium: Medium = {
    isPaper: print,
    language,
    cellElement,
    rowLimit: (table) => {
      if (print) return Math.min(table.printRows ?? Infinity, share);
      return isPacked(table) ? Math.min(share, MOST_UNSCRIPTED) : Infinity;
    },
  };
  return {
    language: language.id,
    words: wordsIn(language, document.generator),
    kind: document.kind,
    title: visible(document.title),
    facts: document.facts.map(({ label, cells }) => ({ label, cells: cellsOf(cells, medium) })),
    contents: document.sections.map(({ id, title, blocks }) => ({ id, title: visible(title), mark: markOf(blocks) })),
    sections: document.sections.map((section) => sectionView(section, 2, medium)),
    generator: visible(document.generator),
  };
}

function wordsIn({ say }: Language, generator: string): PageWords {
  return {
    contents: say('Contents'),
    foot: say(`Made by ${visible(generator)}. Times are UTC. 1 KiB is 1024 bytes. A dash means: not known.`),
    noStack: say('The tool printed no stack.'),
    filter: say('Filter'),
    rowsLeft: say('{1} of {2} rows'),
    columns: say('Columns'),
    copy: say('Copy'),
    copyTitle: say('Copy these rows as tab-separated text: exact numbers, amounts in bytes'),
    copied: say('Copied'),
    all: say('{1}: all'),
    values: say('Values'),
    reading: say('Point at the chart, or use the arrow keys, to read its values.'),
  };
}

function cellsOf(cells: readonly Cell[], { language }: Medium): FormattedCell[] {
  return cells.map((cell) => formatCell(cell, language));
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
      return { partial: 'prose', parts: cellsOf(block.parts, medium) };
    case 'note':
      return { partial: 'note', tone: block.tone, parts: cellsOf(block.parts, medium) };
    case 'heading':
      return { partial: 'heading', parts: cellsOf(block.parts, medium) };
    case 'facts':
      return {
        partial: 'facts',
        look: block.look ?? '',
        facts: block.facts.map(({ label, cells }) => ({ label, cells: cellsOf(cells, medium) })),
      };
    case 'tally':
      return {
        partial: 'tally',
        items: block.items.map(({ label, count }) => ({
          label,
          word: medium.language.say(VERDICT_WORDS[label]),
          count: formatCount(count),
          none: count === 0,
        })),
      };
    case 'banner':
      return {
        partial: 'banner',
        label: block.label,
        word: medium.language.say(VERDICT_WORDS[block.label]),
        parts: cellsOf(block.parts, medium),
      };
    case 'table':
      return tableView(block, medium);
    case 'chart':
      return {
        partial: 'chart',
        svg: chartIn(renderChart(block.chart), medium.language),
        // Paper is always wide.
        narrow: medium.isPaper ? '' : chartIn(renderChart(block.chart, 'narrow'), medium.language),
        caption: visible(block.caption),
        values: medium.isPaper ? undefined : valuesView(block.chart, medium),
      };
    case 'stack': {
      const site = siteOf(block.frames);
      const frames = block.frames.map((frame, index) => ({
        number: `#${index}`,
        symbol: symbolText(frame, medium.language),
        place: placeText(frame),
        module: frame.file === undefined ? '' : visible(frame.module ?? ''),
        look: frame === site ? 'frame site' : 'frame',
      }));
      return { partial: 'stack', title: visible(block.title), frames };
    }
    case 'source': {
      const { file, line, firstLine, lines } = block.excerpt;
      return {
        partial: 'source',
        title: visible(`${file}:${line}`),
        lines: lines.map((text, index) => ({
          number: String(firstLine + index),
          text: visible(text.replaceAll('\t', TAB)),
          isMeant: firstLine + index === line,
        })),
      };
    }
    case 'evidence': {
      const items = block.items.map(({ statement, rule, origins }) => ({
        ...statementView(statement),
        ...(rule !== undefined && { rule: visible(rule) }),
        origins: originsText(origins, medium.language),
        quotes: quotesOf(origins, medium),
        isFolded: !medium.isPaper && origins.some(({ quote }) => quote !== undefined),
        isSeveral: origins.length > 1,
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

/** The lines that origins point to, where they are known; on paper only the first. */
function quotesOf(
  origins: readonly Origin[],
  { isPaper }: Medium,
): { readonly place: string; readonly text: string }[] {
  const quotes = origins.flatMap((origin) =>
    origin.quote === undefined ? [] : [{ place: originText(origin), text: visible(origin.quote) }],
  );
  return isPaper ? quotes.slice(0, 1) : quotes;
}

function tableView(table: Table, { isPaper, rowLimit, language, cellElement }: Medium): BlockView {
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
    choosable: table.rows.length > 12 || table.columns.length >= MANY_COLUMNS,
  };
}

function cutText(shown: number, { rows, printRows }: Table, isPaper: boolean): string {
  const some = `${formatCount(shown)} of ${formatCount(rows.length)} rows`;
  if (isPaper) return `${some} are printed, those that weigh most; the HTML report has all`;
  const which = printRows === undefined ? 'the first' : 'those that weigh most';
  return `${some}, ${which}; with JavaScript, this table has all`;
}

/** What a chart is drawn from, as a table; its rows are what report.js reads out along the chart. */
function valuesView(chart: ChartSpec, medium: Medium): BlockView | undefined {
  const table = chartValues(chart, (text) => medium.language.say(text));
  return table && tableView(table, medium);
}

function cellView(cell: Cell, column: Column | undefined, language: Language): TableCell {
  const formatted = formatCell(cell, language);
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

function isPacked({ rows }: Table): boolean {
  return rows.length > ROWS_AS_ELEMENTS;
}

function tablesIn(block: Block): Table[] {
  return block.type === 'table' ? [block] : [];
}

function allBlocks(sections: readonly Section[]): Block[] {
  return sections.flatMap((section) => [...section.blocks, ...allBlocks(section.sections)]);
}

function markOf(blocks: readonly Block[]): string {
  const banner = blocks.find((block) => block.type === 'banner');
  return banner ? banner.label : '';
}
