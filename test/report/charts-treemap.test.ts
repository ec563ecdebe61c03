import { describe, expect, it } from 'vitest';
import type { ChartTile } from '../../src/report/charts/chart.js';
import { renderChart } from '../../src/report/charts/index.js';

const MIB = 1024 * 1024;
const KEY = [
  { look: 'tm-clean', words: 'clean' },
  { look: 'tm-free', words: 'free' },
];

const tile = (name: string, mib: number, look = 'tm-clean'): ChartTile => ({ name, look, bytes: mib * MIB });
const draw = (groups: readonly (readonly ChartTile[])[], layout?: 'narrow'): string =>
  renderChart({ kind: 'treemap', groups, key: KEY }, layout);

interface Drawn {
  readonly title: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly texts: readonly string[];
}

function tilesOf(svg: string): Drawn[] {
  return [...svg.matchAll(/<g>(.*?)<\/g>/g)].map(([, inner = '']) => {
    const [x = 0, y = 0, width = 0, height = 0] =
      /x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/.exec(inner)?.slice(1).map(Number) ?? [];
    const texts = [...inner.matchAll(/<text[^>]*>(.*?)<\/text>/g)].map(([, words = '']) => words);
    return { title: /<title>(.*?)<\/title>/.exec(inner)?.[1] ?? '', x, y, width, height, texts };
  });
}

describe('the treemap', () => {
  const groups = [[tile('mediad', 60), tile('sensord', 30)], [tile('Free', 90, 'tm-free')]];

  it('draws tiles as large as their parts', () => {
    const tiles = tilesOf(draw(groups));
    expect(tiles.map(({ title }) => title).sort()).toEqual([
      'Free, 90.0 MiB (50 %)',
      'mediad, 60.0 MiB (33 %)',
      'sensord, 30.0 MiB (17 %)',
    ]);
    const areaOf = (name: string): number => {
      const found = tiles.find(({ title }) => title.startsWith(name));
      return found ? found.width * found.height : 0;
    };
    // The gaps between tiles take a little of each.
    expect(areaOf('mediad') / areaOf('sensord')).toBeCloseTo(2, 1);
    expect(areaOf('Free') / (areaOf('mediad') + areaOf('sensord'))).toBeCloseTo(1, 1);
  });

  it('draws no tile over another, nor outside', () => {
    const many = Array.from({ length: 60 }, (_, index) => tile(`daemon-${index}`, 1 + ((index * 37) % 50)));
    const tiles = tilesOf(draw([many, [tile('Free', 300, 'tm-free')]]));
    expect(tiles).toHaveLength(61);
    for (const [index, one] of tiles.entries()) {
      expect(one.x + one.width).toBeLessThanOrEqual(760.1);
      expect(one.y + one.height).toBeLessThanOrEqual(300.1);
      for (const other of tiles.slice(index + 1)) {
        const isBeside = one.x + one.width <= other.x + 0.1 || other.x + other.width <= one.x + 0.1;
        const isAbove = one.y + one.height <= other.y + 0.1 || other.y + other.height <= one.y + 0.1;
        expect(isBeside || isAbove, `${one.title} and ${other.title}`).toBe(true);
      }
    }
  });

  it('writes names and whole amounts where they fit', () => {
    const many = Array.from({ length: 60 }, (_, index) => tile(`long-named-daemon-${index}`, 1 + ((index * 37) % 50)));
    const tiles = tilesOf(draw([many]));
    for (const { width, height, texts } of tiles) {
      for (const words of texts) expect(words.length * 6).toBeLessThanOrEqual(width);
      expect(texts.length * 14).toBeLessThanOrEqual(height);
      if (texts[1] !== undefined) expect(texts[1]).toMatch(/^[\d.]+ MiB$/);
    }
    expect(tiles.some(({ texts }) => texts.length === 0)).toBe(true);
    expect(tiles.some(({ texts }) => texts.length === 2)).toBe(true);
  });

  it('leaves out what holds nothing, and explains the colours that are there', () => {
    const svg = draw([[tile('mediad', 60), tile('gone', 0), tile('odd', Number.NaN), tile('less', -5)]]);
    expect(tilesOf(svg)).toHaveLength(1);
    expect(svg).not.toMatch(/NaN|>free</);
    expect(draw(groups)).toContain('>free</text>');
    expect(draw([[tile('gone', 0)]])).toBe('');
    expect(draw([])).toBe('');
  });

  it('holds names of strangers harmlessly, and has a narrow form', () => {
    const svg = draw([[tile('<script>alert(1)</script>', 9)]], 'narrow');
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&#60;script&#62;');
    expect(svg).toContain('class="series treemap narrow"');
  });
});
