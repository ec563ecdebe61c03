import type { AddressArea } from '../../model/address-space.js';
import { categoryWithId } from '../../model/mapping-category.js';
import { visible } from '../../model/problem.js';
import { formatBytes, formatCount, formatGrowth } from '../outputs/format-value.js';
import { areasOf, type Slot } from './address-slots.js';
import { LETTER } from './memory-labels.js';
import { shortened } from './shortened.js';
import { element, svgText } from './svg.js';

/** All that is known of an area, for the pointer: its name, which may have commas, and a line of all else. */
export function titleOf(area: AddressArea): string {
  const parts = [
    `${area.start}-${area.end} ${area.permissions}`,
    categoryWithId(area.category).title,
    `${formatCount(area.vmaCount)} ${area.vmaCount === 1 ? 'VMA' : 'VMAs'}`,
    formatBytes(area.size),
  ];
  if (area.rss !== undefined) parts.push(`${formatBytes(area.rss)} resident`);
  if (area.privateBytes !== undefined) parts.push(`${formatBytes(area.privateBytes)} private`);
  if (area.growth !== undefined && area.growth !== 0)
    parts.push(`${formatGrowth(area.growth)} since the first snapshot`);
  return `${nameOf(area)}\n${parts.join(', ')}`;
}

/** Where the columns end, and how wide the whole is; without room left of them it is a phone's. */
export interface LabelPlace {
  readonly right: number;
  readonly measures: { readonly left: number; readonly width: number };
}

/** Right of the columns: the name, the size, what is resident, what changed. */
export function drawLabel(slot: Slot, { right, measures }: LabelPlace, y: number): string {
  const areas = areasOf(slot).map(({ area }) => area);
  const [main] = areas;
  if (!main) return '';
  const sum = (numberOf: (area: AddressArea) => number | undefined): number | undefined => {
    const known = areas.flatMap((area) => numberOf(area) ?? []);
    return known.length === 0 ? undefined : known.reduce((a, b) => a + b, 0);
  };
  const rss = sum((area) => area.rss);
  const size = formatBytes(sum((area) => area.size) ?? 0);
  const isRoomy = measures.left > 0 && rss !== undefined;
  const amounts = isRoomy ? `${size}, ${formatBytes(rss)} in RAM` : size;
  const growth = sum((area) => area.growth) ?? 0;
  const changes = changesOf(slot, areas, growth, measures.left === 0);
  const x = right + 12;
  const room = Math.floor((measures.width - x) / LETTER) - amounts.length - changes.length - SPACING;
  const isWhole = slot.rows === 1 && areas.length === 1;
  const most = Math.min(MOST_LETTERS, Math.max(LEAST_LETTERS, room));
  const name = isWhole ? shortened(lastName(main), most) : groupName(areas, most);
  const words =
    element('tspan', { class: 'label-name' }, svgText(name)) +
    svgText(` ${amounts}`) +
    (changes === '' ? '' : element('tspan', { class: growth < 0 ? 'as-shrunk' : 'as-growth' }, svgText(` ${changes}`)));
  return element('text', { x, y }, words);
}

/** `new, +24 KiB`; of several areas `35 new, +840 KiB`; where room is short, the last that there is. */
function changesOf(slot: Slot, areas: readonly AddressArea[], growth: number, isShort: boolean): string {
  if (slot.after.length === 0) return 'gone';
  const fresh = areas.filter(({ change }) => change === 'new').length;
  const words = fresh === 0 ? [] : [areas.length === 1 ? 'new' : `${formatCount(fresh)} new`];
  if (growth !== 0) words.push(formatGrowth(growth));
  return isShort ? (words.at(-1) ?? '') : words.join(', ');
}

/** What they are, if it is one thing and there is room to say so. */
function groupName(areas: readonly AddressArea[], most: number): string {
  const held = areas.filter(({ category }) => category !== 'reserved');
  const kinds = new Set(held.map(({ category }) => category));
  const [kind = ''] = kinds;
  const name = `${formatCount(held.length)} × ${categoryWithId(kind).title}`;
  return kinds.size === 1 && name.length <= most ? name : `${formatCount(areas.length)} areas`;
}

/** The last part of a path; of unnamed areas what they are. */
function lastName(area: AddressArea): string {
  const { label, category } = area;
  const isUnnamed = label.startsWith('[anonymous') || category === 'shared-anonymous';
  const words = isUnnamed ? categoryWithId(category).title : nameOf(area);
  return words.startsWith('/') ? words.slice(words.lastIndexOf('/', words.length - 2) + 1) : words;
}

/** Blanks between the parts, and bold letters that are wider than others. */
const SPACING = 5;
const LEAST_LETTERS = 8;
const MOST_LETTERS = 40;

function nameOf({ label, others }: AddressArea): string {
  return others === undefined ? visible(label) : `${visible(label)} and ${formatCount(others)} more`;
}
