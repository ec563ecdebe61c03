import type { AddressSpaceReport, CategoryReport, CategorySeriesReport } from './address-space.js';
import type { Agreement } from './agreement.js';
import type { FileRecord } from './capture.js';
import type { PlacedDeviceBuild } from './device-build.js';
import type { PlacedDeviceMemory } from './device-memory.js';
import type { FaultCause } from './fault-cause.js';
import type { Footprint } from './footprint.js';
import type { HeapProfile } from './heap-profile.js';
import type { KernelFinding } from './kernel-finding.js';
import type { ErrorTool, FatalReason, LeakTool, LossKind, RelatedStack, StackFrame, ToolSummary } from './leaks.js';
import type { Sample } from './memory.js';
import type { MemoryDivision, MemoryMove } from './memory-division.js';
import type { Origin } from './origin.js';
import type { PageFaults } from './page-faults.js';
import type { Period } from './period.js';
import type { Problem } from './problem.js';
import type { LossTelling, Program } from './program.js';
import type { RollUp } from './roll-up.js';
import type { RunUsage } from './run-usage.js';
import type { Thinned } from './sample-count.js';
import type { SourceExcerpt } from './source-excerpt.js';
import type { Bytes, BytesPerHour, HexAddress, Instant } from './units.js';
import type { Verdict } from './verdict.js';
import type { MappingKind, Vma } from './vma-table.js';

export const SCHEMA_VERSION = 1;

/** The straight line that the growth rule fitted through a timeline's private memory. */
export interface Trend {
  /** What was fitted: private dirty + swap, or USS + swap, or RSS where a capture has no more. */
  measure: 'private' | 'uss' | 'rss';
  /** Index of the listed sample where the line begins, where only a later part of the timeline grows. */
  firstSample?: number;
  /** Bytes where the line begins (the first sample, or `firstSample`) and at the last sample, on the line. */
  from: Bytes;
  to: Bytes;
  ratePerHour?: BytesPerHour;
  ratePerSample?: number;
}

export interface TimelineReport {
  pid?: number;
  /** Of a series of more than 5,000 the telling ones; `thinned` then says which. */
  samples: Sample[];
  /** Absent where all samples are listed. */
  thinned?: Thinned;
  trend?: Trend;
}

export interface MappingReport {
  label: string;
  kind: MappingKind;
  /** Id of a MappingCategory; finer than the kind. */
  category?: string;
  /** Private memory at the last sample less that at the first. */
  growth: Bytes;
  ratePerHour?: BytesPerHour;
  /** 95 % interval of the rate. */
  rateInterval?: readonly [BytesPerHour, BytesPerHour];
  /** Private memory at the last sample. */
  privateBytes: Bytes;
  /** Median of the last quarter of the samples; absent where that is `privateBytes`. */
  level?: Bytes;
  /** Between the least and the most of that quarter; absent where all are the same. */
  spread?: Bytes;
  /** VMAs at the last sample; absent where it is one. */
  vmaCount?: number;
}

/** A VMA of the last snapshot; `growth` is absent where there is no earlier snapshot to compare with. */
export type VmaReport = Vma & {
  growth?: Bytes;
  /** Id of a MappingCategory; finer than the kind. */
  category?: string;
};

export interface ProgramReport extends Program {
  /** First and last instant of its samples; absent where nothing tells a time. */
  period?: Period;
  timelines: TimelineReport[];
  mappings: MappingReport[];
  /** Of the timeline that the verdict is of; absent where no sample tells USS and PSS. */
  footprint?: Footprint;
  /** Where the VMAs were read. */
  vmaOrigin?: Origin;
  vmas: VmaReport[];
  /** The VMAs of the last snapshot by category; absent where there is no snapshot. */
  categories?: CategoryReport[];
  /** What the mappings of each category held over time; absent where there are fewer than three snapshots. */
  categorySeries?: CategorySeriesReport;
  /** The first and the last snapshot as a drawing shows them. */
  addressSpace?: AddressSpaceReport;
  summaries: SummaryReport[];
  /** What massif and DHAT told; absent where neither ran. */
  heapProfiles?: HeapProfileReport[];
  /** What whole runs of it used; absent where nothing counted. */
  runs?: RunReport[];
  /** Of each timeline with at least two counts of page faults; absent where there is none. */
  pageFaults?: PageFaults[];
}

/** What one run used; `witness` as in SummaryReport. */
export interface RunReport extends RunUsage {
  witness?: string;
}

/** The heap of one run by call site; `witness` as in SummaryReport. */
export interface HeapProfileReport extends HeapProfile {
  witness?: string;
}

/** The totals of one log; `witness` is the device whose folder held it, where that is another than the program's. */
export interface SummaryReport extends ToolSummary {
  witness?: string;
}

export interface LeakReport extends Program {
  /** The code that allocated it. */
  source?: SourceExcerpt;
  tool: LeakTool;
  kind: LossKind;
  bytes: Bytes;
  blocks: number;
  indirectBytes?: Bytes;
  fingerprint: string;
  frames: StackFrame[];
  origins: Origin[];
  /** By log, since the losses of two runs are not added; absent where there is one file alone. */
  tellings?: LossTelling[];
  /** The device whose folder held the log, where that is not `device`. */
  witness?: string;
}

export interface ErrorReport extends Program {
  /** The code that the stack points to. */
  source?: SourceExcerpt;
  tool: ErrorTool;
  pid?: number;
  kind: string;
  message: string;
  address?: HexAddress;
  access?: 'read' | 'write' | 'execute';
  size?: number;
  reason?: FatalReason;
  fingerprint: string;
  frames: StackFrame[];
  related: RelatedStack[];
  origins: Origin[];
  witness?: string;
  cause?: FaultCause;
}

/** The same finding met several times is one, with all its places. */
export type KernelFindingReport = { device: string } & Omit<KernelFinding, 'origin'> & {
    origins: Origin[];
    cause?: FaultCause;
  };

/** How one file or area of shared memory was shared among the sampled processes of a device at one instant. */
export interface SharingReport {
  device: string;
  pathname: string;
  kind?: MappingKind;
  /** What one process writes, the others read; absent for what is only read. */
  writable?: boolean;
  takenAt?: Instant;
  /** As the process with the lowest pid sees them. */
  size: Bytes;
  rss: Bytes;
  pss: Bytes;
  /** How many of the sampled processes map it. */
  sharers: number;
  /** How many processes map its shared pages on average, as RSS and PSS imply; absent where rounding hides it. */
  impliedSharers?: number;
  pids: number[];
  /** The commands of `pids`, each once. */
  programs?: string[];
  /** What it was to the lowest pid when fewer instances of its program, the only one that maps it, ran. */
  before?: { takenAt: Instant; pid: number; instances: number; rss: Bytes; pss: Bytes };
}

/** The memory of one device, in order of time; readings without a time first, in the order of their files. */
export interface DeviceReport {
  device: string;
  memory: PlacedDeviceMemory[];
  /** Where it was, at no more than 120 of those instants; absent where /proc/meminfo does not tell. */
  divisions?: MemoryDivision[];
  /** Who took it and who gave it back from the first to the last division: the largest growth first. */
  moves?: MemoryMove[];
}

/** `--device ^board-`: an option of the command line. */
export interface TypedOption {
  name: string;
  value: string;
}

/** A file as it lay on disk when it was read. */
export interface HashedFile {
  path: string;
  bytes: Bytes;
  /** 64 hexadecimal digits. */
  sha256: string;
}

/**
 * The whole result: plain JSON, what `report.json` holds and what every output is made from.
 * Its schema is `report.schema.json` beside this file. Absent means not known.
 */
export interface Analysis {
  schemaVersion: typeof SCHEMA_VERSION;
  /** The version of memreport that made it. */
  memreport: string;
  /** The captures folders as the user named them. */
  captures: string[];
  /** First and last instant of all samples; absent where nothing tells a time. */
  period?: Period;
  /** What each program may use at most, as the user said. */
  memoryLimit?: Bytes;
  /** The options that bear on the result, as they were typed; absent where there were none. */
  options?: TypedOption[];
  files: FileRecord[];
  /** Of the files on disk that the tickets name; an archive stands for the files in it. */
  hashes?: HashedFile[];
  programs: ProgramReport[];
  leaks: LeakReport[];
  errors: ErrorReport[];
  sharing: SharingReport[];
  /** What the kernels of the devices said of themselves. */
  kernelFindings: KernelFindingReport[];
  /** The devices of which /proc/meminfo was captured. */
  devices: DeviceReport[];
  /** What runs on the devices, where manifests tell. */
  builds?: PlacedDeviceBuild[];
  /** How far tools that told of the same process at the same instant told the same; absent where none did. */
  agreements?: Agreement[];
  verdicts: Verdict[];
  /** The leaks, each once for all devices that show it; absent where there are not several devices with verdicts. */
  rollups?: RollUp[];
  problems: Problem[];
}
