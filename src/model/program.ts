import type { Agreement } from './agreement.js';
import type { PlacedDeviceMemory } from './device-memory.js';
import type { FaultCause } from './fault-cause.js';
import type { HeapProfile } from './heap-profile.js';
import type { KernelFinding } from './kernel-finding.js';
import type { HeapAmount, LossRecord, MemoryError, ToolSummary } from './leaks.js';
import type { PlacedSample } from './memory.js';
import type { Origin } from './origin.js';
import type { RunUsage } from './run-usage.js';
import type { Bytes } from './units.js';
import type { MappingKind, VmaTable } from './vma-table.js';

/** The join key: a valgrind run of a daemon has another pid than the field run. */
export interface Program {
  readonly device: string;
  readonly command: string;
}

/** One mapping, or group of unnamed ones, followed through the samples of a timeline. */
export interface MappingSeries {
  readonly label: string;
  readonly kind: MappingKind;
  /** Index into the timeline's samples, ascending; a sample in which the mapping did not exist is left out. */
  readonly at: readonly number[];
  /** Private dirty + swap in bytes at each of `at`; Rss where the capture has no Private_Dirty; else Size. */
  readonly privateBytes: readonly number[];
  /** See Sample.unreclaimable; as `privateBytes` where the capture has no Private_Dirty. */
  readonly unreclaimable: readonly number[];
  readonly rss: readonly number[];
  readonly size: readonly number[];
  /** How many VMAs it consists of. */
  readonly vmaCount: readonly number[];
}

/** A full VMA table that was kept, with the sample that it belongs to. */
export interface KeptSnapshot {
  readonly origin: Origin;
  readonly table: VmaTable;
}

/** One life of a process: samples between its start and its end. */
export interface Timeline {
  readonly pid?: number;
  readonly startTicks?: number;
  /** In order of time, or of origin where `timed` is false. */
  readonly samples: readonly PlacedSample[];
  /** Whether every sample has a `takenAt`. */
  readonly timed: boolean;
  readonly mappings: readonly MappingSeries[];
  readonly first?: KeptSnapshot;
  /** The snapshot with the most private memory. */
  readonly peak?: KeptSnapshot;
  readonly last?: KeptSnapshot;
  /** How far the tools that told of its instants agreed; absent where only one did. */
  readonly agreements?: readonly Agreement[];
}

/** What one process's log said of a leak. */
export interface LossTelling {
  readonly bytes: Bytes;
  readonly blocks: number;
  readonly pid?: number;
  readonly origin: Origin;
}

/** One leak of a program: the same loss record of several logs of one tool, counted once. */
export interface Leak {
  readonly tool: LossRecord['tool'];
  readonly kind: LossRecord['kind'];
  /** Of the log that lost the most. */
  readonly bytes: number;
  readonly blocks: number;
  readonly indirectBytes?: number;
  readonly fingerprint: string;
  readonly frames: LossRecord['frames'];
  readonly origins: readonly Origin[];
  /** By log, in the order of their origins. */
  readonly tellings: readonly LossTelling[];
  /** The device whose folder held the logs, where that is another than the program's. */
  readonly witness?: string;
}

/** One memory error of a program: the same error of several logs, counted once. */
export interface ProgramError extends Omit<MemoryError, 'origin'> {
  /** The process in which it happened. */
  readonly pid?: number;
  readonly fingerprint: string;
  readonly origins: readonly Origin[];
  readonly witness?: string;
  /** Of an access that failed, by the VMAs of its process; absent where the tool's own kind is the cause. */
  readonly cause?: FaultCause;
}

/** All that is known of one program: what the rules judge. */
export interface ProgramRecord {
  readonly program: Program;
  readonly timelines: readonly Timeline[];
  readonly leaks: readonly Leak[];
  readonly errors: readonly ProgramError[];
  readonly summaries: readonly (ToolSummary & { readonly witness?: string })[];
  /** Evidence of growth by call site, which no verdict rests on; absent where no profiler ran. */
  readonly heapProfiles?: readonly (HeapProfile & { readonly witness?: string })[];
  /** What whole runs of it used; absent where nothing counted. */
  readonly runs?: readonly (RunUsage & { readonly witness?: string })[];
  /** The memory of the program's device, as PlacedDeviceMemory is sorted in `Analysis.devices`. */
  readonly deviceMemory?: readonly PlacedDeviceMemory[];
  /** Processes of it that the kernel ended since memory had run out; absent where it told of none. */
  readonly ended?: readonly EndedProcess[];
  /** What the program may use at most, as the user said. */
  readonly memoryLimit?: Bytes;
}

/** What the kernel said of it; without a pid where that is of no process that was sampled. */
export type EndedProcess = Pick<KernelFinding, 'pid' | 'sinceBoot' | 'held' | 'limit' | 'tasks'> & {
  readonly origins: readonly Origin[];
};

export type { HeapAmount };
