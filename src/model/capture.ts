import type { DeviceBuild } from './device-build.js';
import type { DeviceLines } from './device-memory.js';
import type { HeapProfile } from './heap-profile.js';
import type { KernelFinding } from './kernel-finding.js';
import type { LossRecord, MemoryError, ToolSummary } from './leaks.js';
import type { Sample } from './memory.js';
import type { Origin } from './origin.js';
import type { RunUsage } from './run-usage.js';
import type { Instant } from './units.js';
import type { VmaTable } from './vma-table.js';

/** What decided a part of the context; shown by `inspect`. */
export type ContextSource = 'manifest' | 'path' | 'header' | 'content' | 'companion' | 'folder' | 'modification-time';

/** Which device, program, process and time a capture belongs to. What nothing tells is absent. */
export interface CaptureContext {
  device: string;
  /** The program's name: the base name of its executable, as `comm` has it but not cut. */
  command?: string;
  pid?: number;
  /** Start time of the process in clock ticks since boot (field 22 of stat): tells a reused pid. */
  startTicks?: number;
  /** Where the program and its stack lie: tells processes apart where nothing tells the pid. */
  layout?: string;
  takenAt?: Instant;
  /** What the device runs, where a manifest tells. */
  build?: DeviceBuild;
  /** How each part is known. */
  sources: Partial<Record<'device' | 'command' | 'pid' | 'startTicks' | 'takenAt', ContextSource>>;
}

/** A process's VMAs at one instant. */
export interface SnapshotCapture {
  readonly type: 'snapshot';
  readonly format: string;
  readonly context: CaptureContext;
  readonly origin: Origin;
  /** Belongs to the reader: see VmaTable. */
  readonly table: VmaTable;
  /** The text broke off: `table` holds what was whole, its totals are no sample of the process. */
  readonly truncated?: boolean;
}

/** Totals of one process at one instant, from a tool that prints no VMAs. */
export interface SampleCapture {
  readonly type: 'sample';
  readonly format: string;
  readonly context: CaptureContext;
  readonly origin: Origin;
  readonly sample: Sample;
}

/** What memcheck, a sanitizer, a heap profiler or `time` said of one process. */
export interface DiagnosisCapture {
  readonly type: 'diagnosis';
  readonly format: string;
  readonly context: CaptureContext;
  readonly origin: Origin;
  readonly leaks: readonly LossRecord[];
  readonly errors: readonly MemoryError[];
  readonly summaries: readonly ToolSummary[];
  readonly heapProfiles?: readonly HeapProfile[];
  readonly runs?: readonly RunUsage[];
}

/** What the kernel printed about memory; it is the device's, whatever task it names. */
export interface KernelCapture {
  readonly type: 'kernel';
  readonly format: string;
  readonly context: CaptureContext;
  readonly origin: Origin;
  readonly finding: KernelFinding;
}

/** What /proc/meminfo said of the whole device at one instant. */
export interface DeviceMemoryCapture {
  readonly type: 'device-memory';
  readonly format: string;
  readonly context: CaptureContext;
  readonly origin: Origin;
  /** Bytes, but for the numbers of huge pages. */
  readonly lines: DeviceLines;
}

/** One statement of one file. */
export type Capture = SnapshotCapture | SampleCapture | DiagnosisCapture | KernelCapture | DeviceMemoryCapture;

/** A capture whose stacks may lack names. */
export type StackCapture = DiagnosisCapture | KernelCapture;

/** Whether it is one. Of the kernel's findings, the faults of processes: its own stacks have names. */
export function hasStacks(capture: Capture): capture is StackCapture {
  return capture.type === 'diagnosis' || (capture.type === 'kernel' && capture.finding.kind === 'segfault');
}

/** What became of the lines of a file: each is counted once, so `read` is the sum of the others. */
export interface LineCounts {
  read: number;
  /** Lines that a format took what they say from, or that belong to what it took. */
  used: number;
  /**
   * Lines left out by rule: blank ones, dates and banners between captures (their time is taken), other programs'
   * output in a log, formats that memreport does not judge.
   */
  ignored: number;
  /** Lines that a problem tells of: of no known format, unreadable, too long. */
  reported: number;
}

/** What became of an input file. */
export interface FileRecord {
  path: string;
  /** Format ids, joined by "+" where a file holds several; empty when none recognized it. */
  format: string;
  /** read: all used; partial: some of it lost; ignored: no known format; refused: known, but not usable. */
  status: 'read' | 'partial' | 'ignored' | 'refused';
  /** As stored, before decompression. */
  bytes: number;
  snapshots: number;
  /** Absent where no format recognized any of its lines. */
  lines?: LineCounts;
}

/** The length to which the kernel cuts a process's `comm`. */
export const COMM_LENGTH = 15;
