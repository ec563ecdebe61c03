import type { StackFrame } from '../../model/leaks.js';
import { visible } from '../../model/problem.js';
import { clausesOf } from '../../model/statement.js';
import type { Block, Cell, Document, Fact, Section, Table } from '../document.js';
import { type Language, languageOf } from '../language/languages.js';
import { fittingParts, type TextPart } from './fitting-parts.js';
import { formatCell, originsText, placeText, symbolText, VERDICT_WORDS } from './format-cell.js';
import { formatCount } from './format-value.js';

/** How a markup language writes what a document has. Texts come as they are to be read, but where they are `marked`. */
export interface Markup {
  /** The most characters that a tracker takes for one text. */
  readonly limit: number;
  /** Text as it is to be read → text that holds no markup. */
  escape(text: string): string;
  code(text: string): string;
  strong(text: string): string;
  heading(level: number, marked: string): string;
  /** A line of a list; `depth` from 0. */
  item(depth: number, marked: string): string;
  preformatted(lines: readonly string[]): string;
  table(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): string;
}

export interface TableColumn {
  readonly label: string;
  readonly right: boolean;
}

/** More rows make a ticket unreadable; the HTML report and the JSON have all of them. */
const MOST_ROWS = 20;
/** The same for the lines of a stack, and for the characters of one name. */
const MOST_FRAMES = 16;
const MOST_CHARACTERS = 1000;

/**
 * A document as text for a ticket: headings, lists, tables and stacks, without its charts and its glossary.
 *
 * What came from a capture is escaped, so that it makes no markup, no link and no mention. No longer than the tracker
 * takes: what is left out is named.
 */
export function renderMarkup(document: Document, markup: Markup): string {
  return new MarkupWriter(markup, languageOf(document.language)).whole(document);
}

class MarkupWriter {
  constructor(
    private readonly markup: Markup,
    private readonly language: Language,
  ) {}

  whole(document: Document): string {
    const { markup, language } = this;
    const title = `${markup.escape(document.kind)}: ${this.code(document.title)}`;
    const head = [markup.heading(1, title), this.facts(document.facts)].filter((text) => text !== '');
    const foot = markup.escape(
      language.say(
        `Made by ${visible(document.generator)}. Times are UTC. 1 KiB is 1024 bytes. A dash means: not known.`,
      ),
    );
    const parts = document.sections.flatMap((section) => this.parts(section, 0));
    const { kept, left } = fittingParts(parts, markup.limit - `${[...head, foot].join(GAP)}${GAP}`.length, (titles) =>
      this.leftOut(titles),
    );
    const cut = left.length === 0 ? [] : [this.leftOut(left)];
    return `${[...head, ...kept, ...cut, foot].join(GAP)}\n`;
  }

  private leftOut(titles: readonly string[]): string {
    const { markup, language } = this;
    const shown = titles.slice(0, TITLES_NAMED).map((title) => cutText(visible(title), TITLE_CHARACTERS));
    const more = titles.length - shown.length;
    const names = more > 0 ? `${shown.join(', ')}${language.say(` and ${formatCount(more)} more`)}` : shown.join(', ');
    return markup.escape(
      `${language.say(`To stay within ${formatCount(markup.limit)} characters, these parts are left out:`)} ${names}.`,
    );
  }

  /** A section's own blocks, then its sections; nothing for what would be a heading alone. */
  private parts(section: Section, depth: number): TextPart[] {
    const level = depth + 2;
    const blocks = section.blocks
      .map((block, index) => {
        // Two lists with a blank line between them are one whose items stand apart.
        const goesOn = block.type === 'facts' && section.blocks.slice(0, index).findLast(isWritten)?.type === 'facts';
        const text = this.block(block, level + 1);
        return text === '' ? '' : `${goesOn ? '\n' : GAP}${text}`;
      })
      .join('');
    const inner = section.sections.flatMap((one) => this.parts(one, depth + 1));
    if (blocks === '' && inner.length === 0) return [];
    const heading = this.markup.heading(level, this.text(section.title));
    return [{ title: section.title, depth, text: `${heading}${blocks}` }, ...inner];
  }

  private block(block: Block, level: number): string {
    const { markup, language } = this;
    switch (block.type) {
      case 'prose':
      case 'note':
        return this.line(block.parts);
      case 'heading':
        return markup.heading(level, this.line(block.parts));
      case 'banner': {
        const word = language.say(VERDICT_WORDS[block.label]).toUpperCase();
        return `${markup.strong(word)} ${this.line(block.parts)}`;
      }
      case 'tally':
        return block.items
          .map(({ label, count }) => {
            const word = markup.escape(language.say(VERDICT_WORDS[label]));
            return `${markup.strong(formatCount(count))} ${word}`;
          })
          .join(', ');
      case 'facts':
        return this.facts(block.facts);
      case 'table':
        return this.table(block);
      case 'stack': {
        const frames = block.frames.slice(0, MOST_FRAMES).map((frame) => this.frameLine(frame));
        const more = block.frames.length - frames.length;
        const end = more > 0 ? [`… ${formatCount(more)}`] : [];
        return frames.length === 0
          ? `${this.text(block.title)}: ${markup.escape(language.say('The tool printed no stack.'))}`
          : `${this.text(block.title)}${GAP}${markup.preformatted([...frames, ...end])}`;
      }
      case 'source': {
        const { file, line, firstLine, lines } = block.excerpt;
        const numbered = lines.map((text, index) => {
          const number = firstLine + index;
          return cutText(`${number === line ? '>' : ' '} ${number}  ${visible(text.replaceAll('\t', '    '))}`);
        });
        return `${this.code(`${file}:${line}`)}${GAP}${markup.preformatted(numbered)}`;
      }
      case 'evidence': {
        const items = block.items.flatMap(({ statement, origins }) => {
          const [first = '', ...remarks] = clausesOf(statement).map((clause) => this.text(clause));
          const where = origins.length === 0 ? [] : [markup.item(1, this.code(originsText(origins, language)))];
          return [markup.item(0, first), ...remarks.map((remark) => markup.item(1, remark)), ...where];
        });
        return `${markup.strong(visible(block.title))}${GAP}${items.join('\n')}`;
      }
      case 'definitions':
      case 'chart':
        return '';
    }
  }

  private facts(facts: readonly Fact[]): string {
    return facts
      .map(({ label, cells }) => this.markup.item(0, `${this.markup.strong(label)} ${this.line(cells)}`))
      .join('\n');
  }

  private table({ caption, columns, rows, empty }: Table): string {
    const { markup, language } = this;
    if (rows.length === 0) return markup.escape(empty);
    const isKept = columns.map((_, index) => rows.some(({ cells }) => !DRAWN.has(cells[index]?.type ?? 'unknown')));
    const kept = heaviest(rows);
    const lines = kept.map(({ cells }) => cells.filter((_, index) => isKept[index]).map((cell) => this.line([cell])));
    const heads = columns
      .filter((_, index) => isKept[index])
      .map(({ label, align }) => ({ label: markup.escape(label), right: align === 'right' }));
    const cut =
      kept.length < rows.length
        ? ` (${language.say(`${formatCount(kept.length)} of ${formatCount(rows.length)} rows`)})`
        : '';
    return `${this.text(`${caption}${cut}`)}${GAP}${markup.table(heads, lines)}`;
  }

  /** Cells that stand in one line. */
  private line(cells: readonly Cell[]): string {
    return cells
      .map((cell) => this.cell(cell))
      .join('')
      .trim();
  }

  /** Formatted texts are visible already: no control character, no line break. */
  private cell(cell: Cell): string {
    const { markup, language } = this;
    const text = cutText(formatCell(cell, language).text);
    switch (cell.type) {
      case 'code':
      case 'frame':
      case 'origins':
      case 'address':
        return text === '' ? '' : markup.code(text);
      case 'strong':
      case 'verdict':
      case 'change':
        return text === '' ? '' : markup.strong(text);
      default:
        return markup.escape(text);
    }
  }

  private text(text: string): string {
    return this.markup.escape(cutText(visible(text))).trim();
  }

  private code(text: string): string {
    return text === '' ? '' : this.markup.code(cutText(visible(text)));
  }

  private frameLine(frame: StackFrame): string {
    const place = placeText(frame);
    const symbol = symbolText(frame, this.language);
    return cutText(place === '' ? symbol : `${symbol} (${place})`);
  }
}

/** Between blocks. */
const GAP = '\n\n';

const TITLES_NAMED = 12;
const TITLE_CHARACTERS = 80;

function isWritten({ type }: Block): boolean {
  return type !== 'chart' && type !== 'definitions';
}

/** What a column of charts holds: the charts, and dashes where there is nothing to draw. */
const DRAWN: ReadonlySet<Cell['type']> = new Set(['chart', 'unknown']);

/** The rows that weigh most, in their order; without weights the first. */
function heaviest(rows: Table['rows']): Table['rows'] {
  if (rows.length <= MOST_ROWS) return rows;
  const kept = new Set(rows.toSorted((a, b) => (b.weight ?? 0) - (a.weight ?? 0)).slice(0, MOST_ROWS));
  return rows.filter((row) => kept.has(row));
}

/** No half of a surrogate pair is left at the cut. */
function cutText(text: string, most = MOST_CHARACTERS): string {
  return text.length > most ? `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…` : text;
}
