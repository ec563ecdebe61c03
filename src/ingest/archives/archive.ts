import type { Instant } from '../../model/units.js';
import type { ByteSource } from '../byte-source.js';

/** A regular file inside an archive. */
export interface ArchiveMember {
  /** Below the archive, with "/" between its parts; it leads nowhere else. */
  readonly path: string;
  /** As stored. */
  readonly bytes: number;
  readonly modifiedAt?: Instant;
  /** Why it cannot be read, where that is known before. */
  readonly refused?: string;
  /** Opens it; its bytes can be read until the visit of it is over. */
  open(): Promise<ByteSource> | ByteSource;
  /** How many bytes of the file on disk were needed for what was read of it so far, or a few more. */
  taken(): number;
}

/** What an archive holds that is not read, and how often. */
export type Skipped =
  | 'link, device or pipe'
  | 'name that leads out of the archive'
  | 'file inside the bytes of another';

/** A file of many files, read in its own order and never unpacked to disk. */
export interface Archive {
  /**
   * Visits its regular files one after the other.
   * @throws DamagedSource where it cannot be read to its end; what was visited before stands
   */
  walk(visit: (member: ArchiveMember) => Promise<void>, skip: (what: Skipped) => void): Promise<void>;
  close(): void;
}
