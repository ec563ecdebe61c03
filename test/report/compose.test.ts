import { describe, expect, it } from 'vitest';
import { compose, composeTicket } from '../../src/report/compose.js';
import type { Block, Cell, Section } from '../../src/report/document.js';
import { programViews } from '../../src/report/program-view.js';
import { PROGRAM_SECTIONS, SECTIONS_AFTER, SECTIONS_BEFORE, TICKET_SECTIONS } from '../../src/report/sections/index.js';
import { emptyAnalysis, fixtureAnalysis, wideAnalysis } from './fixture-analysis.js';

const sensord = { device: 'board-7', command: 'sensord' };

describe('compose', () => {
  it('puts the programs that leak first, and the verdict table before everything', () => {
    const document = compose(fixtureAnalysis());
    expect(document.sections[0]?.id).toBe('summary');
    const labels = programViews(fixtureAnalysis()).map((view) => view.verdict.label);
    expect(labels).toEqual(['leak', 'suspect', 'inconclusive', 'clean']);
    const table = blocksOf(document.sections[0]).find((block) => block.type === 'table');
    const first = table?.rows[0]?.cells;
    expect(first).toContainEqual({ type: 'verdict', label: 'leak' });
    expect(first).toContainEqual({ type: 'link', to: 'program-1', text: 'sensord' });
    expect(first).toContainEqual({ type: 'rate', value: 148 * 1024, per: 'hour' });
    expect(first).toContainEqual({ type: 'code', text: '[heap]' });
    expect(first?.find((cell) => cell.type === 'frame')).toMatchObject({ frame: { symbol: 'make_node', line: 6 } });
  });

  it('makes a document of an empty analysis that says that nothing was judged', () => {
    const document = compose(emptyAnalysis());
    const table = blocksOf(document.sections[0]).find((block) => block.type === 'table');
    expect(table?.rows).toEqual([]);
    expect(table?.empty).toContain('nothing could be judged');
    expect(document.sections.map((section) => section.id)).toEqual(['summary', 'problems', 'inputs', 'glossary']);
  });

  it('contains a section that throws, and keeps the others', () => {
    const broken = {
      id: 'broken',
      title: 'Broken',
      build: () => {
        throw new Error('no such thing');
      },
    };
    const document = compose(fixtureAnalysis(), {
      before: [broken, ...SECTIONS_BEFORE],
      perProgram: [...PROGRAM_SECTIONS, broken],
    });
    expect(document.sections[0]?.blocks[0]).toMatchObject({ type: 'note', tone: 'error' });
    expect(JSON.stringify(document.sections[0])).toContain('section-failed');
    expect(document.sections[1]?.id).toBe('summary');
    const program = document.sections.find((section) => section.id === 'program-1');
    expect(program?.sections.map((section) => section.id)).toContain('program-1-vmas');
    expect(JSON.stringify(program?.sections.at(-1))).toContain('no such thing');
  });

  it('describes only programs with a word against them when there are many, and says so', () => {
    const document = compose(wideAnalysis(120, 1));
    const described = document.sections.filter((section) => section.id.startsWith('program-'));
    expect(described).toHaveLength(50);
    expect(JSON.stringify(document.sections[0])).toContain('Only the first 50 programs');
    const table = blocksOf(document.sections[0]).find((block) => block.type === 'table');
    expect(table?.rows).toHaveLength(120);
    expect(compose(wideAnalysis(50, 1)).sections.filter(({ id }) => id.startsWith('program-'))).toHaveLength(50);
  });

  it('gives every section an id of its own, without text of a capture', () => {
    const ids = allSections(compose(fixtureAnalysis()).sections).map((section) => section.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9-]+$/);
  });

  it('tells a program that has no verdict as inconclusive, not as clean', () => {
    const analysis = { ...fixtureAnalysis(), verdicts: [] };
    expect(programViews(analysis).map((view) => view.verdict.label)).toEqual(Array(4).fill('inconclusive'));
  });

  it('knows a program that only a log told of', () => {
    const analysis = { ...fixtureAnalysis(), programs: [] };
    const view = programViews(analysis).find((one) => one.command === 'sensord');
    expect(view?.leaks).toHaveLength(3);
    expect(compose(analysis).sections.find((section) => section.title === 'sensord on board-7')).toBeDefined();
  });
});

describe('composeTicket', () => {
  it('holds the loss records of both tools under one stack', () => {
    const ticket = composeTicket(fixtureAnalysis(), sensord);
    expect(ticket.title).toBe('sensord');
    const losses = allSections(ticket.sections).find((section) => section.id.endsWith('loss-records'));
    const stacks = blocksOf(losses).filter((block) => block.type === 'stack');
    expect(stacks).toHaveLength(2);
    const words = textOf(blocksOf(losses));
    expect(words).toContain('memcheck: definite, ');
    expect(words).toContain('lsan: definite, ');
  });

  it('keeps the twelve VMAs that weigh most, in the order of their addresses', () => {
    const analysis = wideAnalysis(1, 300);
    const ticket = composeTicket(analysis, { device: 'board-7', command: 'daemon-1' });
    const table = blocksOf(ticket.sections.find((section) => section.id.endsWith('vmas')))[0];
    if (table?.type !== 'table') throw new Error('expected a table');
    expect(table.rows).toHaveLength(12);
    expect(table.caption).toContain('12 of 300');
    const starts = table.rows.map((row) => (row.cells[0]?.type === 'address' ? row.cells[0].start : ''));
    expect(starts).toEqual(starts.toSorted());
  });

  it('says so when the analysis does not know the program', () => {
    const ticket = composeTicket(emptyAnalysis(), sensord);
    expect(JSON.stringify(ticket)).toContain('does not know this program');
  });
});

describe('the registries', () => {
  it('have unique ids, and build on programs and runs of which nothing is known', () => {
    const run = [...SECTIONS_BEFORE, ...SECTIONS_AFTER];
    const ids = [...run, ...PROGRAM_SECTIONS].map((section) => section.id);
    expect(new Set(ids).size).toBe(ids.length);
    const analysis = emptyAnalysis();
    for (const section of run) expect(section.build({ analysis, views: [], detailed: [] })).toBeInstanceOf(Array);
    const [view] = programViews({ ...analysis, verdicts: fixtureAnalysis().verdicts.slice(0, 1) });
    if (!view) throw new Error('expected a view');
    for (const section of [...PROGRAM_SECTIONS, ...TICKET_SECTIONS]) {
      expect(section.build(view, 'report', analysis)).toBeInstanceOf(Array);
    }
  });
});

function blocksOf(section: Section | undefined): readonly Block[] {
  return section?.blocks ?? [];
}

function allSections(sections: readonly Section[]): Section[] {
  return sections.flatMap((section) => [section, ...allSections(section.sections)]);
}

function textOf(blocks: readonly Block[]): string {
  const cells: readonly Cell[] = blocks.flatMap((block) => (block.type === 'prose' ? block.parts : []));
  return cells.map((cell) => ('text' in cell ? cell.text : '')).join('');
}
