import { describe, expect, it } from 'vitest';
import { renderChart } from '../../src/report/charts/index.js';

const NINE = Date.UTC(2026, 0, 31, 21);
const MIB = 1024 * 1024;
const times = [0, 1, 2].map((minute) => NINE + minute * 60_000);
const chart = (...layers: [name: string, ...mib: number[]][]): string =>
  renderChart({
    kind: 'stacked',
    times,
    layers: layers.map(([name, ...mib]) => ({ name, look: 'kernel', values: mib.map((value) => value * MIB) })),
  });

/** The highest and lowest place of each area, in pixels. */
const extents = (svg: string): [number, number][] =>
  [...svg.matchAll(/class="area [^"]+" d="([^"]+)"/g)].map(([, path = '']) => {
    const ys = [...path.matchAll(/,([\d.]+)/g)].map(([, y]) => Number(y));
    return [Math.min(...ys), Math.max(...ys)];
  });

describe('stacked layers', () => {
  it('stand one upon the other, as high as they are large', () => {
    const [lower, upper] = extents(chart(['a', 30, 30, 30], ['b', 60, 60, 60]));
    if (!lower || !upper) throw new Error('expected two areas');
    expect(upper[1]).toBe(lower[0]);
    expect((upper[1] - upper[0]) / (lower[1] - lower[0])).toBeCloseTo(2, 1);
  });

  it('have their names and last amounts beside them, harmless whatever the name', () => {
    const svg = chart(['<b>', 1, 2, 3], ['kernel', 4, 5, 6]);
    expect(svg).toContain('&#60;b&#62;</tspan> 3.00 MiB');
    expect(svg).toContain('kernel</tspan> 6.00 MiB');
    expect(svg).not.toContain('<b>');
  });

  it('draws a negative amount as none', () => {
    const [area] = extents(chart(['a', -5, -5, -5], ['b', 5, 5, 5]));
    expect(area?.[0]).toBe(area?.[1]);
    expect(chart(['a', -5, -5, -5])).not.toMatch(/NaN|Infinity/);
  });

  it('is empty without instants or layers, and has a narrow form', () => {
    expect(renderChart({ kind: 'stacked', times: [], layers: [] })).toBe('');
    expect(chart()).toBe('');
    const narrow = renderChart(
      { kind: 'stacked', times, layers: [{ name: 'a', look: 'kernel', values: [1, 2, 3] }] },
      'narrow',
    );
    expect(narrow).toContain('class="series narrow"');
  });
});
