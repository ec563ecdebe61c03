import type { Sample } from '../../model/memory.js';
import type { Origin } from '../../model/origin.js';
import type { Timeline } from '../../model/program.js';
import { type Bytes, HOUR, type Milliseconds } from '../../model/units.js';
import { assignKnown } from '../../model/vma-table.js';

/** The memory of a process where its page faults were counted. */
export interface CountedMemory {
  readonly rss?: Bytes;
  /** What the kernel cannot drop: see Sample.unreclaimable, else private dirty memory and swap. */
  readonly own?: Bytes;
}

/** The page faults from one sample with counts to the next, and the memory at both. */
export interface FaultInterval {
  /** Since the first sample with counts, where both have a time. */
  readonly from?: Milliseconds;
  readonly to?: Milliseconds;
  readonly minor: number;
  readonly major: number;
  readonly before: CountedMemory;
  readonly after: CountedMemory;
}

export interface FaultCounts {
  /** In order; one in which a count fell, which is damage or another process, is left out. */
  readonly intervals: readonly FaultInterval[];
  readonly origins: readonly Origin[];
}

/** What a timeline's samples count of page faults; undefined where fewer than two of them do. */
export function faultCountsOf({ samples, timed }: Timeline): FaultCounts | undefined {
  const points = samples.flatMap((sample) => {
    const { takenAt = 0, minorFaults, majorFaults, origin, faultsOrigin = origin } = sample;
    if (minorFaults === undefined || majorFaults === undefined) return [];
    return [{ takenAt, minorFaults, majorFaults, memory: memoryOf(sample), origin: faultsOrigin }];
  });
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last || first === last) return undefined;
  const intervals = points.slice(1).flatMap((point, i): FaultInterval[] => {
    const before = points[i] ?? first;
    const minor = point.minorFaults - before.minorFaults;
    const major = point.majorFaults - before.majorFaults;
    if (minor < 0 || major < 0) return [];
    return [
      {
        ...(timed ? { from: before.takenAt - first.takenAt, to: point.takenAt - first.takenAt } : {}),
        minor,
        major,
        before: before.memory,
        after: point.memory,
      },
    ];
  });
  return intervals.length === 0 ? undefined : { intervals, origins: [first.origin, last.origin] };
}

function memoryOf({ rss, unreclaimable, privateDirty, swap }: Sample): CountedMemory {
  const dirty = privateDirty === undefined || swap === undefined ? undefined : privateDirty + swap;
  return assignKnown<{ -readonly [K in keyof CountedMemory]: CountedMemory[K] }>(
    {},
    { rss, own: unreclaimable ?? dirty },
  );
}

/** Faults of some intervals together, and their length (0 without times). */
export interface FaultSum {
  readonly minor: number;
  readonly major: number;
  readonly length: Milliseconds;
}

export function sumOf(intervals: readonly FaultInterval[]): FaultSum {
  let [minor, major, length] = [0, 0, 0];
  for (const interval of intervals) {
    minor += interval.minor;
    major += interval.major;
    length += (interval.to ?? 0) - (interval.from ?? 0);
  }
  return { minor, major, length };
}

/** Undefined where there are no times. */
export function perHour(faults: number, { length }: FaultSum): number | undefined {
  return length > 0 ? (faults * HOUR) / length : undefined;
}

/** Endless where there are no times: then only amounts tell. */
export function perSecond(faults: number, sum: FaultSum): number {
  return (perHour(faults, sum) ?? Number.POSITIVE_INFINITY) / SECONDS;
}

const SECONDS = 3600;
