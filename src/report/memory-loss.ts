import type { DeviceReport } from '../model/analysis.js';
import { bytesOfPart, MEMORY_PARTS, type MemoryDivision, type MemoryMove } from '../model/memory-division.js';
import type { Bytes, Instant } from '../model/units.js';
import { bytes, code, growth, text } from './cells.js';
import type { Cell } from './document.js';

const LEAST_LOSS: Bytes = 1024 * 1024;

/** Below this, what a device has left goes up and down by itself: a thousandth of its memory. Chosen by hand. */
export function noiseOf(total: Bytes): Bytes {
  return Math.max(LEAST_LOSS, total / 1000);
}

/** What can be had without swapping: as the kernel estimates it, else what is free or cache. */
function leftOf(division: MemoryDivision): Bytes {
  return division.available ?? bytesOfPart(division, 'free') + bytesOfPart(division, 'cache');
}

/** Parts that the kernel gives back when memory is wanted: their growth takes nothing from anybody. */
export const GIVEN_BACK: ReadonlySet<MemoryMove['what']> = new Set(['cache', 'slab-reclaimable']);

interface Loss {
  readonly before: Bytes;
  readonly after: Bytes;
  readonly last: MemoryDivision;
  /** What grew most, where that is much of what was lost, and what grew next. */
  readonly taker?: MemoryMove;
  readonly next?: MemoryMove;
}

/** What a device had left at its first division and at its last, and what took it; nothing of a single one. */
export function lossOf({ divisions = [], moves = [] }: DeviceReport): Loss | undefined {
  const [first, last] = [divisions[0], divisions.at(-1)];
  if (first === undefined || last === undefined || first === last) return undefined;
  const [before, after] = [leftOf(first), leftOf(last)];
  const lost = before - after;
  const [most, next] = moves.filter((move) => move.growth > 0 && !GIVEN_BACK.has(move.what));
  if (lost <= noiseOf(last.total) || most === undefined || most.growth < lost / 4) return { before, after, last };
  return { before, after, last, taker: most, ...(next && next.growth > most.growth / 4 && { next }) };
}

/** Who took what the device lost from its first division to its last, as a sentence or two. */
export function lossParts(device: DeviceReport): Cell[] {
  const loss = lossOf(device);
  if (!loss) return [];
  const { before, after, last, taker, next } = loss;
  const lost = before - after;
  const name = last.available === undefined ? 'What is free or cache' : 'MemAvailable';
  if (Math.abs(lost) <= noiseOf(last.total)) {
    return [
      text(`${name} changed by `),
      growth(-lost),
      text(', less than a thousandth of the memory: over this time nobody took memory from the device.'),
    ];
  }
  if (lost < 0) return [text(`${name} rose by `), bytes(-lost), text(': over this time the device lost nothing.')];
  const fell = [text(`${name} fell by `), bytes(lost)];
  if (!taker) return [...fell, text(', but no part grew by as much as a quarter of that: nobody alone took it.')];
  const second = next ? [text(', next by '), ...takerParts(next)] : [];
  return [...fell, text('. It was taken mostly by '), ...takerParts(taker), ...second, text(`.${adviceOn(taker)}`)];
}

function takerParts(move: MemoryMove): Cell[] {
  return [takerName(move), text(' ('), growth(move.growth), text(')')];
}

export function takerName({ what, command }: MemoryMove): Cell {
  return command === undefined ? text(partName(what)) : code(command);
}

function partName(what: MemoryMove['what']): string {
  switch (what) {
    case 'program':
    case 'programs':
      return 'the other captured programs together';
    case 'not-captured':
      return 'processes that were not captured';
    case 'shared-memory':
      return 'shared memory and tmpfs';
    case 'slab-unreclaimable':
      return 'the kernel, in slab that it cannot give back';
    case 'unaccounted':
      return 'what no counter of /proc/meminfo has';
    default:
      return MEMORY_PARTS[what];
  }
}

function adviceOn({ what }: MemoryMove): string {
  if (what === 'slab-unreclaimable') return ' /proc/slabinfo tells which cache it is; no program is to blame.';
  if (what === 'unaccounted')
    return ' Drivers (GPU, dma-buf, network), the pool of zram and balloons take such memory.';
  if (what === 'shared-memory') return ' df tells which tmpfs is full, ipcs what is left of System V shared memory.';
  if (what === 'not-captured') return ' Capture all processes to see which.';
  return '';
}

/** Whether the device lost what a program gained between two instants; nothing where the gain is too small to be seen. */
export function agreementParts(device: DeviceReport | undefined, gained: Bytes, from: Instant, to: Instant): Cell[] {
  const before = nearest(device, from);
  const after = nearest(device, to);
  const total = after?.total ?? before?.total;
  if (before?.available === undefined || after?.available === undefined || total === undefined) return [];
  if (before === after || gained <= noiseOf(total)) return [];
  const lost = before.available - after.available;
  const said = [text(lost < 0 ? 'MemAvailable of the device rose by ' : 'MemAvailable of the device fell by ')];
  const amounts = [bytes(Math.abs(lost)), text(' while the program grew by '), bytes(gained)];
  if (lost > 2 * gained) return [...said, ...amounts, text(': others took memory too.')];
  if (lost >= gained / 2) return [...said, ...amounts, text(': the two agree.')];
  return [...said, ...amounts, text(': others gave memory back meanwhile, or the growth was swapped out.')];
}

/** The device's memory within a minute of an instant. */
function nearest(device: DeviceReport | undefined, instant: Instant): DeviceReport['memory'][number] | undefined {
  const timed = device?.memory.filter(({ takenAt }) => takenAt !== undefined) ?? [];
  const [first, ...others] = timed;
  if (first === undefined) return undefined;
  const distance = ({ takenAt = 0 }: DeviceReport['memory'][number]): number => Math.abs(takenAt - instant);
  const closest = others.reduce((best, one) => (distance(one) < distance(best) ? one : best), first);
  return distance(closest) <= 60_000 ? closest : undefined;
}
