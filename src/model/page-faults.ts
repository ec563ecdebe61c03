import type { Origin } from './origin.js';

/**
 * What the page faults of a process say of its memory: `new-memory` is touched for the first time and kept; `read-in`,
 * it grows by pages of files that are mapped, or by what is read from disk or swap; `churn`, it is given back and taken again; `thrashing`, pages in use are
 * taken away and read again; `start-up`, reading from disk is over; `quiet`, next to nothing happens.
 */
export type PageFaultKind = 'new-memory' | 'read-in' | 'churn' | 'thrashing' | 'start-up' | 'quiet';

/** The page faults of one timeline between its first and its last sample that has counts of them. */
export interface PageFaults {
  readonly pid?: number;
  /** Index of the program's timeline. */
  readonly timeline: number;
  readonly minor: number;
  readonly major: number;
  /** Absent where the samples have no times. */
  readonly minorPerHour?: number;
  readonly majorPerHour?: number;
  /** Absent where no RSS was captured with them. */
  readonly kind?: PageFaultKind;
  readonly statement: string;
  /** The first and the last count. */
  readonly origins: readonly Origin[];
}
