import { listCaptures } from './ingest/captures-folder.js';
import { captureFormats } from './ingest/formats/index.js';
import { Ingest } from './ingest/ingest.js';
import type { ErrorReport, LeakReport, SummaryReport } from './model/analysis.js';
import type { Capture, CaptureContext, FileRecord, LineCounts } from './model/capture.js';
import type { DeviceLines } from './model/device-memory.js';
import type { HeapProfile } from './model/heap-profile.js';
import type { KernelFinding } from './model/kernel-finding.js';
import { fingerprintOf } from './model/leaks.js';
import { type Sample, type SnapshotTotals, totalsOf } from './model/memory.js';
import type { Origin } from './model/origin.js';
import { type Problem, sortProblems } from './model/problem.js';
import type { RunUsage } from './model/run-usage.js';
import { copyTable, type VmaTable } from './model/vma-table.js';

/** Which process and time a reading is of, and how each part is known. */
type Identity = Pick<CaptureContext, 'device' | 'command' | 'pid' | 'takenAt' | 'startTicks' | 'sources'>;

export interface InspectedSnapshot extends Identity {
  vmaCount: number;
  totals: SnapshotTotals;
  origin: Origin;
}

export interface InspectedSample extends Identity, Sample {
  origin: Origin;
}

export interface InspectedDeviceMemory extends Identity {
  /** Every line of /proc/meminfo by its name: bytes, but for the numbers of huge pages. */
  lines: DeviceLines;
  origin: Origin;
}

/** A log need not name its program. */
type Unjoined<T extends { command: string }> = Omit<T, 'command'> & { command?: string };

/** What one file said, before anything else is known: the same fields as in report.json. */
export interface InspectedFile {
  file: string;
  formats: string[];
  /** For each of `formats` the first line by which it was recognized. */
  recognizedBy: { format: string; line: number; text: string }[];
  status: FileRecord['status'];
  bytes: number;
  /** Absent where no format recognized any of its lines. */
  lines?: LineCounts;
  snapshots: InspectedSnapshot[];
  samples: InspectedSample[];
  leaks: Unjoined<LeakReport>[];
  errors: Unjoined<ErrorReport>[];
  summaries: SummaryReport[];
  heapProfiles: HeapProfile[];
  runs: RunUsage[];
  kernelFindings: KernelFinding[];
  deviceMemory: InspectedDeviceMemory[];
  problems: Problem[];
}

/** An inspected file with the VMAs of its last snapshot, for people to look at. */
export interface Inspection {
  readonly result: InspectedFile;
  readonly lastTable: VmaTable | undefined;
}

/**
 * Reads files on their own, without judging; one result for each file, also in archives, in the order given.
 * @param places where some of the paths are read from instead
 */
export async function inspect(paths: readonly string[], places?: ReadonlyMap<string, string>): Promise<Inspection[]> {
  const inspections: Inspection[] = [];
  for (const path of paths) {
    const lost: Problem[] = [];
    const inputs = listCaptures([path], (problem) => lost.push(problem), places);
    for (const input of inputs) {
      const shown = inputs.length === 1 && input.absolute.endsWith(path.replace(/^\.\//, '')) ? path : input.path;
      inspections.push(...(await inspectFile(input, shown)));
    }
    if (inputs.length === 0)
      inspections.push({ result: { ...nothing(path), problems: lost, status: 'refused' }, lastTable: undefined });
  }
  return inspections;
}

/** @returns one result, or one for each file of an archive */
async function inspectFile(input: Parameters<Ingest['read']>[0], shown: string): Promise<Inspection[]> {
  const found = new Map<string, { result: InspectedFile; lastTable: VmaTable | undefined }>();
  const of = (path: string): { result: InspectedFile; lastTable: VmaTable | undefined } => {
    const known = found.get(path);
    if (known) return known;
    const isInside = path === input.path || path.startsWith(`${input.path}/`);
    const name = isInside ? `${shown}${path.slice(input.path.length)}` : path;
    const made = { result: nothing(name), lastTable: undefined };
    found.set(path, made);
    return made;
  };
  const ingest = new Ingest(captureFormats, {
    capture: (capture) => {
      const inspection = of(capture.origin.file);
      add(inspection.result, capture);
      if (capture.type === 'snapshot') inspection.lastTable = copyTable(capture.table);
    },
    file: ({ path, format, status, bytes, lines }) => {
      const formats = format === '' ? [] : format.split('+');
      Object.assign(of(path).result, { formats, status, bytes, ...(lines && { lines }) });
    },
    problem: (problem) => of(problem.file).result.problems.push(problem),
    recognized: ({ file, ...recognition }) => of(file).result.recognizedBy.push(recognition),
  });
  await ingest.read(input);
  for (const { result } of found.values()) result.problems = sortProblems(result.problems);
  return [...found.values()];
}

function nothing(file: string): InspectedFile {
  return {
    file,
    formats: [],
    recognizedBy: [],
    status: 'ignored',
    bytes: 0,
    snapshots: [],
    samples: [],
    leaks: [],
    errors: [],
    summaries: [],
    heapProfiles: [],
    runs: [],
    kernelFindings: [],
    deviceMemory: [],
    problems: [],
  };
}

function add(result: InspectedFile, capture: Capture): void {
  const { origin } = capture;
  const context = { ...capture.context };
  // It stands in for a pid; nobody knows a process by it.
  delete context.layout;
  if (capture.type === 'snapshot') {
    const { table } = capture;
    result.snapshots.push({ ...context, vmaCount: table.count, totals: totalsOf(table), origin });
  } else if (capture.type === 'sample') {
    result.samples.push({ ...context, ...capture.sample, origin });
  } else if (capture.type === 'device-memory') {
    result.deviceMemory.push({ ...context, lines: capture.lines, origin });
  } else if (capture.type === 'kernel') {
    result.kernelFindings.push(capture.finding);
  } else {
    const { device, command } = context;
    const program = { device, ...(command !== undefined && { command }) };
    for (const { origin: at, ...leak } of capture.leaks) {
      result.leaks.push({ ...program, ...leak, fingerprint: fingerprintOf(leak.frames), origins: [at] });
    }
    for (const { origin: at, ...error } of capture.errors) {
      result.errors.push({ ...program, ...error, fingerprint: fingerprintOf(error.frames), origins: [at] });
    }
    result.summaries.push(...capture.summaries);
    result.heapProfiles.push(...(capture.heapProfiles ?? []));
    result.runs.push(...(capture.runs ?? []));
  }
}
