import { clausesOf } from '../../model/statement.js';
import type { Block, Cell, Document, Section, Table } from '../document.js';
import { type Language, type LanguageId, languageOf } from './languages.js';
import { cellsOf, sentenceOf } from './sentence.js';

/**
 * A document in another language: every text of it is looked up, and stays as it is where the catalogue lacks it.
 * The words that outputs add themselves (verdicts, units, what stands in charts) follow `language` of the document.
 */
export function translated(document: Document, id: LanguageId): Document {
  if (id === 'en') return document;
  const language = languageOf(id);
  return {
    ...document,
    language: id,
    kind: language.say(document.kind),
    // The name of a capture or a program, unless there is none.
    title: language.find(document.title, 'document-title') ?? document.title,
    facts: document.facts.map((fact) => factIn(fact, language)),
    sections: document.sections.map((section) => sectionIn(section, language)),
  };
}

function sectionIn(section: Section, language: Language): Section {
  return {
    ...section,
    title: language.find(section.title) ?? language.say(section.title, 'title'),
    blocks: section.blocks.map((block) => blockIn(block, language)),
    sections: section.sections.map((child) => sectionIn(child, language)),
  };
}

function blockIn(block: Block, language: Language): Block {
  switch (block.type) {
    case 'prose':
    case 'note':
    case 'heading':
    case 'banner':
      return { ...block, parts: cellsIn(block.parts, language) };
    case 'facts':
      return { ...block, facts: block.facts.map((fact) => factIn(fact, language)) };
    case 'table':
      return tableIn(block, language);
    case 'chart':
      return { ...block, caption: language.say(block.caption) };
    case 'stack':
      return { ...block, title: language.say(block.title) };
    case 'evidence':
      return {
        ...block,
        title: language.say(block.title),
        items: block.items.map((item) => ({ ...item, statement: statementIn(item.statement, language) })),
      };
    case 'definitions':
      return {
        ...block,
        terms: block.terms.map(({ term, text }) => ({ term: language.say(term), text: language.say(text) })),
      };
    case 'source':
    case 'tally':
      return block;
  }
}

/** A statement and its remarks stay apart, as they are in English. */
function statementIn(statement: string, language: Language): string {
  return clausesOf(statement)
    .map((clause) => language.say(clause))
    .join('; ');
}

function tableIn(table: Table, language: Language): Table {
  return {
    ...table,
    caption: language.say(table.caption),
    empty: language.say(table.empty),
    columns: table.columns.map((column) => ({
      ...column,
      label: language.say(column.label),
      ...(column.explanation !== undefined && { explanation: language.say(column.explanation) }),
    })),
    rows: table.rows.map((row) => ({ ...row, cells: row.cells.map((cell) => cellIn(cell, language)) })),
  };
}

interface Fact {
  readonly label: string;
  readonly cells: readonly Cell[];
}

function factIn({ label, cells }: Fact, language: Language): Fact {
  return { label: language.say(label), cells: cellsIn(cells, language) };
}

/** Cells that are one sentence, or several. Where the catalogue lacks it, each cell for itself. */
function cellsIn(cells: readonly Cell[], language: Language): Cell[] {
  const sentence = language.find(sentenceOf(cells));
  const moved = sentence === undefined ? undefined : cellsOf(sentence, cells);
  const reworded = moved ?? cells;
  return reworded.map((cell) => (cell.type === 'text' && moved ? cell : cellIn(cell, language)));
}

function cellIn(cell: Cell, language: Language): Cell {
  switch (cell.type) {
    case 'text':
    case 'strong':
      return { ...cell, text: language.say(cell.text) };
    case 'change':
      return { ...cell, word: language.say(cell.word) };
    case 'count': {
      if (!cell.noun) return cell;
      const [one, many] = cell.noun;
      return { ...cell, noun: [language.say(one, 'noun'), language.say(many, 'noun')] };
    }
    default:
      return cell;
  }
}
