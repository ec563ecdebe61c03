import { type CategoryFamily, categoryWithId } from '../../model/mapping-category.js';
import { formatBytes, formatCount } from '../outputs/format-value.js';
import { drawLabel, titleOf } from './address-labels.js';
import { isReserve, type PlacedArea, type Slot, type Stretch, stretchesOf } from './address-slots.js';
import type { ChartSpec } from './chart.js';
import { drawColourKey, type KeyItem } from './colour-key.js';
import type { Layout } from './layout.js';
import { LETTER } from './memory-labels.js';
import { coordinate, element, svgText } from './svg.js';

interface Columns {
  readonly width: number;
  /** Where the columns begin; left of it stand the addresses. */
  readonly left: number;
  readonly column: number;
  readonly labelled: number;
}

const LAYOUTS: Readonly<Record<Layout, Columns>> = {
  wide: { width: 760, left: 108, column: 132, labelled: 12 },
  narrow: { width: 358, left: 0, column: 66, labelled: 10 },
};

const TOP = 20;
const GAP = 8;
const ROW = 15;
const HOLE = 17;
const NARROW_HOLE = 6;
const RESERVE = 17;
const KEY_LINE = 16;
const HOLES = 6;

/**
 * The address space of a process, low addresses at the top; where there are two snapshots, the first beside the last.
 *
 * Stretches without a hole are drawn to scale, each to its own, but no row lower than its label: a library is a
 * thousand times smaller than the stack of a thread. Holes and reserved space are breaks with their size in words.
 */
export function addressSpace(
  { before, after }: Extract<ChartSpec, { kind: 'address-space' }>,
  layout: Layout = 'wide',
): string {
  const measures = LAYOUTS[layout];
  const stretches = stretchesOf(before ?? [], after, { labelled: measures.labelled, holes: HOLES });
  if (stretches.length === 0) return '';
  const columns = before ? [measures.left, measures.left + measures.column + GAP] : [measures.left];
  const right = (columns.at(-1) ?? 0) + measures.column;
  const view: View = { measures, columns, right, hasBefore: before !== undefined };
  let drawn = headings(view) + firstAddress(stretches, view);
  const wanted = stretches.reduce((sum, { slots }) => sum + heightOf(sizeToScale(slots)), 0);
  const shrink = Math.min(1, MOST_TO_SCALE / Math.max(1, wanted));
  let y = TOP;
  for (const stretch of stretches) {
    if (stretch.hole !== undefined) {
      drawn += drawHole(stretch, view, y);
      y += holeHeight(stretch.hole);
    }
    const { svg, bottom } = drawStretch(stretch, view, y, shrink);
    drawn += svg;
    y = bottom;
  }
  const key = drawKey(stretches, view, y + KEY_LINE);
  return element(
    'svg',
    {
      class: `series address-space ${layout}`,
      viewBox: `0 0 ${measures.width} ${coordinate(key.bottom)}`,
      role: 'img',
      'aria-label': `Address space of ${formatCount(after.length)} areas; the table below says the same`,
    },
    drawn + key.svg,
  );
}

interface View {
  readonly measures: Columns;
  /** The left edge of the first snapshot's column, where there is one, and of the last's. */
  readonly columns: readonly number[];
  readonly right: number;
  readonly hasBefore: boolean;
}

function headings({ columns, hasBefore, measures }: View): string {
  const words = hasBefore ? ['First snapshot', 'Last snapshot'] : ['Last snapshot'];
  const short = hasBefore ? ['first', 'last'] : ['last'];
  return columns
    .map((x, index) => {
      const text = measures.left > 0 ? words[index] : short[index];
      return element('text', { class: 'panel-title', x, y: TOP - 7 }, svgText(text ?? ''));
    })
    .join('');
}

/** Where there is no room left of the columns, addresses stand above the rows. */
function firstAddress([first]: readonly Stretch[], { measures, right }: View): string {
  const from = first?.slots[0]?.from;
  return from === undefined || measures.left > 0 ? '' : addressText(from, right + 6, TOP - 7, 'start');
}

/** Holes between the parts of one thing are no more than a gap. */
function holeHeight(hole: number): number {
  return hole < LEAST_NAMED_HOLE ? NARROW_HOLE : HOLE;
}

const LEAST_NAMED_HOLE = 1024 * 1024;

function drawHole({ hole = 0, slots }: Stretch, { columns, right, measures }: View, y: number): string {
  const left = columns[0] ?? 0;
  const words = `hole of ${formatBytes(hole)}`;
  const height = holeHeight(hole);
  const middle = y + height / 2;
  if (height < HOLE) return element('g', {}, zigzag(left, right, middle) + element('title', {}, svgText(words)));
  const half = Math.min((right - left) / 2, (words.length * LETTER) / 2 + 6);
  const centre = (left + right) / 2;
  return (
    zigzag(left, centre - half, middle) +
    zigzag(centre + half, right, middle) +
    element('text', { class: 'tick', x: centre, y: middle + 3.5, 'text-anchor': 'middle' }, svgText(words)) +
    (measures.left > 0 ? '' : addressText(slots[0]?.from ?? 0, right + 6, y + HOLE - 4, 'start'))
  );
}

function zigzag(from: number, to: number, y: number): string {
  if (to - from < 6) return '';
  let path = `M${coordinate(from)},${coordinate(y)}`;
  for (let x = from + 3, up = true; x <= to; x += 3, up = !up) {
    path += `L${coordinate(x)},${coordinate(y + (up ? -2 : 2))}`;
  }
  return element('path', { class: 'as-break', d: path });
}

function drawStretch({ slots }: Stretch, view: View, top: number, shrink: number): { svg: string; bottom: number } {
  const size = sizeToScale(slots);
  const scale = size > 0 ? (shrink * heightOf(size)) / size : 0;
  let svg = '';
  let y = top;
  for (const slot of slots) {
    const height = isReserve(slot) ? RESERVE : Math.max(ROW, (slot.to - slot.from) * scale);
    svg += drawSlot(slot, view, y, height);
    y += height;
  }
  if (view.measures.left > 0) {
    svg += addressText(slots[0]?.from ?? 0, view.measures.left - 6, top + 8, 'end');
    if (y - top >= 2 * ROW - 4) svg += addressText(slots.at(-1)?.to ?? 0, view.measures.left - 6, y - 1, 'end');
  }
  return { svg, bottom: y };
}

const UNIT = 256 * 1024;
const PER_DOUBLING = 11;
const MOST_HEIGHT = 120;
/** Of all stretches together: the drawing fits half a page of paper. */
const MOST_TO_SCALE = 260;

/** Pixels for a stretch of this size: the taller the larger, by doublings. */
function heightOf(size: number): number {
  return size > 0 ? Math.min(MOST_HEIGHT, PER_DOUBLING * Math.log2(2 + size / UNIT)) : 0;
}

function sizeToScale(slots: readonly Slot[]): number {
  return slots.filter((slot) => !isReserve(slot)).reduce((sum, { from, to }) => sum + to - from, 0);
}

function addressText(address: number, x: number, y: number, anchor: 'start' | 'end'): string {
  const text = address.toString(16).padStart(8, '0');
  return element('text', { class: 'as-address', x, y, 'text-anchor': anchor }, svgText(text));
}

function drawSlot(slot: Slot, view: View, y: number, height: number): string {
  const [first = 0, second = first] = view.columns;
  const place = (one: PlacedArea): { y: number; height: number } => {
    const whole = slot.to - slot.from;
    const from = y + ((one.from - slot.from) / whole) * height;
    return { y: from, height: Math.max(1.5, Math.min(((one.to - one.from) / whole) * height, y + height - from)) };
  };
  const isGroup = slot.rows > 1;
  const before = slot.before.map((one) => drawArea(one, first, place(one), view, isGroup));
  const after = slot.after.map((one) => drawArea(one, second, place(one), view, isGroup));
  return before.join('') + after.join('') + drawLabel(slot, view, y + Math.min(height / 2, ROW) + 3.5);
}

function drawArea(
  { area }: PlacedArea,
  x: number,
  { y, height }: { y: number; height: number },
  { measures: { column } }: View,
  isGroup: boolean,
): string {
  const { family } = categoryWithId(area.category);
  const isHostile = area.writableCode !== undefined;
  const look = `as-area as-${family}${isHostile ? ' as-wx' : ''}${area.change === 'gone' ? ' as-gone' : ''}`;
  let drawn = element('rect', { class: look, x, y: y + 0.5, width: column, height: Math.max(1, height - 1) });
  const share = area.rss === undefined || area.size <= 0 ? 0 : Math.min(1, area.rss / area.size);
  if (share > 0) {
    const width = Math.max(1.5, share * column);
    drawn += element('rect', {
      class: `as-resident as-${family}`,
      x,
      y: y + 0.5,
      width,
      height: Math.max(1, height - 1),
    });
  }
  if (area.change === 'new' || (area.growth ?? 0) > 0) {
    drawn += element('rect', {
      class: 'as-changed',
      x: x + column,
      y: y + 0.5,
      width: 4,
      height: Math.max(1, height - 1),
    });
  }
  if (height >= 11 && !isGroup) {
    const room = Math.floor((column - 8) / PERMISSION_LETTER);
    const words = isHostile ? `W+X ${area.permissions}` : area.permissions;
    const text = words.length <= room ? words : `${words.slice(0, Math.max(4, room - 1))}…`;
    const look = isHostile ? 'as-permissions as-wx-text' : 'as-permissions';
    drawn += element('text', { class: look, x: x + 5, y: y + Math.min(height / 2, ROW) + 3 }, svgText(text));
  }
  return element('g', {}, drawn + element('title', {}, svgText(titleOf(area))));
}

const PERMISSION_LETTER = 5.6;

/** What the colours say, of those that are there. */
function drawKey(stretches: readonly Stretch[], { measures }: View, top: number): { svg: string; bottom: number } {
  const areas = stretches.flatMap(({ slots }) => slots.flatMap(({ before, after }) => [...before, ...after]));
  const there = new Set(areas.map(({ area }) => categoryWithId(area.category).family));
  const items: KeyItem[] = FAMILIES.filter(([family]) => there.has(family)).map(([family, words]) => ({
    look: `as-area as-${family}`,
    words,
  }));
  if (areas.some(({ area }) => area.rss !== undefined))
    items.push({ look: 'as-resident as-anonymous', words: 'filled: in RAM' });
  if (areas.some(({ area }) => area.change === 'new' || (area.growth ?? 0) > 0))
    items.push({ look: 'as-changed', words: 'new or grown' });
  if (areas.some(({ area }) => area.writableCode !== undefined))
    items.push({ look: 'as-area as-wx', words: 'writable and executable' });
  return drawColourKey(items, measures.width, top);
}

const FAMILIES: readonly (readonly [CategoryFamily, string])[] = [
  ['heap', 'heaps'],
  ['runtime', 'managed heaps, JIT'],
  ['stack', 'stacks'],
  ['anonymous', 'anonymous'],
  ['image', 'programs, libraries'],
  ['file', 'files'],
  ['shared', 'shared memory'],
  ['device', 'GPU, devices'],
  ['kernel', 'vdso'],
  ['reserved', 'reserved, guards'],
];
