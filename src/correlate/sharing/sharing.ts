import type { SharingReport } from '../../model/analysis.js';
import { groupBy } from '../../model/group-by.js';
import { compareNames } from '../../model/origin.js';
import type { KeptSnapshot, ProgramRecord, Timeline } from '../../model/program.js';
import type { Instant } from '../../model/units.js';
import type { VmaTable } from '../../model/vma-table.js';
import { impliedSharersOf, type SharedPart, sharedPartsOf } from './shared-parts.js';

/** How many mappings are told for a device: those that hold the most memory. */
const MOST = 50;

interface SampledProcess {
  readonly record: ProgramRecord;
  readonly timeline: Timeline;
  readonly pid: number;
  readonly takenAt?: Instant;
  readonly snapshot: KeptSnapshot;
}

/** One part as one process sees it. */
interface View {
  readonly process: SampledProcess;
  readonly part: SharedPart;
}

/**
 * How the sampled processes of each device shared code and constants of files, files that they write, and shared memory,
 * at the last instant that ended the timelines of at least two of them. Sizes are as the process with the lowest pid
 * sees them.
 */
export function sharingOf(records: readonly ProgramRecord[]): SharingReport[] {
  const devices = groupBy(records.flatMap(lastSnapshots), ({ record }) => record.program.device);
  return [...devices]
    .toSorted(([a], [b]) => compareNames(a, b))
    .flatMap(([device, processes]) => sharingOfDevice(device, lastTogether(processes)));
}

function lastSnapshots(record: ProgramRecord): SampledProcess[] {
  return record.timelines.flatMap((timeline) => {
    const { pid, last } = timeline;
    if (pid === undefined || last === undefined || !hasShares(last.table)) return [];
    const takenAt = instantOf(timeline, last);
    return [{ record, timeline, pid, snapshot: last, ...(takenAt === undefined ? {} : { takenAt }) }];
  });
}

function instantOf({ samples }: Timeline, { origin }: KeptSnapshot): Instant | undefined {
  return samples.findLast((sample) => sample.origin.file === origin.file && sample.origin.line === origin.line)
    ?.takenAt;
}

function hasShares({ counters }: VmaTable): boolean {
  return counters.has('Rss') && counters.has('Pss');
}

/** The processes of the last instant that has two; those without a time only where no instant has. */
function lastTogether(processes: readonly SampledProcess[]): SampledProcess[] {
  const together = [...groupBy(processes, ({ takenAt }) => takenAt)].filter(([, group]) => distinct(group).length > 1);
  const [last] = together.toSorted(([a], [b]) => (b ?? Number.NEGATIVE_INFINITY) - (a ?? Number.NEGATIVE_INFINITY));
  return last ? distinct(last[1]) : [];
}

/** One snapshot of each pid, by pid. */
function distinct(processes: readonly SampledProcess[]): SampledProcess[] {
  const byPid = new Map(processes.map((process) => [process.pid, process]));
  return [...byPid.values()].toSorted((a, b) => a.pid - b.pid);
}

function sharingOfDevice(device: string, processes: readonly SampledProcess[]): SharingReport[] {
  const views = processes.flatMap((process) =>
    [...sharedPartsOf(process.snapshot.table).values()].map((part) => ({ process, part })),
  );
  return [...groupBy(views, ({ part }) => part.key).values()]
    .filter((ofPart) => ofPart.length > 1)
    .toSorted((a, b) => compareParts(a[0], b[0]))
    .slice(0, MOST)
    .flatMap((ofPart) => sharingReport(device, ofPart));
}

function compareParts(a: View | undefined, b: View | undefined): number {
  if (!a || !b) return 0;
  return (
    b.part.rss - a.part.rss || compareNames(a.part.pathname, b.part.pathname) || compareNames(a.part.key, b.part.key)
  );
}

function sharingReport(device: string, views: readonly View[]): SharingReport[] {
  const [first] = views;
  if (first === undefined) return [];
  const { process, part } = first;
  const { pathname, kind, size, rss, pss } = part;
  const programs = [...new Set(views.map((view) => view.process.record.program.command))].sort(compareNames);
  const impliedSharers = impliedSharersOf(part);
  const before = programs.length === 1 ? beforeOf(process, part.key, views.length) : undefined;
  return [
    {
      device,
      pathname,
      kind,
      ...(part.writable && { writable: true }),
      ...(process.takenAt === undefined ? {} : { takenAt: process.takenAt }),
      size,
      rss,
      pss,
      sharers: views.length,
      ...(impliedSharers === undefined ? {} : { impliedSharers }),
      pids: views.map((view) => view.process.pid),
      programs,
      ...(before && { before }),
    },
  ];
}

/**
 * What the part was to the process in its first snapshot, if fewer instances of its program were sampled then and, as
 * the numbers imply, nobody else mapped it.
 */
function beforeOf({ record, timeline }: SampledProcess, key: string, sharers: number): SharingReport['before'] {
  const { first, pid } = timeline;
  const takenAt = first && instantOf(timeline, first);
  if (first === undefined || pid === undefined || takenAt === undefined) return undefined;
  const instances = record.timelines.filter(({ samples }) => samples.some((one) => one.takenAt === takenAt)).length;
  const part = instances < sharers && hasShares(first.table) ? sharedPartsOf(first.table).get(key) : undefined;
  if (part === undefined || impliedSharersOf(part) !== instances) return undefined;
  return { takenAt, pid, instances, rss: part.rss, pss: part.pss };
}
