import type { DeviceReport } from '../../model/analysis.js';
import type { PlacedDeviceMemory } from '../../model/device-memory.js';
import { groupBy } from '../../model/group-by.js';
import type { MemoryDivision } from '../../model/memory-division.js';
import { compareNames } from '../../model/origin.js';
import type { ProgramRecord } from '../../model/program.js';
import type { Bytes, Instant, Milliseconds } from '../../model/units.js';
import { divisionOf } from './memory-division.js';
import { movesOf } from './memory-moves.js';

/** How many instants of a device are divided, and how many programs are told of. */
const MOST_INSTANTS = 120;
const LARGEST_PROGRAMS = 7;
const GROWN_PROGRAMS = 3;

/** A process whose sample is further from a reading of /proc/meminfo says nothing of that instant. */
const FURTHEST: Milliseconds = 60_000;

/** The PSS of one process over time. */
interface Course {
  readonly command: string;
  /** Ascending. */
  readonly times: readonly Instant[];
  readonly pss: readonly Bytes[];
}

interface Reading {
  readonly memory: PlacedDeviceMemory;
  /** How far from it a sample may be. */
  readonly window: Milliseconds;
}

/** Adds to each device where its memory was, at the instants at which its processes were captured, and who took it. */
export function withDivisions(devices: readonly DeviceReport[], records: readonly ProgramRecord[]): DeviceReport[] {
  const courses = groupBy(records.flatMap(coursesOf), ({ device }) => device);
  return devices.map((device) => {
    const divisions = divisionsOf(device.memory, courses.get(device.device) ?? []);
    if (divisions.length === 0) return device;
    const moves = movesOf(divisions);
    return { ...device, divisions, ...(moves.length > 0 && { moves }) };
  });
}

function coursesOf({ program, timelines }: ProgramRecord): (Course & { device: string })[] {
  return timelines.flatMap(({ samples }) => {
    const times: Instant[] = [];
    const pss: Bytes[] = [];
    for (const sample of samples) {
      if (sample.takenAt === undefined || sample.pss === undefined) continue;
      times.push(sample.takenAt);
      pss.push(sample.pss);
    }
    return times.length === 0 ? [] : [{ device: program.device, command: program.command, times, pss }];
  });
}

function divisionsOf(memory: readonly PlacedDeviceMemory[], courses: readonly Course[]): MemoryDivision[] {
  const all = thinned(readingsWith(readingsOf(memory), courses)).map(({ memory: one, window }) => ({
    memory: one,
    shares: sharesAt(courses, one.takenAt, window),
  }));
  const told = toldPrograms(all.map(({ shares }) => shares));
  return all.flatMap(({ memory: one, shares }) => {
    let [pss, processes] = [0, 0];
    for (const share of shares.values()) {
      pss += share.pss;
      processes += share.processes;
    }
    const programs = told.map((command) => ({ command, ...(shares.get(command) ?? { pss: 0, processes: 0 }) }));
    return divisionOf(one, { pss, processes, programs }) ?? [];
  });
}

/** Each reading of the device with half the time to its nearest neighbour. */
function readingsOf(memory: readonly PlacedDeviceMemory[]): Reading[] {
  return memory.map((one, at) => {
    const here = one.takenAt;
    const gaps = [memory[at - 1]?.takenAt, memory[at + 1]?.takenAt].flatMap((other) =>
      here === undefined || other === undefined ? [] : Math.abs(other - here) / 2,
    );
    return { memory: one, window: Math.min(FURTHEST, ...gaps) };
  });
}

/** The readings beside which a process was captured; all where none was. */
function readingsWith(readings: readonly Reading[], courses: readonly Course[]): readonly Reading[] {
  const times = courses.flatMap((course) => course.times).sort((a, b) => a - b);
  const beside = readings.filter(({ memory: { takenAt }, window }) => nearest(times, takenAt, window) !== undefined);
  return beside.length > 0 ? beside : readings;
}

/** So many at most, evenly, the first and the last among them. */
function thinned(readings: readonly Reading[]): readonly Reading[] {
  if (readings.length <= MOST_INSTANTS) return readings;
  const step = (readings.length - 1) / (MOST_INSTANTS - 1);
  return Array.from({ length: MOST_INSTANTS }, (_, i) => readings[Math.round(i * step)]).flatMap((one) => one ?? []);
}

type Shares = ReadonlyMap<string, { readonly pss: Bytes; readonly processes: number }>;

/** The PSS of each program at an instant. */
function sharesAt(courses: readonly Course[], takenAt: Instant | undefined, window: Milliseconds): Shares {
  const shares = new Map<string, { pss: Bytes; processes: number }>();
  for (const { command, times, pss } of courses) {
    const at = nearest(times, takenAt, window);
    if (at === undefined) continue;
    const share = shares.get(command) ?? { pss: 0, processes: 0 };
    shares.set(command, { pss: share.pss + (pss[at] ?? 0), processes: share.processes + 1 });
  }
  return shares;
}

/** The index of the time nearest to `takenAt` within `window`. */
function nearest(times: readonly Instant[], takenAt: Instant | undefined, window: Milliseconds): number | undefined {
  if (takenAt === undefined) return undefined;
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < takenAt) low = middle + 1;
    else high = middle;
  }
  const before = takenAt - (times[low - 1] ?? Number.NEGATIVE_INFINITY);
  const after = (times[low] ?? Number.POSITIVE_INFINITY) - takenAt;
  if (Math.min(before, after) > window) return undefined;
  return before < after ? low - 1 : low;
}

/** The largest programs and those that grew the most: the largest at the end first. */
function toldPrograms(instants: readonly Shares[]): string[] {
  const most = new Map<string, Bytes>();
  for (const shares of instants) {
    for (const [command, { pss }] of shares) most.set(command, Math.max(most.get(command) ?? 0, pss));
  }
  const [first, last] = [instants[0], instants.at(-1)];
  const at = (shares: Shares | undefined, command: string): Bytes => shares?.get(command)?.pss ?? 0;
  const by = (amount: (command: string) => Bytes): string[] =>
    [...most.keys()].sort((a, b) => amount(b) - amount(a) || compareNames(a, b));
  const told = new Set(by((command) => most.get(command) ?? 0).slice(0, LARGEST_PROGRAMS));
  for (const command of by((one) => at(last, one) - at(first, one)).slice(0, GROWN_PROGRAMS)) told.add(command);
  return by((command) => at(last, command)).filter((command) => told.has(command));
}
