import type { TimelineReport } from '../model/analysis.js';
import { compareNames } from '../model/origin.js';
import { sampleCountOf } from '../model/sample-count.js';
import type { Bytes, Instant, Milliseconds } from '../model/units.js';
import type { VerdictLabel } from '../model/verdict.js';
import type { ProgramView } from './program-view.js';

/** What one process held when its device was last sampled. */
export interface ProcessMemory {
  readonly command: string;
  readonly pid?: number;
  /** Of its program. */
  readonly label: VerdictLabel;
  readonly pss: Bytes;
  /** Absent: no capture tells. */
  readonly swap?: Bytes;
}

/** The processes of a device at one instant; absent where nothing tells the time. */
export interface DeviceProcesses {
  readonly takenAt?: Instant;
  /** The largest first. */
  readonly processes: readonly ProcessMemory[];
}

/** Where no process was sampled twice, rounds are no further apart. */
const FURTHEST: Milliseconds = 60_000;

/** A process that missed the last round of samples had ended. */
const MISSED_INTERVALS = 1.5;

/** In RAM and in swap. */
export function heldBy({ pss, swap = 0 }: ProcessMemory): Bytes {
  return pss + swap;
}

interface LastSample extends ProcessMemory {
  readonly takenAt?: Instant;
  readonly samples: number;
  /** Between its samples, mostly; absent where it has one only. */
  readonly interval?: Milliseconds;
}

/**
 * What the processes of a device held at its last samples, those that had ended left out.
 *
 * Without times, only a single round of samples is an instant; of more, none is.
 */
export function processesAtEnd(views: readonly ProgramView[], device: string): DeviceProcesses {
  const all = views.filter((view) => view.device === device).flatMap(lastSamples);
  const takenAt = all.reduce<Instant | undefined>(
    (latest, one) => (one.takenAt === undefined ? latest : Math.max(latest ?? one.takenAt, one.takenAt)),
    undefined,
  );
  const usual = medianOf(all.flatMap(({ interval }) => interval ?? []));
  const isRunning = ({ takenAt: last, interval = usual }: LastSample): boolean =>
    takenAt !== undefined &&
    last !== undefined &&
    takenAt - last <= (interval === undefined ? FURTHEST : interval * MISSED_INTERVALS);
  const processes = all.filter((one) => (takenAt === undefined ? one.samples === 1 : isRunning(one)));
  processes.sort((a, b) => heldBy(b) - heldBy(a) || compareNames(a.command, b.command) || (a.pid ?? 0) - (b.pid ?? 0));
  return { processes, ...(takenAt !== undefined && { takenAt }) };
}

function lastSamples({ command, verdict, report }: ProgramView): LastSample[] {
  return report.timelines.flatMap((timeline) => {
    const { pid, samples } = timeline;
    const last = samples.findLast(({ pss }) => pss !== undefined);
    if (last?.pss === undefined) return [];
    const interval = intervalOf(timeline);
    return {
      command,
      label: verdict.label,
      pss: last.pss,
      samples: sampleCountOf(timeline),
      ...(interval !== undefined && { interval }),
      ...(pid !== undefined && { pid }),
      ...(last.swap !== undefined && { swap: last.swap }),
      ...(last.takenAt !== undefined && { takenAt: last.takenAt }),
    };
  });
}

/** Between neighbours, where those that are listed are ones. */
function intervalOf({ samples, thinned }: TimelineReport): Milliseconds | undefined {
  const times = samples.flatMap(({ takenAt }) => takenAt ?? []);
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  if (!thinned) return medianOf(gaps);
  const { at } = thinned;
  return medianOf(gaps.filter((_, index) => at[index + 1] === (at[index] ?? 0) + 1));
}

function medianOf(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
