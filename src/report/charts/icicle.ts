import { type HierarchyRectangularNode, hierarchy, partition } from 'd3-hierarchy';
import { formatBytes, formatCount, formatShare } from '../outputs/format-value.js';
import { type CallNode, CHAIN, callTree, depthOf } from './call-tree.js';
import type { ChartSpec } from './chart.js';
import { drawColourKey, type KeyItem } from './colour-key.js';
import type { Layout } from './layout.js';
import { LETTER } from './memory-labels.js';
import { shortened } from './shortened.js';
import { element, svgText } from './svg.js';

interface Measures {
  readonly width: number;
  readonly boxes: number;
}

const MEASURES: Readonly<Record<Layout, Measures>> = {
  wide: { width: 760, boxes: 240 },
  narrow: { width: 358, boxes: 90 },
};

const ROW = 19;
const GAP = 1;
/** Pixels that a box is wide at least. */
const LEAST_WIDTH = 3;
const KEY_TOP = 18;
/** Blanks left and right of a text. */
const PAD = 5;
const LEAST_LETTERS = 4;
const MOST_TITLE = 300;

type Box = HierarchyRectangularNode<CallNode>;

/**
 * Call stacks put together from the top: each box a call, below it the calls that it made, as wide as the bytes that
 * they hold. Its parts have the colours of what is in it.
 */
export function icicle({ sites, rows, key }: Extract<ChartSpec, { kind: 'icicle' }>, layout: Layout = 'wide'): string {
  const { width, boxes } = MEASURES[layout];
  const root = callTree(sites, { rows, boxes, share: LEAST_WIDTH / width });
  if (!root) return '';
  // Where all stacks begin with one call, it is the top, and no box above it is needed.
  const [first] = root.children;
  const top = first && root.children.length === 1 && first.bytes === root.bytes ? first : root;
  const height = (depthOf(top) + 1) * ROW;
  const tree = hierarchy(top, ({ children }) => [...children]).sum(ownOf);
  const laid = partition<CallNode>().size([width, height])(tree);
  const drawn = laid
    .descendants()
    .map((box) => drawBox(box, root.bytes, key))
    .join('');
  const there = key.filter(({ look }) => root.amounts.has(look));
  const words = drawColourKey(
    there.map(({ look, words: said }) => ({ look: `ic-box ic-site ${look}`, words: said })),
    width,
    height + KEY_TOP,
  );
  return element(
    'svg',
    {
      class: `series icicle ${layout}`,
      viewBox: `0 0 ${width} ${words.bottom}`,
      role: 'img',
      'aria-label': `Call stacks of ${formatBytes(root.bytes)}; the table says the same`,
    },
    drawn + words.svg,
  );
}

/** What of a call is not in the boxes below it. */
function ownOf({ bytes, children }: CallNode): number {
  return Math.max(
    0,
    children.reduce((rest, child) => rest - child.bytes, bytes),
  );
}

function drawBox({ x0, x1, y0, y1, data }: Box, whole: number, key: readonly KeyItem[]): string {
  const width = Math.max(1, x1 - x0 - GAP);
  const height = y1 - y0 - GAP;
  const isSite = data.children.length === 0;
  let drawn = '';
  let x = x0;
  for (const { look } of key) {
    const part = ((data.amounts.get(look) ?? 0) / data.bytes) * width;
    if (!(part > 0)) continue;
    drawn += element('rect', { class: `ic-box ${look}${isSite ? ' ic-site' : ''}`, x, y: y0, width: part, height });
    x += part;
  }
  const words = labelOf(data, Math.floor((width - 2 * PAD) / LETTER));
  if (words !== '') drawn += element('text', { class: 'ic-label', x: x0 + PAD, y: y0 + ROW / 2 + 3.5 }, svgText(words));
  return element('g', {}, drawn + element('title', {}, svgText(titleOf(data, whole))));
}

/** The name, and as much of its place and amount as there is room for. */
function labelOf(node: CallNode, room: number): string {
  if (room < LEAST_LETTERS) return '';
  const name = nameOf(node);
  const amount = formatBytes(node.bytes);
  const place = node.place ?? '';
  const whole = [name, place, amount].filter(Boolean).join(' ');
  if (whole.length <= room) return whole;
  const brief = `${name} ${amount}`;
  if (brief.length <= room) return brief;
  return name.length <= room ? name : shortened(chainOf(node)[0] ?? name, room);
}

/** Of several calls in one box, the innermost comes first: it is what was looked for. */
function chainOf({ name }: CallNode): string[] {
  return name.split(CHAIN).reverse();
}

function nameOf(node: CallNode): string {
  const { name, summed } = node;
  if (summed !== undefined && summed > 1) return `${formatCount(summed)} others`;
  return name === '' ? 'All stacks' : chainOf(node).join(' ‹ ');
}

function titleOf(node: CallNode, whole: number): string {
  const name = nameOf(node);
  const said = name.length > MOST_TITLE ? `${name.slice(0, MOST_TITLE)}…` : name;
  const parts = [said, ...(node.place === undefined ? [] : [node.place]), formatBytes(node.bytes)];
  return `${parts.join(', ')} (${formatShare(node.bytes / whole)})`;
}
