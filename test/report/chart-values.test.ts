import { describe, expect, it } from 'vitest';
import type { ChartTimeline } from '../../src/report/charts/chart.js';
import { chartValues } from '../../src/report/charts/chart-values.js';
import type { Table } from '../../src/report/document.js';
import { risingTimeline, START } from './fixture-analysis.js';

const english = (text: string): string => text;

function memoryValues(...timelines: ChartTimeline[]): Table | undefined {
  return chartValues({ kind: 'memory-series', timelines }, english);
}

function labels(table: Table | undefined): string[] {
  return table?.columns.map(({ label }) => label) ?? [];
}

describe('chartValues', () => {
  it('has a row for each sample, with the measures that are drawn', () => {
    const timeline = risingTimeline(812, 26, 4096);
    const table = memoryValues(timeline);
    expect(labels(table)).toEqual(['Time', 'Private', 'USS', 'PSS', 'RSS', 'VSS']);
    expect(table?.rows).toHaveLength(26);
    const { takenAt, privateDirty = 0, swap = 0, uss, pss, rss, vss } = timeline.samples[7] ?? {};
    expect(table?.rows[7]?.cells.map((cell) => ('value' in cell ? cell.value : cell.type))).toEqual([
      takenAt,
      privateDirty + swap,
      uss,
      pss,
      rss,
      vss,
    ]);
  });

  it('tells several lives apart, and leaves out what no sample has', () => {
    const table = memoryValues(
      { pid: 1, samples: [{ takenAt: START, rss: 1 }] },
      { pid: 2, samples: [{ takenAt: START, rss: 2 }, { takenAt: START + 1 }] },
    );
    expect(labels(table)).toEqual(['Time', 'Pid', 'RSS']);
    expect(table?.rows.map(({ cells }) => cells[1])).toEqual(['1', '2', '2'].map((text) => ({ type: 'code', text })));
    expect(table?.rows[2]?.cells[2]).toEqual({ type: 'unknown' });
  });

  it('numbers samples without times', () => {
    const table = memoryValues({ samples: [{ rss: 1 }, { rss: 2 }] });
    expect(labels(table)).toEqual(['Sample', 'RSS']);
    expect(table?.rows.map(({ cells }) => cells[0])).toEqual([1, 2].map((value) => ({ type: 'count', value })));
  });

  it('numbers the listed samples of a long series as they are numbered among all, also beside another life', () => {
    const thinned = { of: 900, at: [0, 41, 899] };
    const samples = [{ rss: 1 }, { rss: 2 }, { rss: 3 }];
    const table = memoryValues({ pid: 1, samples, thinned }, { pid: 2, samples: [{ rss: 4 }] });
    expect(table?.rows.map(({ cells }) => cells[0])).toEqual(
      [1, 42, 900, 901].map((value) => ({ type: 'count', value })),
    );
    expect(table?.caption).toBe('The values of 4 of 901 samples');
  });

  it('takes 1,000 of more samples, the first and the last among them, and says so', () => {
    const table = memoryValues(risingTimeline(1, 4000, 8));
    const times = table?.rows.map(({ cells: [cell] }) => (cell?.type === 'time' ? cell.value : 0)) ?? [];
    expect(new Set(times).size).toBe(1000);
    expect([times[0], times.at(-1)]).toEqual([START, START + 3999 * 3_600_000]);
    expect(table?.caption).toBe('The values of 1000 of 4000 samples');
  });

  it('has the parts of stacked charts', () => {
    const layers = [{ name: 'kernel', look: 'kernel', values: [1, 2] }];
    const table = chartValues({ kind: 'stacked', times: [START, START + 1], layers }, english);
    expect(labels(table)).toEqual(['Time', 'kernel']);
    expect(table?.rows.map(({ cells }) => cells[1])).toEqual([1, 2].map((value) => ({ type: 'bytes', value })));
  });

  it('has nothing for charts without an axis of time, and for empty ones', () => {
    expect(chartValues({ kind: 'address-space', after: [] }, english)).toBeUndefined();
    expect(chartValues({ kind: 'bar', value: 1, of: 2 }, english)).toBeUndefined();
    expect(memoryValues()).toBeUndefined();
    expect(memoryValues({ samples: [{ takenAt: START }] })).toBeUndefined();
  });
});
