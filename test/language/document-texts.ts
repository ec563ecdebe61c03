import { clausesOf } from '../../src/model/statement.js';
import { renderChart } from '../../src/report/charts/index.js';
import type { Block, Cell, Document, Section } from '../../src/report/document.js';
import { chartIn } from '../../src/report/language/chart-words.js';
import { loadLanguage } from '../../src/report/language/languages.js';
import { cellsOf, sentenceOf } from '../../src/report/language/sentence.js';

const CHINESE = await loadLanguage('zh-CN');

/** Looks up the texts of documents in the catalogue of Chinese, and keeps those that it lacks. */
export class Texts {
  readonly missing = new Set<string>();
  readonly mixed = new Set<string>();
  private count = 0;

  /** How many texts were looked up. */
  get size(): number {
    return this.count;
  }

  /** The title is the name of a capture or a program. */
  add(document: Document): void {
    this.look(document.kind);
    this.facts(document.facts);
    document.sections.forEach((section) => {
      this.section(section);
    });
  }

  private section({ title, blocks, sections }: Section): void {
    this.look(title, CHINESE.find(title, 'title') === undefined ? undefined : 'title');
    blocks.forEach((block) => {
      this.block(block);
    });
    sections.forEach((section) => {
      this.section(section);
    });
  }

  private block(block: Block): void {
    switch (block.type) {
      case 'prose':
      case 'note':
      case 'heading':
      case 'banner':
        this.sentence(block.parts);
        break;
      case 'facts':
        this.facts(block.facts);
        break;
      case 'table':
        [
          block.caption,
          block.empty,
          ...block.columns.flatMap(({ label, explanation = '' }) => [label, explanation]),
        ].forEach((text) => {
          this.look(text);
        });
        block.rows.forEach(({ cells }) => {
          cells.forEach((cell) => {
            this.cell(cell);
          });
        });
        break;
      case 'chart':
        this.look(block.caption);
        this.drawn(chartIn(renderChart(block.chart), CHINESE));
        break;
      case 'evidence':
        this.look(block.title);
        block.items
          .flatMap(({ statement }) => clausesOf(statement))
          .forEach((clause) => {
            this.look(clause);
          });
        break;
      case 'definitions':
        block.terms.forEach(({ term, text }) => {
          this.data(term);
          this.look(text);
        });
        break;
      // The titles of stacks are of the tools.
      case 'stack':
      case 'source':
      case 'tally':
        break;
    }
  }

  /** What a chart writes, and what is read of it aloud, among names and numbers. */
  private drawn(svg: string): void {
    for (const [, read, spoken = read ?? ''] of svg.matchAll(/>([^<]+)<| aria-label="([^"]+)"/g)) {
      const words = spoken.replace(PATHS, '');
      this.count++;
      if (ENGLISH_WORDS.test(words) || CHART_WORDS.test(words)) this.mixed.add(spoken);
    }
  }

  private facts(facts: readonly { readonly label: string; readonly cells: readonly Cell[] }[]): void {
    for (const { label, cells } of facts) {
      this.look(label);
      this.sentence(cells);
    }
  }

  private sentence(cells: readonly Cell[]): void {
    const english = sentenceOf(cells);
    const words = cells.some(({ type }) => type !== 'text') ? english : '';
    if (words === '') this.data(english);
    else this.look(english);
    const chinese = CHINESE.find(english);
    const told = chinese === undefined ? undefined : cellsOf(chinese, cells);
    if (chinese !== undefined && !told) this.missing.add(`${english} (a cell is lost or doubled in "${chinese}")`);
    if (words !== '' && told?.some((cell) => cell.type === 'text' && ENGLISH_WORDS.test(cell.text))) {
      this.mixed.add(`${english} → ${chinese ?? ''}`);
    }
    cells.forEach((cell) => {
      if (cell.type !== 'text') this.cell(cell);
    });
  }

  private cell(cell: Cell): void {
    switch (cell.type) {
      case 'text':
      case 'strong':
        this.data(cell.text);
        break;
      case 'change':
        this.look(cell.word);
        break;
      case 'count':
        cell.noun?.forEach((noun) => {
          this.look(noun, 'noun');
        });
        break;
      default:
        break;
    }
  }

  /** A single word may be a name; the source is searched for those that are not. */
  private data(text: string): void {
    if (/\p{L}{2} \p{L}/u.test(text)) this.look(text);
  }

  private look(text: string, kind?: string): void {
    if (text === '') return;
    this.count++;
    const chinese = CHINESE.find(text, kind);
    if (chinese !== undefined && ENGLISH_WORDS.test(chinese.replace(QUOTED, '')))
      this.mixed.add(`${text} → ${chinese}`);
    if (chinese === undefined) this.missing.add(text.replace(/\ufdd0(\d+)\ufdd1/g, '{$1:cell}'));
  }
}

/** What a capture says, in quotes. */
const QUOTED = /“[^”]*”|"[^"]*"/g;

/** Three words in a row are no name, nor is a word between blanks that only sentences have: a hole took them. */
const ENGLISH_WORDS =
  /(?<![\p{L}/])[a-z]{2,} [a-z]{2,} [a-z]{2,}|(?<=[\s,]|^)(?:in|of|and|with|from|blocks?|bytes?|samples?)(?=[\s,]|$)/u;

/** Of charts, in which names stand that are none of ours: those of files are left out. */
const CHART_WORDS =
  /(?<![\w-])(?:instants|resident|private|snapshot|VMAs|unnamed|since|over|trend|of|others|sample)(?![\w-])|^Private/;
const PATHS = /\/[^，]*/g;
