import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.js';
import type { Analysis } from '../../src/model/analysis.js';
import type { Sample } from '../../src/model/memory.js';
import type { ChartTimeline } from '../../src/report/charts/chart.js';
import { renderChart } from '../../src/report/charts/index.js';
import { compose, composeTicket } from '../../src/report/compose.js';
import type { Block, Cell, Document, Table } from '../../src/report/document.js';
import { formatFrequency } from '../../src/report/outputs/format-value.js';
import { START } from './fixture-analysis.js';

const MIB = 1024 * 1024;

function blocksIn(document: Document): readonly Block[] {
  const all = document.sections.flatMap((section) => [section, ...section.sections]);
  return all.find(({ id }) => id.endsWith('page-faults'))?.blocks ?? [];
}

function storyOf(name: string): Promise<Analysis> {
  return analyze({ captures: [`samples/page-faults/${name}.tar.gz`] });
}

function ticketOf(analysis: Analysis): readonly Block[] {
  const [program] = analysis.programs;
  if (!program) throw new Error('expected a program, found none');
  return blocksIn(composeTicket(analysis, program));
}

function shownBy(cell: Cell): unknown {
  if (cell.type === 'frequency') return Math.round(cell.perHour);
  if ('value' in cell) return cell.value;
  return 'text' in cell ? cell.text : cell.type;
}

const typesOf = (blocks: readonly Block[]): string[] => blocks.map(({ type }) => type);
const tablesIn = (blocks: readonly Block[]): Table[] =>
  blocks.filter((block): block is Table => block.type === 'table');

describe('the section on page faults', () => {
  it('says what they say, with a chart and the totals of whole runs', async () => {
    const analysis = await storyOf('growing');
    const [faults] = analysis.programs[0]?.pageFaults ?? [];
    const blocks = blocksIn(compose(analysis));
    expect(typesOf(blocks)).toEqual(['prose', 'chart', 'table']);
    const [prose] = blocks;
    expect(prose).toMatchObject({ parts: [{ text: `${faults?.statement}. ` }, { type: 'origins' }] });
    const [runs] = tablesIn(blocks);
    expect(runs?.rows.map(({ cells }) => cells.map(shownBy).slice(0, 2))).toEqual([
      ['/opt/demo/page-faults/page-faults growing', 'exit 0'],
    ]);
  });

  it('is short in a ticket: growth is charted there already', async () => {
    expect(typesOf(ticketOf(await storyOf('growing')))).toEqual(['prose', 'table']);
    expect(typesOf(ticketOf(await storyOf('thrashing')))).toEqual(['note', 'chart', 'table']);
  });

  it('warns of thrashing', async () => {
    expect(blocksIn(compose(await storyOf('thrashing')))[0]).toMatchObject({ type: 'note', tone: 'warning' });
  });

  it('is left out where nothing counts faults', async () => {
    expect(blocksIn(compose(await analyze({ captures: ['samples/smaps/leak-example.smaps'] })))).toEqual([]);
  });

  it('tells of runs that nothing sampled, by signal or status', async () => {
    const analysis = await analyze({ captures: ['samples/time'] });
    const tables = compose(analysis)
      .sections.flatMap(({ sections }) => sections)
      .filter(({ id }) => id.endsWith('page-faults'))
      .flatMap(({ blocks }) => tablesIn(blocks));
    const ends = tables.flatMap(({ rows }) => rows.map(({ cells }) => cells.slice(0, 2).map(shownBy)));
    expect(ends).toContainEqual(['sh -c kill -SEGV $$', 'signal 11']);
    expect(ends).toContainEqual(['sh -c echo "1 of 2 tests failed"; exit 3', 'exit 3']);
  });
});

describe('the chart of page faults', () => {
  const timelineOf = (count: number, at: (i: number) => Sample): ChartTimeline => ({
    pid: 812,
    samples: Array.from({ length: count }, (_, i) => ({ takenAt: START + i * 1000, rss: MIB, ...at(i) })),
  });
  const draw = (timeline: ChartTimeline, layout?: 'narrow'): string =>
    renderChart({ kind: 'page-faults', timelines: [timeline] }, layout);
  const stepsOf = (svg: string, kind: string): string[] =>
    (new RegExp(`class="faults faults-${kind}" d="([^"]*)"`).exec(svg)?.[1] ?? '').match(/V[\d.]+H[\d.]+/g) ?? [];

  it('has a step for each interval, as high as its rate', () => {
    const svg = draw(timelineOf(4, (i) => ({ minorFaults: [5, 105, 105, 305][i] ?? 0, majorFaults: 0 })));
    expect(svg).toContain('>Minor faults per second<');
    const heights = stepsOf(svg, 'minor').map((step) => Number(/V([\d.]+)/.exec(step)?.[1]));
    const [first = 0, second = 0, third = 0] = heights;
    expect(heights).toHaveLength(3);
    expect(second - third).toBeCloseTo(2 * (second - first), 0);
  });

  it('has no panel for faults that never came', () => {
    const svg = draw(timelineOf(4, (i) => ({ minorFaults: i, majorFaults: 7 })));
    expect(svg).not.toContain('Major');
    expect(svg).toContain('>RSS<');
  });

  it('shows a count that fell as none', () => {
    const svg = draw(timelineOf(3, (i) => ({ minorFaults: [100, 3, 9][i] ?? 0, majorFaults: 0 })));
    expect(stepsOf(svg, 'minor')).toHaveLength(2);
    expect(svg).not.toMatch(/NaN|-\d+\.?\d*[HV]/);
  });

  it('counts per sample where there are no times', () => {
    const samples = [0, 10, 20].map((minorFaults) => ({ minorFaults, majorFaults: 0 }));
    expect(draw({ samples })).toContain('>Minor faults per sample<');
  });

  it('counts seldom faults per hour, and fits a phone', () => {
    const samples = [0, 1, 3].map((minorFaults, i) => ({
      takenAt: START + i * 3_600_000,
      minorFaults,
      majorFaults: 0,
    }));
    expect(draw({ samples }, 'narrow')).toContain('>Minor faults per hour<');
    expect(draw({ samples }, 'narrow')).toContain('viewBox="0 0 358');
  });

  it('keeps the highest rates of very many samples', () => {
    const svg = draw(timelineOf(5000, (i) => ({ minorFaults: i < 2500 ? 0 : 90_000, majorFaults: 0 })));
    expect(stepsOf(svg, 'minor').length).toBeLessThan(700);
    expect(svg).toContain('at most 90,000');
  });
});

describe('how often', () => {
  it.each([
    [0, '0/h'],
    [0.4, '0.4/h'],
    [12, '12/h'],
    [90, '1.5/min'],
    [3600, '1/s'],
    [7_281_604, '2,023/s'],
    [Number.NaN, '–'],
  ])('%d an hour is %s', (perHour, text) => {
    expect(formatFrequency(perHour)).toBe(text);
  });
});
