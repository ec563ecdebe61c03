import type { FileRecord } from './capture.js';
import type { PlacedDeviceMemory } from './device-memory.js';
import type { FaultCause } from './fault-cause.js';
import type { HeapProfile } from './heap-profile.js';
import type { KernelFinding } from './kernel-finding.js';
import type { ErrorTool, LeakTool, LossKind, RelatedStack, StackFrame, ToolSummary } from './leaks.js';
import type { Sample } from './memory.js';
import type { Origin } from './origin.js';
import type { Problem } from './problem.js';
import type { Program } from './program.js';
import type { Bytes, BytesPerHour, HexAddress, Instant } from './units.js';
import type { Verdict } from './verdict.js';
import type { MappingKind, Vma } from './vma-table.js';

export const SCHEMA_VERSION = 1;

/** The straight line that the growth rule fitted through a timeline's private memory. */
export interface Trend {
  /** What was fitted: private dirty + swap, or USS + swap, or RSS where a capture has no more. */
  measure: 'private' | 'uss' | 'rss';
  /** Index of the sample where the line begins, where only a later part of the timeline grows. */
  firstSample?: number;
  /** Bytes where the line begins (the first sample, or `firstSample`) and at the last sample, on the line. */
  from: Bytes;
  to: Bytes;
  ratePerHour?: BytesPerHour;
  ratePerSample?: number;
}

export interface TimelineReport {
  pid?: number;
  samples: Sample[];
  trend?: Trend;
}

export interface MappingReport {
  label: string;
  kind: MappingKind;
  /** Private memory at the last sample less that at the first. */
  growth: Bytes;
  ratePerHour?: BytesPerHour;
  /** Private memory at the last sample. */
  privateBytes: Bytes;
}

/** A VMA of the last snapshot; `growth` is absent where there is no earlier snapshot to compare with. */
export type VmaReport = Vma & { growth?: Bytes };

export interface ProgramReport extends Program {
  timelines: TimelineReport[];
  mappings: MappingReport[];
  /** Where the VMAs were read. */
  vmaOrigin?: Origin;
  vmas: VmaReport[];
  summaries: SummaryReport[];
  /** What massif and DHAT told; absent where neither ran. */
  heapProfiles?: HeapProfileReport[];
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
  tool: LeakTool;
  kind: LossKind;
  bytes: Bytes;
  blocks: number;
  indirectBytes?: Bytes;
  fingerprint: string;
  frames: StackFrame[];
  origins: Origin[];
  /** The device whose folder held the log, where that is not `device`. */
  witness?: string;
}

export interface ErrorReport extends Program {
  tool: ErrorTool;
  pid?: number;
  kind: string;
  message: string;
  address?: HexAddress;
  access?: 'read' | 'write' | 'execute';
  size?: number;
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

/** How one file mapping was shared among the sampled processes of a device at one instant. */
export interface SharingReport {
  device: string;
  pathname: string;
  takenAt?: Instant;
  size: Bytes;
  rss: Bytes;
  pss: Bytes;
  sharers: number;
  pids: number[];
}

/** The memory of one device, in order of time; readings without a time first, in the order of their files. */
export interface DeviceReport {
  device: string;
  memory: PlacedDeviceMemory[];
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
  period?: { from: Instant; to: Instant };
  /** What each program may use at most, as the user said. */
  memoryLimit?: Bytes;
  files: FileRecord[];
  programs: ProgramReport[];
  leaks: LeakReport[];
  errors: ErrorReport[];
  sharing: SharingReport[];
  /** What the kernels of the devices said of themselves. */
  kernelFindings: KernelFindingReport[];
  /** The devices of which /proc/meminfo was captured. */
  devices: DeviceReport[];
  verdicts: Verdict[];
  problems: Problem[];
}
