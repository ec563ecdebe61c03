import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.js';
import type { AddressArea } from '../../src/model/address-space.js';
import type { Analysis, ProgramReport } from '../../src/model/analysis.js';
import { stretchesOf } from '../../src/report/charts/address-slots.js';
import { renderChart } from '../../src/report/charts/index.js';
import { compose, composeTicket } from '../../src/report/compose.js';
import type { Block, Document, Table } from '../../src/report/document.js';
import { renderHtml } from '../../src/report/outputs/html.js';
import { captureTree } from '../ingest/capture-tree.js';
import { HOSTILE } from './fixture-analysis.js';

const SAMPLE = readFileSync(new URL('../../samples/smaps/mapping-kinds.smaps', import.meta.url), 'utf8');

function area(start: number, size: number, more: Partial<AddressArea> = {}): AddressArea {
  return {
    start: start.toString(16).padStart(8, '0'),
    end: (start + size).toString(16).padStart(8, '0'),
    label: '[anonymous]',
    category: 'anonymous',
    permissions: 'rw-p',
    vmaCount: 1,
    size,
    ...more,
  };
}

const draw = (after: readonly AddressArea[], before?: readonly AddressArea[], layout?: 'narrow'): string =>
  renderChart({ kind: 'address-space', after, ...(before && { before }) }, layout);

const bounds = { labelled: 16, holes: 10 };
const MIB = 1024 * 1024;

describe('the drawing', () => {
  it('puts a hole with its size between stretches', () => {
    const svg = draw([area(0x10000, 4096), area(0x11000, 4096), area(0x10_0000, 4096)]);
    expect(svg.match(/hole of [^<]*/g)).toEqual(['hole of 952 KiB']);
    expect(svg).toContain('>00010000<');
    expect(svg).toContain('>00100000<');
  });

  it('is to scale within a stretch, where rows are higher than their labels', () => {
    const svg = draw([area(0, 4 * MIB), area(4 * MIB, 8 * MIB)]);
    const heights = [...svg.matchAll(/class="as-area as-anonymous"[^>]* width="132" height="([\d.]+)"/g)].map(
      ([, h]) => Number(h) + 1,
    );
    expect((heights[1] ?? 0) / (heights[0] ?? 1)).toBeCloseTo(2, 1);
  });

  it('shades what is in RAM: a quarter of the width for a quarter of the size', () => {
    const svg = draw([area(0, 4 * MIB, { rss: MIB })]);
    expect(svg).toMatch(/class="as-resident as-anonymous" x="108" y="[\d.]+" width="33"/);
    expect(draw([area(0, 4 * MIB)])).not.toContain('as-resident');
  });

  it('shows both snapshots, and marks what is new, grown and gone in words', () => {
    const svg = draw(
      [
        area(0x10000, 8192, { label: '[heap]', category: 'heap', growth: 4096 }),
        area(0x50000, 4096, { change: 'new' }),
      ],
      [area(0x10000, 4096, { label: '[heap]', category: 'heap' }), area(0x90000, 4096, { change: 'gone' })],
    );
    expect(svg).toContain('First snapshot');
    expect(svg).toContain('+4 KiB');
    expect(svg).toContain('> new<');
    expect(svg).toContain('> gone<');
    expect(svg.match(/class="as-changed"/g)).toHaveLength(3);
  });

  it('says writable and executable in words, not by colour alone', () => {
    const svg = draw([
      area(0x10000, 65_536, { permissions: 'rwxp', writableCode: 65_536, category: 'executable-anonymous' }),
    ]);
    expect(svg).toContain('>W+X rwxp<');
    expect(svg).toContain('as-wx');
  });

  it('cuts short what is merely reserved', () => {
    const svg = draw([area(0, 2 ** 43, { category: 'asan-shadow' }), area(2 ** 43, MIB)]);
    const [, height = '0'] = /viewBox="0 0 760 ([\d.]+)"/.exec(svg) ?? [];
    expect(Number(height)).toBeLessThan(120);
  });

  it('tells neighbours of one kind as one', () => {
    const stacks = Array.from({ length: 38 }, (_, i) =>
      area(i * 8 * MIB, 8 * MIB, {
        label: '[anonymous: thread stack]',
        category: 'thread-stack',
        change: 'new',
        growth: 24_576,
      }),
    );
    const svg = draw(stacks, []);
    expect(svg).toContain('38 × thread stack');
    expect(svg).toContain('38 new, +912 KiB');
  });

  it('stays readable with the most areas there can be', () => {
    const many = Array.from({ length: 150 }, (_, i) =>
      area((i + 1) * 16 * MIB, MIB, { label: `/lib/${i}.so`, category: 'image', rss: i * 4096 }),
    );
    for (const layout of [undefined, 'narrow'] as const) {
      const svg = draw(many, many, layout);
      const [, height = '0'] = /viewBox="0 0 \d+ ([\d.]+)"/.exec(svg) ?? [];
      expect(Number(height)).toBeLessThan(1400);
      // The heaviest keeps its name.
      expect(svg).toContain('>149.so<');
    }
  });

  it('draws every area of both snapshots once', () => {
    const areas = Array.from({ length: 150 }, (_, i) => area((i + 1) * 16 * MIB, MIB, { label: `/lib/${i}.so` }));
    const slots = stretchesOf(areas.slice(0, 100), areas.slice(50), bounds).flatMap((stretch) => stretch.slots);
    expect(slots.reduce((sum, { before }) => sum + before.length, 0)).toBe(100);
    expect(slots.reduce((sum, { after }) => sum + after.length, 0)).toBe(100);
    expect(slots.length).toBeLessThanOrEqual(2 * bounds.labelled + bounds.holes + 1);
    for (const [index, slot] of slots.entries()) expect(slots[index - 1]?.to ?? 0).toBeLessThanOrEqual(slot.from);
  });

  it('draws nothing of nothing, and survives what no kernel prints', () => {
    expect(draw([])).toBe('');
    expect(draw([area(0, 0)])).toBe('');
    const odd = [area(0x1000, 4096, { label: HOSTILE, permissions: HOSTILE, category: HOSTILE, size: 0, rss: 9e15 })];
    for (const svg of [draw(odd), draw(odd, odd, 'narrow')]) {
      expect(svg).not.toMatch(/<script|NaN|Infinity|undefined/);
      expect(svg).toContain('&#60;script');
    }
  });
});

describe('the section', () => {
  let analysis: Analysis;
  beforeEach(async () => {
    analysis = await analyze({ captures: [captureTree({ 'mapping-kinds.7.20260131T210000Z.smaps': SAMPLE })] });
  });

  const blocksIn = (document: Document, id: string): readonly Block[] =>
    document.sections.flatMap((one) => [one, ...one.sections]).find((one) => one.id.endsWith(id))?.blocks ?? [];
  const isTable = (block: Block): block is Table => block.type === 'table';

  it('warns of memory that can be written to and executed, and says where it may be', () => {
    const html = renderHtml(compose(analysis));
    expect(html).toMatch(/Writable and executable<\/span>: <span[^>]*>64 KiB/);
    expect(html).toContain('in a program that has none it is a defect');
  });

  it('has no columns that one snapshot cannot fill', () => {
    const [table] = blocksIn(compose(analysis), 'address-space').filter(isTable);
    expect(table?.columns.map(({ label }) => label)).toEqual([
      'Address range',
      'Block',
      'Kind',
      'Perm.',
      'VMAs',
      'Size',
      'RSS',
      'Private',
    ]);
    expect(table?.rows).toHaveLength(18);
  });

  it('of a ticket is the drawing alone: the VMAs stand below it', () => {
    const [program] = analysis.programs;
    const ticket = blocksIn(composeTicket(analysis, program as ProgramReport), 'address-space');
    expect(ticket.map(({ type }) => type)).toEqual(['chart', 'note']);
  });

  it('of maps alone draws what is mapped, without a word on what is in RAM', async () => {
    const maps = readFileSync(new URL('../../samples/maps/leak-example.maps', import.meta.url), 'utf8');
    const [program] = (await analyze({ captures: [captureTree({ 'leak-example.7.maps': maps })] })).programs;
    const svg = draw(program?.addressSpace?.after ?? []);
    expect(svg).toContain('[heap]');
    expect(svg).not.toMatch(/in RAM|as-resident|as-changed/);
  });

  it('the kinds add up to the sample of the snapshot', () => {
    const [program] = analysis.programs;
    const [sample] = program?.timelines[0]?.samples ?? [];
    const sum = (key: 'size' | 'rss' | 'pss' | 'swap'): number =>
      (program?.categories ?? []).reduce((total, kind) => total + (kind[key] ?? 0), 0);
    expect([sum('size'), sum('rss'), sum('pss'), sum('swap')]).toEqual([
      sample?.vss,
      sample?.rss,
      sample?.pss,
      sample?.swap,
    ]);
    const [table] = blocksIn(compose(analysis), 'mapping-kinds').filter(isTable);
    expect(table?.rows).toHaveLength(program?.categories?.length ?? 0);
  });
});

describe('memory by kind over time', () => {
  const samples = Array.from({ length: 5 }, (_, i) => ({ takenAt: i * 60_000, rss: 1 }));
  const series = [
    { name: 'heap', look: 'as-heap', bytes: [1, 2, 3, 4, 5].map((one) => one * MIB) },
    { name: HOSTILE, look: 'as-image', bytes: [1, 1, 1, 1, 1].map((one) => one * MIB) },
  ];

  it('is one area upon the other', () => {
    const svg = renderChart({ kind: 'category-stack', samples, series });
    expect(svg.match(/class="stack-area/g)).toHaveLength(2);
    const [lower = '', upper = ''] = [...svg.matchAll(/stack-area [^"]*" d="([^"]*)"/g)].map(([, d = '']) => d);
    // The upper one ends, at the left, where the lower one begins.
    const left = (path: string, index: number): string =>
      (path.match(/[ML][\d.]+,[\d.]+/g) ?? []).at(index)?.slice(1) ?? '';
    expect(left(upper, -1)).toBe(left(lower, 0));
    expect(svg).toContain('5.00 MiB');
    expect(svg).not.toMatch(/<script|NaN/);
  });

  it('has its key on a phone in one column, where names are long', () => {
    const placesOf = (name: string): string[] => {
      const named = series.map((one) => ({ ...one, name }));
      const svg = renderChart({ kind: 'category-stack', samples, series: named }, 'narrow');
      return [...svg.matchAll(/<text class="label [^"]*" x="([\d.]+)"/g)].map(([, x = '']) => x);
    };
    expect(new Set(placesOf('heap')).size).toBe(2);
    expect(new Set(placesOf('unnamed anonymous')).size).toBe(1);
  });

  it('is nothing for nothing', () => {
    expect(renderChart({ kind: 'category-stack', samples: [], series })).toBe('');
    expect(renderChart({ kind: 'category-stack', samples, series: [] })).toBe('');
    expect(
      renderChart({ kind: 'category-stack', samples, series: [{ name: 'a', look: '', bytes: [0, 0, 0, 0, 0] }] }),
    ).toBe('');
  });

  it('follows each mapping of a real series by its kind', async () => {
    const pair = (name: string): Promise<Analysis> => analyze({ captures: [`samples/pairs/${name}.tar.gz`] });
    const [arenas] = (await pair('arenas-leaky')).programs;
    const [threads] = (await pair('threads-leaky')).programs;
    expect(arenas?.categorySeries?.series[0]).toMatchObject({ category: 'glibc-arena' });
    expect(threads?.categorySeries?.series[0]).toMatchObject({ category: 'thread-stack' });
    for (const program of [arenas, threads]) {
      const { at = [], series: all = [] } = program?.categorySeries ?? {};
      const sampled = program?.timelines[0]?.samples ?? [];
      const sums = at.map((_, index) => all.reduce((sum, { bytes }) => sum + (bytes[index] ?? 0), 0));
      expect(sums).toEqual(at.map((index) => (sampled[index]?.privateDirty ?? 0) + (sampled[index]?.swap ?? 0)));
    }
    const [heap] = arenas?.categories ?? [];
    expect(heap?.category).toBe('glibc-arena');
    expect(heap?.growth).toBe(arenas?.mappings.find(({ label }) => label === '[anonymous: arena]')?.growth);
  });
});
