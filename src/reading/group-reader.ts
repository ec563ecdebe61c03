import type { CaptureGroup } from './read-groups.js';
import type { ReadResult } from './read-result.js';

/** What is read of a group, and the same as bytes where it comes from a thread. */
export interface GroupReading {
  readonly result: ReadResult;
  readonly bytes?: Uint8Array;
}

/** Reads groups of files, one after the other. */
export interface GroupReader {
  read(group: CaptureGroup): Promise<GroupReading>;
  /** To be called when all is read, or nothing more is wanted. */
  close(): Promise<void>;
}
