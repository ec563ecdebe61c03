import { groupBy } from '../../model/group-by.js';
import { bytesOfPart, type MemoryDivision, type MemoryPart } from '../../model/memory-division.js';
import { visible } from '../../model/problem.js';
import type { Bytes } from '../../model/units.js';
import { bytes, code, count, text, time, UNKNOWN } from '../cells.js';
import type { ChartTile } from '../charts/chart.js';
import type { KeyItem } from '../charts/colour-key.js';
import type { Block, Cell, Row } from '../document.js';
import { type DeviceProcesses, heldBy, type ProcessMemory, processesAtEnd } from '../process-memory.js';
import type { RunSection } from '../section.js';

const SHOWN_DEVICES = 20;
/** Processes with a tile and a row of their own. */
const SHOWN_PROCESSES = 40;
/** Two processes are compared faster by reading their numbers. */
const LEAST_PROCESSES = 3;
/** Processes with a smaller share of the device's memory would not be seen in it. */
const LEAST_SHARE = 0.1;
/** A reading of /proc/meminfo further from the last samples is of another instant. */
const FURTHEST = 60_000;

/** How the memory of each device was divided among its processes when they were last sampled. */
export const memoryByProcess: RunSection = {
  id: 'memory-by-process',
  title: 'Memory by process',
  build({ views, analysis: { devices } }) {
    const told: Told[] = [];
    for (const [device, own] of groupBy(views, (view) => view.device)) {
      if (told.length === SHOWN_DEVICES) break;
      const ofDevice = processesAtEnd(own, device);
      if (ofDevice.processes.length < LEAST_PROCESSES) continue;
      const division = devices.find((one) => one.device === device)?.divisions?.at(-1);
      told.push({ device, ofDevice, division: isFitting(division, ofDevice) ? division : undefined });
    }
    return told.flatMap(({ device, ofDevice, division }) => [
      ...(told.length > 1 ? [{ type: 'heading' as const, parts: [code(device)] }] : []),
      { type: 'prose' as const, parts: wholeParts(ofDevice) },
      chartOf(ofDevice.processes, division),
      tableOf(device, ofDevice.processes),
    ]);
  },
};

interface Told {
  readonly device: string;
  readonly ofDevice: DeviceProcesses;
  readonly division: MemoryDivision | undefined;
}

/** Whether the division is of the same instant, and the processes can be seen in it. */
function isFitting(division: MemoryDivision | undefined, { takenAt, processes }: DeviceProcesses): boolean {
  if (division?.takenAt === undefined || takenAt === undefined) return false;
  return Math.abs(division.takenAt - takenAt) <= FURTHEST && pssOf(processes) >= LEAST_SHARE * division.total;
}

function pssOf(processes: readonly ProcessMemory[]): Bytes {
  return processes.reduce((sum, { pss }) => sum + pss, 0);
}

/** Undefined where no capture tells. */
function swapOf(processes: readonly ProcessMemory[]): Bytes | undefined {
  const known = processes.flatMap(({ swap }) => swap ?? []);
  return known.length === 0 ? undefined : known.reduce((sum, swap) => sum + swap, 0);
}

function wholeParts({ takenAt, processes }: DeviceProcesses): Cell[] {
  const swap = swapOf(processes) ?? 0;
  const when: Cell[] = takenAt === undefined ? [text('When sampled, ')] : [text('At '), time(takenAt), text(', ')];
  return [
    ...when,
    count(processes.length, ['process was', 'processes were']),
    text(' captured; together they had '),
    bytes(pssOf(processes)),
    text(' in RAM (PSS, each shared page once)'),
    ...(swap > 0 ? [text(' and '), bytes(swap), text(' in swap')] : []),
    text('.'),
  ];
}

const KEY: readonly KeyItem[] = [
  { look: 'tm-leak', words: 'leak' },
  { look: 'tm-suspect', words: 'suspect' },
  { look: 'tm-clean', words: 'clean' },
  { look: 'tm-inconclusive', words: 'inconclusive' },
  { look: 'tm-others', words: 'other processes' },
  { look: 'tm-uncaptured', words: 'not captured' },
  { look: 'tm-kernel', words: 'kernel' },
  { look: 'tm-cache', words: 'page cache, reclaimable slab' },
  { look: 'tm-unaccounted', words: 'unaccounted' },
  { look: 'tm-free', words: 'free' },
];

function chartOf(processes: readonly ProcessMemory[], division: MemoryDivision | undefined): Block {
  const held = (process: ProcessMemory): Bytes => (division ? process.pss : heldBy(process));
  const tiles: ChartTile[] = processes
    .slice(0, SHOWN_PROCESSES)
    .map((process) => ({ name: nameOf(process, processes), look: `tm-${process.label}`, bytes: held(process) }));
  const others = processes.slice(SHOWN_PROCESSES).reduce((sum, process) => sum + held(process), 0);
  if (others > 0) tiles.push({ name: 'Others', look: 'tm-others', bytes: others });
  const groups = division ? [tiles, ...partsOf(division, pssOf(processes))] : [tiles];
  return {
    type: 'chart',
    chart: { kind: 'treemap', groups, key: KEY },
    caption: division
      ? 'The RAM of the device: each captured process by its PSS, in the colour of its verdict, and what else there is.'
      : 'Each captured process by its PSS and swap, in the colour of its verdict.',
  };
}

/** With its pid where others have the same name. */
function nameOf({ command, pid }: ProcessMemory, among: readonly ProcessMemory[]): string {
  const isOneOfMany = among.filter((one) => one.command === command).length > 1;
  return isOneOfMany && pid !== undefined ? `${visible(command)} ${pid}` : visible(command);
}

const PARTS: readonly (readonly [name: string, look: string, parts: readonly MemoryPart[]])[] = [
  ['Slab, unreclaimable', 'tm-kernel', ['slab-unreclaimable']],
  ['Kernel, other', 'tm-kernel', ['kernel-stacks', 'page-tables', 'vmalloc', 'per-cpu', 'huge-pages', 'zswap']],
  ['Page cache', 'tm-cache', ['cache']],
  ['Slab, reclaimable', 'tm-cache', ['slab-reclaimable']],
  ['Unaccounted', 'tm-unaccounted', ['unaccounted']],
  ['Free', 'tm-free', ['free']],
];

/** What of the device's memory is in none of the captured processes, each part for itself but the kernel's together. */
function partsOf(division: MemoryDivision, captured: Bytes): ChartTile[][] {
  const amount = (parts: readonly MemoryPart[]): Bytes =>
    parts.reduce((sum, part) => sum + bytesOfPart(division, part), 0);
  const uncaptured = amount(['programs', 'not-captured']) - captured;
  const tiles = PARTS.map(([name, look, parts]) => ({ name, look, bytes: amount(parts) }));
  const ofLook = (...looks: readonly string[]): ChartTile[] => tiles.filter(({ look }) => looks.includes(look));
  return [
    [{ name: 'Not captured', look: 'tm-uncaptured', bytes: uncaptured }],
    ofLook('tm-kernel'),
    ofLook('tm-cache'),
    ofLook('tm-unaccounted'),
    ofLook('tm-free'),
  ];
}

function tableOf(device: string, processes: readonly ProcessMemory[]): Block {
  const whole = processes.reduce((sum, process) => sum + heldBy(process), 0);
  const rest = processes.slice(SHOWN_PROCESSES);
  const rows = processes.slice(0, SHOWN_PROCESSES).map((process): Row => {
    const { command, pid, label } = process;
    const names: Cell[] = [
      code(command),
      code(pid === undefined ? undefined : String(pid)),
      { type: 'verdict', label },
    ];
    return rowOf(names, [process], whole);
  });
  if (rest.length > 0) rows.push(rowOf([count(rest.length, ['other', 'others']), text(''), text('')], rest, whole));
  return {
    type: 'table',
    caption: `What the processes of ${device} held at last`,
    columns: [
      { label: 'Process', shape: 'name' },
      { label: 'Pid', align: 'right', shape: 'plain' },
      { label: 'Verdict', shape: 'plain', explanation: 'on its program' },
      { label: 'PSS', align: 'right', shape: 'plain' },
      { label: 'Swap', align: 'right', shape: 'plain' },
      { label: 'Together', align: 'right', shape: 'plain' },
      { label: 'Share', align: 'right', shape: 'plain', explanation: 'of all captured processes' },
    ],
    rows,
    empty: '',
    printRows: 20,
  };
}

function rowOf(names: readonly Cell[], processes: readonly ProcessMemory[], whole: Bytes): Row {
  const held = processes.reduce((sum, process) => sum + heldBy(process), 0);
  const share: Cell = whole > 0 ? { type: 'share', value: held / whole } : UNKNOWN;
  return { cells: [...names, bytes(pssOf(processes)), bytes(swapOf(processes)), bytes(held), share], weight: held };
}
