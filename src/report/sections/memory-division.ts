import type { DeviceReport } from '../../model/analysis.js';
import {
  bytesOfPart,
  MEMORY_PARTS,
  type MemoryDivision,
  type MemoryPart,
  type ProgramShare,
} from '../../model/memory-division.js';
import { bytes, code, count, deviceCell, difference, growth, strong, text, UNKNOWN } from '../cells.js';
import { isFleet } from '../device-parts.js';
import type { Block, Cell, Row } from '../document.js';
import { layersOf } from '../memory-layers.js';
import { GIVEN_BACK, lossOf, lossParts, takerName } from '../memory-loss.js';
import type { RunContext, RunSection } from '../section.js';

const SHOWN = 20;

/** Fewer instants are told by the table alone. */
const LEAST_INSTANTS = 3;

/** Into what the memory of each device was divided, and who took what it lost. */
export const memoryDivision: RunSection = {
  id: 'memory-division',
  title: 'Where all the memory went',
  build({ analysis, pages }) {
    const divided = analysis.devices.filter(({ divisions = [] }) => divisions.length > 0);
    if (isFleet(analysis) && divided.length > 0) return [fleetTable(divided, pages)];
    const blocks = divided.slice(0, SHOWN).flatMap((device) => blocksOf(device, divided.length > 1));
    if (divided.length > SHOWN) {
      const parts = [text(`The first ${SHOWN} of ${divided.length} devices are shown; report.json has all.`)];
      blocks.push({ type: 'prose', parts });
    }
    return blocks;
  },
};

function blocksOf(device: DeviceReport, isNamed: boolean): Block[] {
  const { divisions = [] } = device;
  const [first, last] = [divisions[0], divisions.at(-1)];
  if (first === undefined || last === undefined) return [];
  const blocks: Block[] = isNamed ? [{ type: 'heading', parts: [code(device.device)] }] : [];
  const lost = lossParts(device);
  if (lost.length > 0) blocks.push({ type: 'prose', parts: lost });
  blocks.push({ type: 'prose', parts: completenessParts(last) });
  const times = divisions.flatMap(({ takenAt }) => takenAt ?? []);
  if (times.length === divisions.length && times.length >= LEAST_INSTANTS) {
    const caption = 'What is in use, without what is free. PSS counts each page once, however many processes share it.';
    blocks.push({ type: 'chart', chart: { kind: 'stacked', times, layers: layersOf(divisions) }, caption });
  }
  blocks.push(tableOf(device.device, first, last), ...notesOf(last));
  return blocks;
}

/** One row for each device, the one that lost most first. */
function fleetTable(devices: readonly DeviceReport[], pages: RunContext['pages']): Block {
  const rows = devices.flatMap((device): Row[] => {
    const loss = lossOf(device);
    if (!loss) return [];
    const { before, after, taker } = loss;
    const taken = taker ? [takerName(taker), growth(taker.growth)] : [UNKNOWN, UNKNOWN];
    const cells = [deviceCell(device.device, pages), bytes(before), bytes(after), difference(after - before), ...taken];
    return [{ cells, weight: before - after }];
  });
  return {
    type: 'table',
    caption: 'What each device had left, the one that lost most first',
    columns: [
      { label: 'Device', shape: 'name' },
      { label: 'First', align: 'right', shape: 'plain', explanation: LEFT },
      { label: 'Last', align: 'right', shape: 'plain', explanation: LEFT },
      { label: 'Change', align: 'right', shape: 'plain' },
      { label: 'Taken mostly by', shape: 'name', facet: true },
      { label: 'Growth', align: 'right', shape: 'plain', explanation: 'of what took most' },
    ],
    rows: rows.toSorted((a, b) => (b.weight ?? 0) - (a.weight ?? 0)),
    empty: 'No device was captured more than once.',
    printRows: 40,
  };
}

const LEFT = 'MemAvailable, else what is free or cache';

/** How much of what processes use was captured. */
function completenessParts(last: MemoryDivision): Cell[] {
  const captured = bytesOfPart(last, 'programs');
  const used = captured + bytesOfPart(last, 'not-captured');
  if (last.processes === 0) {
    return [text('Processes use '), bytes(used), text('; the PSS of none was captured at these instants.')];
  }
  const parts: Cell[] = [
    count(last.processes, ['process was', 'processes were']),
    text(' captured, with '),
    bytes(captured),
    text(' of the '),
    bytes(used),
    text(' that processes use'),
  ];
  if (used > 0) parts.push(text(' ('), { type: 'share', value: captured / used }, text(')'));
  return [...parts, text('.')];
}

function tableOf(device: string, first: MemoryDivision, last: MemoryDivision): Block {
  const isSeries = first !== last;
  const known = last.parts.filter(({ part }) => bytesOfPart(first, part) !== 0 || bytesOfPart(last, part) !== 0);
  const rows = known.flatMap(({ part }) => [
    rowOf(
      text(MEMORY_PARTS[part]),
      bytesOfPart(first, part),
      bytesOfPart(last, part),
      last.total,
      isSeries,
      changeOf(part),
    ),
    ...(part === 'programs' ? programRows(first, last, isSeries) : []),
  ]);
  rows.push(rowOf(strong('MemTotal'), first.total, last.total, last.total, isSeries));
  return {
    type: 'table',
    caption: `The memory of ${device}, each page once`,
    columns: [
      { label: 'Part', shape: 'prose' },
      ...(isSeries ? [{ label: 'First', align: 'right' as const, shape: 'plain' as const }] : []),
      { label: isSeries ? 'Last' : 'Bytes', align: 'right', shape: 'plain' },
      { label: 'Share', align: 'right', shape: 'plain', explanation: 'of MemTotal' },
      ...(isSeries ? [{ label: 'Change', align: 'right' as const, shape: 'plain' as const }] : []),
    ],
    rows,
    empty: '',
  };
}

function rowOf(
  label: Cell,
  before: number,
  after: number,
  total: number,
  isSeries: boolean,
  change: (value: number) => Cell = growth,
): Row {
  const amount = (value: number): Cell => (value < 0 ? growth(value) : bytes(value));
  const share: Cell = total > 0 && after >= 0 ? { type: 'share', value: after / total } : UNKNOWN;
  const cells = isSeries
    ? [label, amount(before), amount(after), share, change(after - before)]
    : [label, amount(after), share];
  return { cells };
}

/** What is free, or is given back on demand, may rise. */
function changeOf(part: MemoryPart): (value: number) => Cell {
  return part === 'free' || GIVEN_BACK.has(part) ? difference : growth;
}

function programRows(first: MemoryDivision, last: MemoryDivision, isSeries: boolean): Row[] {
  return last.programs.map((program) => {
    const before = first.programs.find(({ command }) => command === program.command)?.pss ?? 0;
    return rowOf(code(labelOf(program)), before, program.pss, last.total, isSeries);
  });
}

function labelOf({ command, processes }: ProgramShare): string {
  return `└ ${command}${processes > 1 ? ` × ${processes}` : ''}`;
}

function notesOf(last: MemoryDivision): Block[] {
  const notes: Block[] = [];
  const unaccounted = bytesOfPart(last, 'unaccounted');
  if (unaccounted < 0) {
    const parts = [
      text('The parts add up to '),
      bytes(-unaccounted),
      text(' more than MemTotal: the counters overlap, or memory moved while they were read.'),
    ];
    notes.push({ type: 'note', tone: 'info', parts });
  }
  if ((last.swapUsed ?? 0) > 0) {
    const parts = [
      bytes(last.swapUsed),
      text(' of swap is in use beside this. Where swap is zram, its pool in RAM is part of what is unaccounted.'),
    ];
    notes.push({ type: 'note', tone: 'info', parts });
  }
  return notes;
}
