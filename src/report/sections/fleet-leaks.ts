import { isAccused } from '../../model/is-accused.js';
import { programKey } from '../../model/program-key.js';
import type { RollUp } from '../../model/roll-up.js';
import { code, count, deviceCell, rate, text, time, UNKNOWN } from '../cells.js';
import type { Block, Cell, Column } from '../document.js';
import { formatCount } from '../outputs/format-value.js';
import type { RunContext, RunSection } from '../section.js';

/** The same leak on many devices as one row: what to repair first. */
export const fleetLeaks: RunSection = {
  id: 'fleet-leaks',
  title: 'Leaks over the fleet',
  build(context) {
    const { rollups } = context.analysis;
    if (!rollups || !saysMore(context, rollups)) return [];
    if (rollups.length === 0) {
      return [{ type: 'prose', parts: [text('No program leaks on any device, and none is suspected to.')] }];
    }
    const facets = facetsOf(context);
    return [
      lead(context, rollups),
      {
        type: 'table',
        caption: 'Leaks, those of the most devices first',
        columns: facets.map(({ column }) => column),
        rows: rollups.map((rollup) => ({ cells: facets.map(({ cellOf }) => cellOf(rollup)), weight: rollup.devices })),
        empty: '',
        printRows: PRINTED,
        isLead: true,
      },
    ];
  },
};

const PRINTED = 60;

/** Of a few programs, each leaking on a device of its own, the verdicts below say the same. */
function saysMore({ views, detailed }: RunContext, rollups: readonly RollUp[]): boolean {
  return detailed.length < views.length || rollups.some(({ devices }) => devices > 1);
}

function lead({ views }: RunContext, rollups: readonly RollUp[]): Block {
  const against = views.filter(({ verdict }) => isAccused(verdict));
  const devicesOf = (some: RunContext['views']): number => new Set(some.map(({ device }) => device)).size;
  return {
    type: 'prose',
    parts: [
      text('On '),
      count(devicesOf(against)),
      text(' of '),
      count(devicesOf(views), ['device', 'devices']),
      text(', a program leaks or may. One that loses memory at the same place is one row, on however many devices: '),
      count(rollups.length, ['row', 'rows']),
      text(' in all.'),
    ],
  };
}

interface Facet {
  readonly column: Column;
  readonly cellOf: (rollup: RollUp) => Cell;
}

function facetsOf({ detailed, pages }: RunContext): Facet[] {
  const parts = new Map(detailed.map((view) => [programKey(view), view.id]));
  const number = (label: string, explanation: string, cellOf: Facet['cellOf']): Facet => ({
    column: { label, align: 'right', shape: 'plain', explanation },
    cellOf,
  });
  return [
    {
      column: { label: 'Verdict', shape: 'plain', facet: true, explanation: 'the worst of its devices' },
      cellOf: ({ label }) => ({ type: 'verdict', label }),
    },
    {
      column: { label: 'Program', shape: 'name', facet: true },
      cellOf: ({ command, worst }) => {
        const part = parts.get(programKey({ device: worst.device, command }));
        return part === undefined ? code(command) : { type: 'link', to: part, text: command };
      },
    },
    number('Devices', 'that show it, of those with a verdict on the program', ({ devices, ofDevices }) =>
      text(`${formatCount(devices)} / ${formatCount(ofDevices)}`),
    ),
    number('Median rate', 'of its devices', ({ ratePerHour }) => hourly(ratePerHour?.median)),
    number('Highest rate', 'of its devices', ({ ratePerHour }) => hourly(ratePerHour?.most)),
    {
      column: { label: 'Worst device', shape: 'name', explanation: 'where it grows fastest' },
      cellOf: ({ worst }) => deviceCell(worst.device, pages),
    },
    {
      column: { label: 'Where', shape: 'name', explanation: 'the mapping that carries most of the growth' },
      cellOf: ({ mapping }) => code(mapping),
    },
    {
      column: { label: 'Lost at', shape: 'name', explanation: 'the line of code that the loss records point to' },
      cellOf: ({ site }) => (site ? { type: 'frame', frame: site } : UNKNOWN),
    },
    {
      column: { label: 'Since', shape: 'plain', explanation: 'when it was first seen to grow on any of them' },
      cellOf: ({ firstSeen }) => time(firstSeen),
    },
  ];
}

function hourly(ratePerHour: number | undefined): Cell {
  return ratePerHour === undefined ? UNKNOWN : rate({ ratePerHour });
}
