import { type HierarchyRectangularNode, hierarchy, treemap as layOut, treemapSquarify } from 'd3-hierarchy';
import { formatBytes, formatCount, formatShare } from '../outputs/format-value.js';
import type { ChartSpec, ChartTile } from './chart.js';
import { drawColourKey } from './colour-key.js';
import type { Layout } from './layout.js';
import { shortened } from './shortened.js';
import { element, svgText } from './svg.js';

const SIZES: Readonly<Record<Layout, { readonly width: number; readonly height: number }>> = {
  wide: { width: 760, height: 300 },
  narrow: { width: 358, height: 340 },
};

const GAP = 2;
const KEY_TOP = 18;
const PAD = 5;
const LINE = 14;
const LEAST_LETTERS = 4;
/** Pixels that a letter takes at most. */
const BOLD_LETTER = 6.5;

/** A group of tiles, or one of them. */
interface Part {
  readonly tile?: ChartTile;
  readonly parts: readonly Part[];
}

/** Parts of a whole as tiles whose areas are as large as they; what holds nothing is left out. */
export function treemap({ groups, key }: Extract<ChartSpec, { kind: 'treemap' }>, layout: Layout = 'wide'): string {
  const { width, height } = SIZES[layout];
  const held = groups.map((tiles) => tiles.filter(({ bytes }) => bytes > 0 && Number.isFinite(bytes)));
  const parts = held.map((tiles): Part => ({ parts: tiles.map((tile) => ({ tile, parts: [] })) }));
  const root = hierarchy<Part>({ parts }, (part) => [...part.parts])
    .sum(({ tile }) => tile?.bytes ?? 0)
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
  const whole = root.value ?? 0;
  if (whole <= 0) return '';
  const laid = layOut<Part>().tile(treemapSquarify.ratio(1.4)).size([width, height]).paddingInner(GAP)(root);
  const looks = new Set(held.flat().map(({ look }) => look));
  const words = drawColourKey(
    key
      .filter(({ look }) => looks.has(look))
      .map(({ look, words: said }) => ({ look: `tm-tile ${look}`, words: said })),
    width,
    height + KEY_TOP,
  );
  return element(
    'svg',
    {
      class: `series treemap ${layout}`,
      viewBox: `0 0 ${width} ${words.bottom}`,
      role: 'img',
      'aria-label': `${formatBytes(whole)} in ${formatCount(held.flat().length)} parts; the table says the same`,
    },
    laid
      .leaves()
      .map((leaf) => drawTile(leaf, whole))
      .join('') + words.svg,
  );
}

function drawTile({ x0, x1, y0, y1, data: { tile } }: HierarchyRectangularNode<Part>, whole: number): string {
  if (!tile) return '';
  const [width, height] = [x1 - x0, y1 - y0];
  const { name, look, bytes } = tile;
  const box = { class: `tm-tile ${look}`, x: x0, y: y0, width: Math.max(0.5, width), height: Math.max(0.5, height) };
  const amount = formatBytes(bytes);
  const room = Math.floor((width - 2 * PAD) / BOLD_LETTER);
  const isTall = height >= 2 * LINE + PAD;
  const isNamed = height >= LINE + PAD && room >= LEAST_LETTERS;
  const drawn = isNamed
    ? [isTall || name.length + amount.length >= room ? shortened(name, room) : `${name} ${amount}`]
    : [];
  // A number that is cut says something else.
  if (isNamed && isTall && amount.length <= room) drawn.push(amount);
  const texts = drawn.map((words, index) =>
    element(
      'text',
      { class: index === 0 ? 'tm-name' : 'tm-amount', x: x0 + PAD, y: y0 + PAD + 9 + index * LINE },
      svgText(words),
    ),
  );
  const title = element('title', {}, svgText(`${name}, ${amount} (${formatShare(bytes / whole)})`));
  return element('g', {}, element('rect', box) + texts.join('') + title);
}
