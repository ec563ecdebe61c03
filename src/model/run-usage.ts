import type { Origin } from './origin.js';
import type { Bytes, Milliseconds } from './units.js';

/** Who counted: `time` prints it when the command has ended, getrusage tells a process of itself. */
export type UsageTool = 'time' | 'getrusage';

/**
 * What one run of a program used from its start to its end. What the tool did not print is absent.
 *
 * `time` counts the children that the command waited for too: their faults are added, and the peak is the largest
 * single process's.
 * Source: https://man7.org/linux/man-pages/man2/getrusage.2.html
 */
export interface RunUsage {
  tool: UsageTool;
  /** The command line as printed. */
  commandLine?: string;
  peakRss?: Bytes;
  minorFaults?: number;
  majorFaults?: number;
  pageSize?: Bytes;
  elapsed?: Milliseconds;
  /** CPU time in the program, and in the kernel for it. */
  userTime?: Milliseconds;
  systemTime?: Milliseconds;
  exitStatus?: number;
  /** The signal that ended it. */
  signal?: number;
  origin: Origin;
}
