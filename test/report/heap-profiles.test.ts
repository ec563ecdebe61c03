import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.js';
import type { Analysis } from '../../src/model/analysis.js';
import { compose, composeTicket } from '../../src/report/compose.js';
import type { Block, Cell, Document, Table } from '../../src/report/document.js';
import { captureTree } from '../ingest/capture-tree.js';

const sample = (path: string): string => readFileSync(new URL(`../../samples/${path}`, import.meta.url), 'utf8');

function blocksIn(document: Document): readonly Block[] {
  const all = document.sections.flatMap((section) => [section, ...section.sections]);
  return all.find(({ id }) => id.endsWith('heap-profiles'))?.blocks ?? [];
}

function tablesIn(document: Document): Table[] {
  return blocksIn(document).filter((block): block is Table => block.type === 'table');
}

function shownBy(cell: Cell): unknown {
  if ('value' in cell) return cell.value;
  if (cell.type === 'frame') return cell.frame.line;
  return 'text' in cell ? cell.text : cell.type;
}

describe('heap by call site', () => {
  let analysis: Analysis;
  beforeEach(async () => {
    const files = {
      'massif.out.7': sample('massif/leak-example.massif'),
      'dhat.out.8': sample('dhat/leak-example.json'),
    };
    analysis = await analyze({ captures: [captureTree(files)] });
  });

  it('has a table for each profile: what a site held, and how it went', () => {
    const [dhat, massif] = tablesIn(compose(analysis));
    expect(massif?.columns.map(({ label }) => label)).toEqual([
      'Allocated at',
      '',
      'At the peak',
      'First',
      'Last',
      'Change',
      'Course',
    ]);
    expect(massif?.rows.map(({ cells }) => cells.map(shownBy))).toEqual([
      [29, 'chart', 98_304, 12_288, 98_304, 86_016, 'keeps rising, 8 snapshots'],
      [31, 'chart', 1024, 1024, 1024, 0, '8 snapshots'],
    ]);
    expect(dhat?.rows.map(({ cells }) => cells.map(shownBy))).toEqual([
      [29, 'chart', 49_152, 49_152],
      [31, 'chart', 1024, 0],
    ]);
  });

  it('stands in the ticket, shorter', () => {
    const [program] = analysis.programs;
    if (!program) throw new Error('expected a program, found none');
    expect(tablesIn(composeTicket(analysis, program))).toHaveLength(1);
  });

  it('tells what is left out', async () => {
    const nodes = Array.from({ length: 30 }, (_, i) => ` n0: ${i + 1} 0x${i + 1}: f${i} (a.c:${i + 1})\n`);
    const root = '(heap allocation functions) malloc/new/new[], --alloc-fns, etc.';
    const tree = `heap_tree=peak\nn30: 465 ${root}\n${nodes.join('')}`;
    const text = sample('massif/leak-list.massif').replace(/heap_tree=empty\n$/, tree);
    const files = Object.fromEntries(Array.from({ length: 7 }, (_, i) => [`massif.out.${i + 1}`, text]));
    const blocks = blocksIn(compose(await analyze({ captures: [captureTree(files)] })));
    const words = blocks.flatMap((block) => (block.type === 'prose' ? [block.parts.map(shownBy).join('')] : []));
    expect(words.slice(1)).toEqual([
      ...Array.from({ length: 5 }, () => 'The 20 sites that hold most are shown; 10 are left out.'),
      'The first 5 of 7 heap profiles are shown.',
    ]);
  });

  it('is not there without a profile', async () => {
    const { programs } = await analyze({ captures: ['samples/memcheck/leak-example.log'] });
    expect(programs).toHaveLength(1);
    expect(programs[0]).not.toHaveProperty('heapProfiles');
    expect(blocksIn(compose({ ...analysis, programs }))).toEqual([]);
  });
});
