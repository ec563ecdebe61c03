import { createHash } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  futimesSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../make-folder.js';

export interface EntryStoreOptions {
  /** A folder of the store's own; made when the first entry is written. */
  readonly folder: string;
  /** Milliseconds since 1970: when an entry was last of use. */
  readonly clock: () => number;
  /** Bytes on disk, beyond which the entries that were not used for longest are removed. */
  readonly limit?: number;
  /** How it is done, for those who want to know. */
  readonly onMessage?: (message: string) => void;
}

const LIMIT = 2 * 1024 ** 3;
/** How much of the limit is left filled, so that not every run has something to remove. */
const FILLED = 0.8;
/** Use is noted once an hour: a write for each read would cost more than the reading. */
const NOTED_EVERY = 3_600_000;
/** An unfinished file this old is of a process that was killed. */
const ABANDONED_AFTER = 3_600_000;

const OWN_FILE = /^[0-9a-f]{2}[/\\][0-9a-f]+(?:\.\d+\.tmp)?$/;

/** In front of each entry: a mark, then the first bytes of the SHA-256 of all behind it. Typed arrays behind it stay aligned. */
const HEADER_BYTES = 16;
const MARK = Buffer.from('memrep1\n', 'latin1');

/**
 * Bytes by their keys, in files that may be removed at any time and by anybody.
 *
 * An entry is written under another name and then renamed, so that several processes may share a store; one that is
 * damaged is told in a message and counts as absent. Nothing here throws: without its store a run is slower, not worse.
 */
export class EntryStore {
  private hasWritten = false;
  private isWritable = true;

  constructor(private readonly options: EntryStoreOptions) {}

  /** What was written by this key; undefined: nothing, or nothing whole. The buffer is the caller's own. */
  read(key: string): Buffer | undefined {
    let descriptor: number;
    try {
      // Also for writing, to note the use.
      descriptor = openSync(this.pathOf(key), 'r+');
    } catch {
      return undefined;
    }
    try {
      const content = readFileSync(descriptor);
      const payload = content.subarray(HEADER_BYTES);
      if (!content.subarray(0, HEADER_BYTES).equals(headerOf(payload))) {
        this.tell(`${this.pathOf(key)}: a damaged entry of the cache, read anew`);
        return undefined;
      }
      this.noteUse(descriptor);
      return payload;
    } catch (error) {
      this.tell(`the cache could not be read (${reasonOf(error)})`);
      return undefined;
    } finally {
      closeSync(descriptor);
    }
  }

  write(key: string, payload: Uint8Array): void {
    if (!this.isWritable) return;
    const path = this.pathOf(key);
    const unfinished = `${path}.${process.pid}.tmp`;
    try {
      makeFolder(this.folderOf(key), 0o700);
      const descriptor = openSync(unfinished, 'w', 0o600);
      try {
        writeFileSync(descriptor, headerOf(payload));
        writeFileSync(descriptor, payload);
      } finally {
        closeSync(descriptor);
      }
      renameSync(unfinished, path);
      this.hasWritten = true;
    } catch (error) {
      this.isWritable = false;
      remove(unfinished);
      this.tell(`the cache could not be written (${reasonOf(error)}): going on without it`);
    }
  }

  /** Removes what was not used for longest, where this run has written and the store is beyond its limit. */
  prune(): void {
    if (!this.hasWritten) return;
    const { limit = LIMIT, clock } = this.options;
    const now = clock();
    let bytes = 0;
    const entries: { path: string; size: number; usedAt: number }[] = [];
    for (const path of this.files()) {
      const stat = statOf(path);
      if (!stat) continue;
      if (path.endsWith('.tmp')) {
        if (now - stat.mtimeMs > ABANDONED_AFTER) remove(path);
        continue;
      }
      bytes += stat.size;
      entries.push({ path, size: stat.size, usedAt: stat.mtimeMs });
    }
    if (bytes <= limit) return;
    for (const { path, size } of entries.sort((a, b) => a.usedAt - b.usedAt)) {
      if (bytes <= FILLED * limit) break;
      remove(path);
      bytes -= size;
    }
  }

  private files(): string[] {
    try {
      const names = readdirSync(this.options.folder, { recursive: true, encoding: 'utf8' });
      return names.filter((name) => OWN_FILE.test(name)).map((name) => join(this.options.folder, name));
    } catch {
      return [];
    }
  }

  private noteUse(descriptor: number): void {
    const now = this.options.clock();
    if (now - fstatSync(descriptor).mtimeMs > NOTED_EVERY) futimesSync(descriptor, now / 1000, now / 1000);
  }

  private pathOf(key: string): string {
    return join(this.folderOf(key), key.slice(2));
  }

  /** Entries are spread over folders: some file systems are slow with thousands of files in one. */
  private folderOf(key: string): string {
    return join(this.options.folder, key.slice(0, 2));
  }

  private tell(message: string): void {
    this.options.onMessage?.(message);
  }
}

/** The key of what depends on all of these: a SHA-256 in hex. */
export function keyOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

function headerOf(payload: Uint8Array): Buffer {
  const digest = createHash('sha256').update(payload).digest();
  return Buffer.concat([MARK, digest.subarray(0, HEADER_BYTES - MARK.length)]);
}

/** undefined: another process has removed it meanwhile. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The folder is not ours to write; there is nothing that this run could do.
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
