import { siteOf } from '../../model/leaks.js';
import type { Origin } from '../../model/origin.js';
import { visible } from '../../model/problem.js';
import { clausesOf } from '../../model/statement.js';
import type { ChartSpec } from '../charts/chart.js';
import { chartValues } from '../charts/chart-values.js';
import { renderChart } from '../charts/index.js';
import type { Block, Cell, Document, Section } from '../document.js';
import { chartIn } from '../language/chart-words.js';
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
import { type BlockView, type Medium, mediumOf, type ViewOptions } from './medium.js';
import { type PageWords, wordsIn } from './page-words.js';
import { tableView } from './table-view.js';

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

/** Code is narrow in a report; eight columns for each tab would push it out. */
const TAB = '    ';

/** Everything that the page says, on paper or on the screen. */
export function documentView(document: Document, options: ViewOptions): DocumentView {
  const medium = mediumOf(document, options);
  const { language } = medium;
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
    blocks: section.blocks.flatMap((block) => (isLeftOut(block, medium) ? [] : blockView(block, medium, level))),
    sections: section.sections.map((child) => sectionView(child, level + 1, medium)),
  };
}

function isLeftOut(block: Block, { isPaper }: Medium): boolean {
  return isPaper && block.type === 'table' && block.printRows === 0;
}

/** @param level of the heading of its section */
function blockView(block: Block, medium: Medium, level: number): BlockView {
  switch (block.type) {
    case 'prose':
      return { partial: 'prose', parts: cellsOf(block.parts, medium) };
    case 'note':
      return { partial: 'note', tone: block.tone, parts: cellsOf(block.parts, medium) };
    case 'heading':
      return { partial: 'heading', isUnderTop: level === 2, parts: cellsOf(block.parts, medium) };
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

/** The lines that origins point to, where they are known; on paper two: of growth its beginning and its end. */
function quotesOf(
  origins: readonly Origin[],
  { isPaper }: Medium,
): { readonly place: string; readonly text: string }[] {
  const quotes = origins.flatMap((origin) =>
    origin.quote === undefined ? [] : [{ place: originText(origin), text: visible(origin.quote) }],
  );
  return isPaper ? quotes.slice(0, QUOTES_ON_PAPER) : quotes;
}

const QUOTES_ON_PAPER = 2;

/** What a chart is drawn from, as a table; its rows are what report.js reads out along the chart. */
function valuesView(chart: ChartSpec, medium: Medium): BlockView | undefined {
  const table = chartValues(chart, (text) => medium.language.say(text));
  return table && tableView(table, medium);
}

function markOf(blocks: readonly Block[]): string {
  const banner = blocks.find((block) => block.type === 'banner');
  return banner ? banner.label : '';
}
