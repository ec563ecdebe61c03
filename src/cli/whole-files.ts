import { closeSync, fsync, openSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type LargeText, writeContent } from './file-content.js';
import { attempt, notWritable } from './not-writable.js';

const synced = promisify(fsync);

/**
 * So many files may wait for the disk: a journaling file system commits them together, and more of them gain nothing.
 * Whatever ends the process waits for those under way.
 */
const AT_ONCE = 16;

/**
 * Writes files that are whole or not there: each under a temporary name, synced, then renamed, in order.
 *
 * The next ones are composed while the disk takes these. Nothing but syncing is left to other threads: when the process
 * ends, no call is under way that could still make or rename a file.
 */
export class WholeFiles {
  private readonly underWay: Promise<void>[] = [];
  private failure: unknown;
  private count = 0;

  /** @param folder for temporary files, on the file system of all that are written */
  constructor(private readonly folder: string) {}

  /**
   * Returns when the next file may be written.
   * @param named called with the SHA-256 of the file when it is there
   * @throws Failure where this file, or one before it, could not be written
   */
  async write(path: string, content: Uint8Array | LargeText, named: (sha256: string) => void): Promise<void> {
    const temporary = join(this.folder, `${process.pid}-${this.count++}.tmp`);
    const { descriptor, sha256 } = attempt(path, () => openWritten(temporary, content));
    const before = this.underWay.at(-1);
    const done = nameSynced(descriptor, { temporary, path, before }).then(() => {
      named(sha256);
    });
    done.catch((error: unknown) => {
      this.failure ??= error;
    });
    this.underWay.push(done);
    if (this.underWay.length >= AT_ONCE) await this.underWay.shift();
    if (this.failure !== undefined) throw this.failure as Error;
  }

  /** Until all are there. @throws Failure where one is not */
  async settled(): Promise<void> {
    await Promise.all(this.underWay.splice(0));
  }
}

function openWritten(path: string, content: Uint8Array | LargeText): { descriptor: number; sha256: string } {
  const descriptor = openSync(path, 'w');
  try {
    return { descriptor, sha256: writeContent(descriptor, content) };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

interface Naming {
  readonly temporary: string;
  readonly path: string;
  /** The file before this one: names are given in order. */
  readonly before: Promise<void> | undefined;
}

async function nameSynced(descriptor: number, { temporary, path, before }: Naming): Promise<void> {
  try {
    try {
      await synced(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw notWritable(path, error);
  }
  await before;
  attempt(path, () => {
    renameSync(temporary, path);
  });
}

/** Syncs folders, several at once: after that, not even a power failure takes the names of files in them away. */
export async function syncFolders(paths: readonly string[]): Promise<void> {
  const left = paths.values();
  const syncEach = async (): Promise<void> => {
    for (const path of left) {
      await syncFolder(path).catch((error: unknown) => {
        // Some systems sync no folders.
        if (!UNABLE.has((error as NodeJS.ErrnoException).code)) throw notWritable(path, error);
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, syncEach));
}

async function syncFolder(path: string): Promise<void> {
  const descriptor = openSync(path, 'r');
  try {
    await synced(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

const UNABLE: ReadonlySet<string | undefined> = new Set(['EINVAL', 'EISDIR', 'ENOTSUP', 'EPERM']);
