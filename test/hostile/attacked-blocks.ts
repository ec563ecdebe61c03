import type { Block, Cell, Document, Section } from '../../src/report/document.js';
import { unbroken } from './with-texts.js';

/** A document with a section per text, which stands in every place of a block that text of a capture may reach. */
export function attackedDocument(texts: readonly string[]): Document {
  const [first = ''] = texts;
  return {
    kind: 'Memory report',
    title: `z${first}`,
    facts: [{ label: 'Device', cells: [{ type: 'code', text: `z${first}` }] }],
    sections: texts.map((text, index) => attackedSection(`z${text}`, index)),
    generator: 'memreport',
  };
}

function attackedSection(text: string, index: number): Section {
  const kinds = blocksWith(text);
  const block = kinds[index % kinds.length];
  return {
    id: `section-${index}`,
    title: index % 7 === 0 ? text : 'Section',
    blocks: block ? [block] : [],
    sections: [],
  };
}

function blocksWith(text: string): Block[] {
  const frame = { symbol: text, file: text, line: 7, module: text };
  const origins = [{ file: text, line: 7 }];
  const names: Cell[] = [
    { type: 'code', text },
    { type: 'text', text },
    { type: 'frame', frame },
  ];
  const others: Cell[] = [
    { type: 'strong', text },
    { type: 'origins', origins },
    { type: 'link', to: 'section-0', text },
    { type: 'address', start: text, end: text },
    { type: 'change', word: text, tone: 'bad' },
  ];
  const between: Cell = { type: 'text', text: ' ' };
  return [
    { type: 'prose', parts: [names[1] ?? between, between, names[0] ?? between] },
    { type: 'note', tone: 'warning', parts: [others[0] ?? between, between, ...names.slice(2)] },
    { type: 'heading', parts: names.slice(0, 1) },
    { type: 'banner', label: 'leak', parts: names.slice(1, 2) },
    { type: 'facts', facts: [{ label: 'Mapping', cells: names.slice(0, 1) }] },
    tableOf(names),
    tableOf(others),
    { type: 'stack', title: text, frames: [frame, { module: text, address: '7f' }] },
    { type: 'source', excerpt: { file: text, line: 2, firstLine: 1, lines: [text, text] } },
    { type: 'evidence', title: 'Grounds', tone: 'for', items: [{ statement: unbroken(text), rule: text, origins }] },
    { type: 'definitions', terms: [{ term: text, text }] },
  ];
}

function tableOf(cells: readonly Cell[]): Block {
  const columns = cells.map((_, index) => ({ label: `Column ${index}` }));
  return { type: 'table', caption: 'Table', columns, rows: [{ cells }], empty: '' };
}
