import type { SharingReport } from '../model/analysis.js';
import { compareNames } from '../model/origin.js';
import type { KeptSnapshot, ProgramRecord } from '../model/program.js';
import type { Instant } from '../model/units.js';
import { kindOf, READ, type VmaTable, WRITE } from '../model/vma-table.js';
import { groupBy } from './group.js';

/** How many file mappings are told for a device: those that hold the most memory. */
const MOST = 50;

interface SampledProcess {
  readonly device: string;
  readonly pid: number;
  readonly takenAt?: Instant;
  readonly snapshot: KeptSnapshot;
}

interface FilePart {
  readonly pathname: string;
  size: number;
  rss: number;
  pss: number;
}

/**
 * How the file mappings that are only read (code and constants) were shared between the sampled processes of each
 * device, at the last instant that ended the timelines of at least two of them. Sizes are as the process with the
 * lowest pid sees them.
 */
export function sharingOf(records: readonly ProgramRecord[]): SharingReport[] {
  const devices = groupBy(records.flatMap(lastSnapshots), (process) => process.device);
  return [...devices]
    .toSorted(([a], [b]) => compareNames(a, b))
    .flatMap(([device, processes]) => sharingOfDevice(device, lastTogether(processes)));
}

function lastSnapshots({ program, timelines }: ProgramRecord): SampledProcess[] {
  return timelines.flatMap(({ pid, last, samples }) => {
    if (pid === undefined || last === undefined || !hasShares(last.table)) return [];
    const takenAt = samples.findLast(
      ({ origin }) => origin.file === last.origin.file && origin.line === last.origin.line,
    )?.takenAt;
    return [{ device: program.device, pid, snapshot: last, ...(takenAt === undefined ? {} : { takenAt }) }];
  });
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
  const parts = processes.flatMap(({ pid, takenAt, snapshot }) =>
    [...filePartsOf(snapshot.table).values()].map((part) => ({ pid, takenAt, part })),
  );
  const shared = [...groupBy(parts, ({ part }) => part.pathname)].flatMap(([pathname, of]) => {
    const [first] = of;
    if (first === undefined || of.length < 2) return [];
    const { takenAt, part } = first;
    return {
      device,
      pathname,
      ...(takenAt === undefined ? {} : { takenAt }),
      size: part.size,
      rss: part.rss,
      pss: part.pss,
      sharers: of.length,
      pids: of.map(({ pid }) => pid),
    };
  });
  return shared.sort((a, b) => b.rss - a.rss || compareNames(a.pathname, b.pathname)).slice(0, MOST);
}

/** The readable, not writable parts of each file. */
function filePartsOf(table: VmaTable): Map<string, FilePart> {
  const sizes = table.counters.get('Size');
  const resident = table.counters.get('Rss');
  const proportional = table.counters.get('Pss');
  const parts = new Map<string, FilePart>();
  for (let row = 0; row < table.count; row++) {
    const permissions = table.permissions[row] as number;
    const pathname = table.paths[table.path[row] as number] ?? '';
    if ((permissions & (READ | WRITE)) !== READ || kindOf(pathname, permissions) !== 'file') continue;
    const part = parts.get(pathname) ?? { pathname, size: 0, rss: 0, pss: 0 };
    part.size += sizes?.[row] ?? Math.max(0, (table.end[row] as number) - (table.start[row] as number));
    part.rss += resident?.[row] ?? 0;
    part.pss += proportional?.[row] ?? 0;
    parts.set(pathname, part);
  }
  return parts;
}
