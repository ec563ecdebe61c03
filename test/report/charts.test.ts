import { describe, expect, it } from 'vitest';
import type { ChartTimeline } from '../../src/report/charts/chart.js';
import { renderChart } from '../../src/report/charts/index.js';
import { LAYOUTS } from '../../src/report/charts/layout.js';
import { panelsOf } from '../../src/report/charts/memory-panels.js';
import { axisOf, type Point, thin } from '../../src/report/charts/points.js';
import { element, svgText } from '../../src/report/charts/svg.js';
import { bytesAxis, positionAxis } from '../../src/report/charts/ticks.js';
import { risingTimeline, START } from './fixture-analysis.js';

const KIB = 1024;
const MIB = 1024 * KIB;
const HOUR = 3_600_000;

const series = (...timelines: ChartTimeline[]): string => renderChart({ kind: 'memory-series', timelines });
const panelTitles = (...timelines: ChartTimeline[]): string[] =>
  panelsOf(timelines, axisOf(timelines), LAYOUTS.wide).map((panel) => panel.title);

/** A process at each hour, with these measures. */
function timeline(hours: number, at: (hour: number) => object): ChartTimeline {
  return {
    pid: 1,
    samples: Array.from({ length: hours }, (_, hour) => ({ takenAt: START + hour * HOUR, ...at(hour) })),
  };
}

describe('memory-series', () => {
  it('draws each measure in a look of its own, with its last value beside its end', () => {
    const svg = series(risingTimeline(812, 26, 148 * KIB));
    for (const measure of ['vss', 'rss', 'pss', 'uss']) {
      expect(svg.match(new RegExp(`class="line series-${measure}"`, 'g'))).toHaveLength(1);
      expect(svg).toContain(`class="label series-${measure}"`);
    }
    expect(svg).toContain('<tspan class="label-name">USS</tspan> 6.61 MiB');
    expect(svg).toContain('<tspan class="label-name">trend</tspan> +148 KiB/h');
  });

  it('keeps the labels apart, even where all lines end at one point', () => {
    const same = timeline(10, (hour) => ({ vss: 9 * MIB, rss: MIB + hour, pss: MIB + hour, uss: MIB + hour }));
    const svg = series({ ...same, trend: { measure: 'uss', from: MIB, to: MIB, ratePerHour: 1 } });
    const labels = [...svg.matchAll(/class="label [a-z-]+" x="[\d.]+" y="([\d.]+)"/g)].map(([, y]) => Number(y));
    expect(labels).toHaveLength(5);
    const sorted = labels.toSorted((a, b) => a - b);
    for (let i = 1; i < sorted.length; i++)
      expect((sorted[i] ?? 0) - (sorted[i - 1] ?? 0)).toBeGreaterThanOrEqual(14.9);
  });

  it('draws each life of a process as a line of its own', () => {
    const svg = series(risingTimeline(812, 5, MIB), { ...risingTimeline(1204, 5, MIB) });
    expect(svg.match(/class="line series-uss"/g)).toHaveLength(2);
    expect(svg.match(/class="trend"/g)).toHaveLength(2);
    expect(svg).toContain('Private of 812');
    expect(svg).toContain('Private of 1204');
  });

  it('is empty without samples, and stands a single one', () => {
    expect(series({ samples: [] })).toBe('');
    expect(series(timeline(1, () => ({ rss: MIB })))).toContain('RSS 1.00 MiB');
  });

  it('never writes NaN, whatever the values', () => {
    for (const strange of [Number.NaN, Infinity, -1, 0, 1e300]) {
      const trend = { measure: 'uss' as const, from: strange, to: strange, ratePerHour: strange };
      const odd = timeline(3, () => ({ takenAt: strange, vss: strange, rss: strange, pss: strange, uss: strange }));
      expect(series({ ...odd, trend })).not.toMatch(/NaN|Infinity|undefined/);
    }
  });
});

describe('the panels', () => {
  it('part VSS from the rest, and RSS where it would hide the growth of the private memory', () => {
    expect(panelTitles(risingTimeline(1, 10, 200 * KIB))).toEqual(['VSS', 'RSS · PSS · USS · Private']);
    const shared = timeline(10, (hour) => {
      const uss = 3 * MIB + hour * 20 * KIB;
      return { vss: 3000 * MIB, rss: 480 * MIB + uss, pss: 140 * MIB + uss, uss };
    });
    expect(panelTitles(shared)).toEqual(['VSS', 'RSS · PSS', 'USS']);
  });

  it('hold only what was measured', () => {
    expect(panelTitles(timeline(4, () => ({ rss: MIB })))).toEqual(['RSS']);
    expect(panelTitles(timeline(4, () => ({})))).toEqual([]);
  });
});

describe('the axes', () => {
  it('name each tick by its own value', () => {
    for (const extent of [
      [2.4 * MIB, 2.7 * MIB],
      [0, 900],
      [480 * MIB, 480.01 * MIB],
      [0, 3 * 1024 * MIB],
    ] as const) {
      const { ticks, scale } = bytesAxis(extent, [64, 0]);
      expect(ticks.length).toBeGreaterThan(1);
      for (const { value, text } of ticks) {
        const [amount = '', unit = ''] = text.split(' ');
        const size = { B: 1, KiB: KIB, MiB: MIB, GiB: 1024 * MIB }[unit] ?? Number.NaN;
        expect(Math.abs(Number(amount) * size - value)).toBeLessThan(size * 1e-6);
        expect(scale(value)).toBeGreaterThanOrEqual(-0.01);
        expect(scale(value)).toBeLessThanOrEqual(64.01);
      }
    }
  });

  it('tell UTC, whatever the zone of the host, and the day', () => {
    const axis = axisOf([risingTimeline(1, 4, KIB)]);
    const { ticks, title } = positionAxis(axis, [0, 600]);
    expect(ticks[0]).toEqual({ value: 0, text: '21:00' });
    expect(ticks.map((tick) => tick.text)).toContain('02-01 00:00');
    expect(title).toBe('UTC, 2026-01-31 to 2026-02-01');
  });

  it.each([
    [1, 480],
    [11, 480],
    [19, 480],
    [24, 300],
    [170, 480],
    [11 * 60, 300],
    [4.5 * 86_400, 600],
  ])('stand apart, of %i seconds on %i pixels', (seconds, width) => {
    const { ticks } = positionAxis({ timed: true, from: START, to: START + seconds * 1000, positions: [] }, [0, width]);
    expect(ticks.length).toBeGreaterThan(1);
    expect(ticks.length).toBeLessThanOrEqual(width / (seconds < 180 ? 55 : 50));
    expect(new Set(ticks.map(({ text }) => text)).size).toBe(ticks.length);
  });

  it('count the samples where one has no time', () => {
    const axis = axisOf([{ samples: [{ takenAt: START }, {}, {}] }]);
    expect(axis).toMatchObject({ timed: false, from: 1, to: 3, positions: [[1, 2, 3]] });
  });
});

describe('thin', () => {
  it('keeps the first, the last and every peak of a long line', () => {
    const points: Point[] = Array.from({ length: 50_000 }, (_, x) => ({ x, y: x === 31_234 ? 999 : x % 7 }));
    const kept = thin(points, 100);
    expect(kept.length).toBeLessThanOrEqual(400);
    expect(kept[0]).toEqual(points[0]);
    expect(kept.at(-1)).toEqual(points.at(-1));
    expect(kept).toContainEqual({ x: 31_234, y: 999 });
    expect(kept.map((point) => point.x)).toEqual(kept.map((point) => point.x).toSorted((a, b) => a - b));
  });

  it('leaves a short line as it is', () => {
    const points = [{ x: 1, y: 1 }];
    expect(thin(points, 100)).toBe(points);
  });
});

describe('svg', () => {
  it('escapes words and attributes', () => {
    expect(svgText('<a b="c">&\'')).toBe('&#60;a b=&#34;c&#34;&#62;&#38;&#39;');
    expect(element('text', { class: '"><script>', x: Number.NaN, y: undefined })).toBe(
      '<text class="&#34;&#62;&#60;script&#62;" x="0"/>',
    );
  });

  it('draws bars no longer than their track', () => {
    expect(renderChart({ kind: 'bar', value: 10, of: 5 })).toContain('class="bar-grows" width="72"');
    expect(renderChart({ kind: 'bar', value: -1, of: 2 })).toContain('class="bar-shrinks" width="36"');
    expect(renderChart({ kind: 'bar', value: 1, of: 0 })).not.toContain('bar-grows');
  });
});
