import type { SharingReport } from '../../model/analysis.js';
import { bytes, code, count, text, time, UNKNOWN } from '../cells.js';
import type { Block, Cell, Column } from '../document.js';
import type { RunSection } from '../section.js';

const SHOWN = 200;

/** Which files and shared memory several processes of a device had mapped at the same instant. */
export const sharing: RunSection = {
  id: 'sharing',
  title: 'Memory shared between processes',
  build({ analysis }) {
    if (analysis.sharing.length === 0) return [];
    const shown = analysis.sharing.toSorted((a, b) => b.rss - a.rss).slice(0, SHOWN);
    const isNamed = new Set(analysis.sharing.map(({ device }) => device)).size > 1;
    return [
      ...beforeBlocks(shown, isNamed),
      tableOf(shown, analysis.sharing.length, isNamed),
      ...otherBlocks(analysis.sharing),
    ];
  },
};

function tableOf(shown: readonly SharingReport[], all: number, isNamed: boolean): Block {
  return {
    type: 'table',
    caption:
      shown.length < all
        ? `The largest ${shown.length} of ${all} shared mappings`
        : 'What several processes had mapped at one instant',
    columns: [
      { label: 'Mapping', shape: 'name' },
      ...deviceColumn(isNamed),
      { label: 'Programs', shape: 'name' },
      { label: 'Pids', shape: 'name' },
      { label: 'Sharers', align: 'right', shape: 'plain', explanation: 'sampled processes that map it' },
      {
        label: 'Implied',
        align: 'right',
        shape: 'plain',
        explanation: 'processes that map its shared pages on average: their RSS by their PSS',
      },
      { label: 'Size', align: 'right', shape: 'plain', explanation: SEEN_BY },
      { label: 'RSS', align: 'right', shape: 'plain', explanation: SEEN_BY },
      { label: 'PSS', align: 'right', shape: 'plain', explanation: SEEN_BY },
      { label: 'Taken at', shape: 'plain' },
    ],
    rows: shown.map((one) => ({
      cells: [
        code(one.writable ? `${one.pathname} (written)` : one.pathname),
        ...(isNamed ? [code(one.device)] : []),
        code(someOf(one.programs ?? [])),
        text(someOf(one.pids)),
        count(one.sharers),
        impliedCell(one),
        bytes(one.size),
        bytes(one.rss),
        bytes(one.pss),
        time(one.takenAt),
      ],
      weight: one.rss,
    })),
    empty: '',
    printRows: 60,
  };
}

function deviceColumn(isNamed: boolean): Column[] {
  return isNamed ? [{ label: 'Device', shape: 'name' }] : [];
}

const SEEN_BY = 'as the process with the lowest pid sees it';

function impliedCell({ impliedSharers }: SharingReport): Cell {
  if (impliedSharers === undefined) return UNKNOWN;
  return Number.isInteger(impliedSharers) ? count(impliedSharers) : text(impliedSharers.toFixed(1));
}

/** How the code of a program became cheaper when another instance of it started. */
function beforeBlocks(shown: readonly SharingReport[], isNamed: boolean): Block[] {
  const rows = shown.flatMap((one) => {
    const { before } = one;
    if (before === undefined) return [];
    const cells = [
      code(one.pathname),
      ...(isNamed ? [code(one.device)] : []),
      code(someOf(one.programs ?? [])),
      count(before.instances),
      bytes(before.rss),
      bytes(before.pss),
      count(one.sharers),
      bytes(one.rss),
      bytes(one.pss),
    ];
    return [{ cells }];
  });
  if (rows.length === 0) return [];
  return [
    {
      type: 'table',
      caption: 'More instances of a program share its code: RSS stays, PSS is divided among them',
      columns: [
        { label: 'Mapping', shape: 'name' },
        ...deviceColumn(isNamed),
        { label: 'Program', shape: 'name' },
        { label: 'Instances first', align: 'right', shape: 'plain' },
        { label: 'RSS', align: 'right', shape: 'plain' },
        { label: 'PSS', align: 'right', shape: 'plain' },
        { label: 'Instances last', align: 'right', shape: 'plain' },
        { label: 'RSS of each', align: 'right', shape: 'plain' },
        { label: 'PSS of each', align: 'right', shape: 'plain' },
      ],
      rows,
      empty: '',
    },
  ];
}

/** Says where the numbers imply more processes than were sampled. */
function otherBlocks(all: readonly SharingReport[]): Block[] {
  const more = all.filter(({ sharers, impliedSharers = 0 }) => impliedSharers >= sharers + 1);
  if (more.length === 0) return [];
  const parts = [
    text('The numbers of '),
    count(more.length, ['mapping', 'mappings']),
    text(' imply more sharers than were sampled: other processes map them too, which were not captured.'),
  ];
  return [{ type: 'note', tone: 'info', parts }];
}

function someOf(names: readonly (string | number)[]): string {
  const shown = names.slice(0, 6).join(', ');
  return names.length > 6 ? `${shown} and ${names.length - 6} more` : shown;
}
