import { describe, expect, it } from 'vitest';
import { type CallNode, type ChartSite, callTree, depthOf } from '../../src/report/charts/call-tree.js';
import { renderChart } from '../../src/report/charts/index.js';

const WIDE_OPEN = { rows: 50, boxes: 1000, share: 0 };
const KEY = [
  { look: 'ic-definite', words: 'definite' },
  { look: 'ic-possible', words: 'possible' },
];

const site = (path: string, bytes: number, look = 'ic-definite', place?: string): ChartSite => ({
  path: path.split('/'),
  bytes,
  look,
  ...(place !== undefined && { place }),
});

/** `main 30 (load 20 (parse 20), draw 10)`. */
function told({ name, bytes, children }: CallNode): string {
  return `${name} ${bytes}${children.length > 0 ? ` (${children.map(told).join(', ')})` : ''}`.trim();
}

const tree = (sites: readonly ChartSite[], bounds = WIDE_OPEN): string => {
  const root = callTree(sites, bounds);
  return root ? told(root) : 'none';
};

const draw = (sites: readonly ChartSite[], rows = 16, layout?: 'narrow'): string =>
  renderChart({ kind: 'icicle', sites, rows, key: KEY }, layout);

/** The boxes with what they are called: where they begin and how wide they are. */
function boxesOf(svg: string): { title: string; x: number; y: number; width: number }[] {
  return [...svg.matchAll(/<g>(.*?)<\/g>/g)].map(([, inner = '']) => {
    const rects = [...inner.matchAll(/x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"/g)].map((match) =>
      match.slice(1).map(Number),
    );
    const width = rects.reduce((sum, [, , part = 0]) => sum + part, 0);
    const title = /<title>(.*?)<\/title>/.exec(inner)?.[1] ?? '';
    return { title, x: rects[0]?.[0] ?? -1, y: rects[0]?.[1] ?? -1, width };
  });
}

describe('the tree of calls', () => {
  it('puts stacks together from their outermost call on, the largest first', () => {
    const sites = [site('main/draw', 10), site('main/load/parse', 20), site('main/load/read', 5), site('main/draw', 3)];
    expect(tree(sites)).toBe('38 (main 38 (load 25 (parse 20, read 5), draw 13))');
  });

  it('counts what a call allocates itself with what is below it', () => {
    expect(tree([site('main', 4), site('main/load', 6)])).toBe('10 (main 10 (load 6))');
  });

  it('keeps the kinds apart', () => {
    const root = callTree([site('main/a', 6, 'ic-definite'), site('main/a', 3, 'ic-possible')], WIDE_OPEN);
    expect([...(root?.amounts ?? [])]).toEqual([
      ['ic-definite', 6],
      ['ic-possible', 3],
    ]);
  });

  it('tells the place of a call that allocates in one line only', () => {
    const placeOf = (...places: (string | undefined)[]): string | undefined =>
      callTree(
        places.map((place) => site('main', 1, 'ic-definite', place)),
        WIDE_OPEN,
      )?.children[0]?.place;
    expect(placeOf('main.c:7', 'main.c:7')).toBe('main.c:7');
    expect(placeOf('main.c:7', 'main.c:9')).toBeUndefined();
    expect(placeOf('main.c:7', undefined)).toBeUndefined();
  });

  it('puts calls that only make one other call into its box where there are too few rows, and cuts what is still too deep', () => {
    const sites = [site('main/run/step/load', 8), site('main/run/step/draw/line', 2)];
    expect(tree(sites, { ...WIDE_OPEN, rows: 5 })).toBe('10 (main 10 (run 10 (step 10 (load 8, draw 2 (line 2)))))');
    expect(tree(sites, { ...WIDE_OPEN, rows: 4 })).toBe('10 (main › run › step 10 (load 8, draw › line 2))');
    expect(tree(sites, { ...WIDE_OPEN, rows: 1 })).toBe('10 (main › run › step … 10)');
  });

  it('sums up what is too small, and leaves out what is too small even so', () => {
    const sites = [site('main/a', 90), site('main/b', 4), site('main/c', 4), site('main/d', 2)];
    const root = callTree(sites, { ...WIDE_OPEN, share: 0.05 });
    expect(root?.children[0]?.children).toMatchObject([
      { name: 'a', bytes: 90 },
      { bytes: 10, summed: 3 },
    ]);
    expect(tree(sites, { ...WIDE_OPEN, share: 0.2 })).toBe('100 (main 100 (a 90))');
    const even = Array.from({ length: 20 }, (_, index) => site(`main/run/f${index}`, 1));
    expect(tree(even, { ...WIDE_OPEN, share: 0.1, rows: 1 })).toBe('20 (main › run … 20)');
    expect(tree(even, { ...WIDE_OPEN, share: 0.1, rows: 2 })).toBe('20 (main › run 20 (… 20))');
  });

  it('has no more boxes than asked for, whatever the stacks', () => {
    const many = Array.from({ length: 3000 }, (_, index) =>
      site(`main/f${index % 40}/g${index % 700}/h${index}`, 1 + index),
    );
    const count = ({ children }: CallNode): number => children.reduce((sum, child) => sum + count(child), 1);
    const root = callTree(many, { rows: 8, boxes: 100, share: 0 });
    if (!root) throw new Error('expected a tree');
    expect(count(root)).toBeLessThanOrEqual(100);
    expect(count(root)).toBeGreaterThan(20);
    expect(depthOf(root)).toBeLessThanOrEqual(8);
  });

  it('stands endless recursion, and amounts that are none', () => {
    const deep = { path: Array.from({ length: 50_000 }, () => 'f'), look: 'ic-definite', bytes: 8 };
    const root = callTree([deep], WIDE_OPEN);
    expect(root && depthOf(root)).toBeLessThanOrEqual(WIDE_OPEN.rows);
    for (const bytes of [0, -1, Number.NaN, Infinity]) expect(tree([site('main', bytes)])).toBe('none');
    expect(tree([])).toBe('none');
  });
});

describe('the icicle', () => {
  const sites = [site('main/load', 300, 'ic-definite', 'load.c:18'), site('main/draw', 100, 'ic-possible')];

  it('draws each call as wide as what it holds, below the call that makes it', () => {
    const boxes = boxesOf(draw(sites));
    expect(boxes.map(({ title }) => title)).toEqual([
      'main, 400 B (100 %)',
      'load, load.c:18, 300 B (75 %)',
      'draw, 100 B (25 %)',
    ]);
    const [main, load, drawn] = boxes;
    if (!main || !load || !drawn) throw new Error('expected three boxes');
    expect(load.width / drawn.width).toBeCloseTo(3, 1);
    expect(load.x).toBe(main.x);
    expect(drawn.x).toBeCloseTo(load.x + load.width + 1, 0);
    expect(load.y).toBeGreaterThan(main.y);
    expect(drawn.y).toBe(load.y);
  });

  it('parts a call by what it lost how, and explains the colours that are there', () => {
    const svg = draw(sites);
    const [main = ''] = svg.split('</g>');
    expect(main).toMatch(/ic-definite.*ic-possible/);
    expect(svg).toContain('>possible</text>');
    expect(draw([site('main/a', 1), site('main/b', 1)])).not.toContain('>possible</text>');
  });

  it('has a box for all where stacks begin with several calls', () => {
    expect(boxesOf(draw([site('main/a', 3), site('worker/b', 1)])).map(({ title }) => title)).toEqual([
      'All stacks, 4 B (100 %)',
      'main, 3 B (75 %)',
      'worker, 1 B (25 %)',
      'a, 3 B (75 %)',
      'b, 1 B (25 %)',
    ]);
  });

  it('writes no text wider than its box', () => {
    const long = 'std::map<std::string, std::vector<int>>::insert(std::pair<std::string const, std::vector<int>>&&)';
    const wide = Array.from({ length: 30 }, (_, index) => site(`main/${long}${index}/x${index}`, 100 + index));
    for (const layout of [undefined, 'narrow'] as const) {
      for (const [, inner = ''] of draw(wide, 16, layout).matchAll(/<g>(.*?)<\/g>/g)) {
        const width = Number(/width="([\d.]+)"/.exec(inner)?.[1]);
        const words = /<text[^>]*>(.*?)<\/text>/.exec(inner)?.[1]?.replace(/&#\d+;/g, 'x') ?? '';
        expect(words.length * 6).toBeLessThanOrEqual(width);
      }
    }
  });

  it('holds names of strangers harmlessly, and never writes NaN', () => {
    const hostile = draw([
      site('main/<script>alert(1)</script>', 5),
      site('main/"\'&\u0000', 5),
      site('main/x', Number.NaN),
    ]);
    expect(hostile).not.toMatch(/<script|NaN|undefined/);
    expect(hostile).toContain('&#60;script&#62;');
  });

  it('is empty without bytes, has a narrow form, and stays small', () => {
    expect(draw([])).toBe('');
    expect(draw(sites, 16, 'narrow')).toContain('class="series icicle narrow"');
    const many = Array.from({ length: 5000 }, (_, index) =>
      site(`main/module_${index % 20}/function_${index % 300}/allocate_${index}`, 1 + (index % 977)),
    );
    expect(draw(many).length).toBeLessThan(70_000);
    expect(draw(many, 8, 'narrow').length).toBeLessThan(30_000);
  });
});
