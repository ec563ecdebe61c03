import type { AddressArea } from '../../model/address-space.js';
import { categoryWithId } from '../../model/mapping-category.js';
import { bytes, code, count, growth, strong, text } from '../cells.js';
import { weightOfArea } from '../charts/address-slots.js';
import type { Block, Cell, Column, Row } from '../document.js';
import { formatCount } from '../outputs/format-value.js';
import type { ProgramSection } from '../section.js';

/** A drawing of the address space, what can be written to and executed, and the blocks of the drawing. */
export const addressSpace: ProgramSection = {
  id: 'address-space',
  title: 'Address space',
  build({ report, timeline }, place) {
    const space = report.addressSpace;
    if (!space) return [];
    const { before, after } = space;
    const gone = (before ?? []).filter(({ change }) => change === 'gone');
    const all = [...after, ...gone];
    const pid = timeline?.pid === undefined ? '' : ` of pid ${timeline.pid}`;
    return [
      {
        type: 'chart',
        chart: { kind: 'address-space', after, ...(before && { before }) },
        caption:
          `The address space${pid}, low addresses at the top${before ? ', in the first and the last snapshot' : ''}. Stretches ` +
          'without a hole are to scale, each to its own; a row is never lower than its label, and what is merely reserved ' +
          'is cut short.',
      },
      ...writableCode(after),
      // A ticket has the VMAs that weigh most right below.
      ...(place === 'ticket' ? [] : [tableOf(all)]),
    ];
  },
};

function tableOf(areas: readonly AddressArea[]): Block {
  return {
    type: 'table',
    caption:
      areas.length === 1
        ? 'The only block'
        : `All ${formatCount(areas.length)} blocks: neighbouring VMAs of one thing are one`,
    columns: COLUMNS.map(({ column }) => column),
    rows: areas
      .toSorted(byAddress)
      .map((area): Row => ({ cells: COLUMNS.map(({ cell }) => cell(area)), weight: weightOfArea(area) })),
    empty: '',
    printRows: 40,
  };
}

interface BlockColumn {
  readonly column: Column;
  readonly cell: (area: AddressArea) => Cell;
}

function amount(label: string, explanation: string, key: 'rss' | 'privateBytes'): BlockColumn {
  return {
    column: { label, explanation, align: 'right', shape: 'plain' },
    cell: (area) => bytes(area[key]),
  };
}

const COLUMNS: readonly BlockColumn[] = [
  {
    column: { label: 'Address range', shape: 'plain' },
    cell: ({ start, end }) => ({ type: 'address', start, end }),
  },
  {
    column: { label: 'Block', shape: 'name' },
    cell: ({ label, others }) => code(others === undefined ? label : `${label} and ${others} more`),
  },
  { column: { label: 'Kind', shape: 'plain' }, cell: ({ category }) => text(categoryWithId(category).title) },
  {
    column: { label: 'Perm.', explanation: 'permissions of its VMAs', shape: 'plain' },
    cell: ({ permissions }) => code(shortPermissions(permissions)),
  },
  { column: { label: 'VMAs', align: 'right', shape: 'plain' }, cell: ({ vmaCount }) => count(vmaCount) },
  { column: { label: 'Size', align: 'right', shape: 'plain' }, cell: ({ size }) => bytes(size) },
  amount('RSS', 'in RAM', 'rss'),
  amount('Private', 'private dirty and swap', 'privateBytes'),
  {
    column: { label: 'Growth', align: 'right', shape: 'plain', explanation: 'since the first snapshot' },
    cell: (area) => growth(area.growth),
  },
  {
    column: { label: 'Change', shape: 'plain' },
    cell: ({ change }) => text(change ?? ''),
  },
];

const MOST_PERMISSIONS = 4;

/** Blocks that were merged for want of room have many. */
function shortPermissions(permissions: string): string {
  const each = permissions.split(' ');
  if (each.length <= MOST_PERMISSIONS) return permissions;
  return `${each.slice(0, MOST_PERMISSIONS).join(' ')} …`;
}

/** Hexadecimal digits of one length sort as numbers; shorter ones are lower. */
function byAddress(a: AddressArea, b: AddressArea): number {
  return a.start.length - b.start.length || (a.start < b.start ? -1 : a.start > b.start ? 1 : 0);
}

const NAMED = 4;

/** Ids of categories whose memory a just-in-time compiler writes. */
const COMPILERS: ReadonlySet<string> = new Set(['generated-code', 'art-code-cache', 'zygote-code-cache', 'v8']);

/** An attacker who can write to what is executed need look no further: to be told, and where it is expected too. */
function writableCode(areas: readonly AddressArea[]): Block[] {
  const found = areas.filter((area) => area.writableCode !== undefined);
  if (found.length === 0) return [];
  const size = found.reduce((sum, area) => sum + (area.writableCode ?? 0), 0);
  const places = found
    .slice(0, NAMED)
    .flatMap(({ start, label }, index): Cell[] => [
      text(index === 0 ? ' ' : ', '),
      { type: 'address', start },
      text(' '),
      code(label),
    ]);
  const more = found.length > NAMED ? [text(` and ${found.length - NAMED} more`)] : [];
  const isExpected = found.every(({ category }) => COMPILERS.has(category));
  const isUnnamed = found.every(({ category }) => category === 'executable-anonymous');
  const words = isExpected
    ? '. It is of a just-in-time compiler, which works in such memory.'
    : isUnnamed
      ? '. A just-in-time compiler works in such memory; in a program that has none it is a defect.'
      : '. Only a just-in-time compiler needs that; an executable stack or heap comes from how the program was linked.';
  const parts = [
    strong('Writable and executable'),
    text(': '),
    bytes(size),
    text(' at'),
    ...places,
    ...more,
    text(words),
  ];
  return [{ type: 'note', tone: isExpected ? 'info' : 'warning', parts }];
}
