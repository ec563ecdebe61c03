import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeFolder } from '../make-folder.js';
import { ownIdentity, type ProcessIdentity, stateOf } from './process-identity.js';

/** Who holds a lock, and since when (milliseconds). */
export interface LockHolder extends ProcessIdentity {
  readonly since: number;
}

/** Another run holds the lock. */
export class FolderLocked extends Error {
  constructor(
    readonly holder: LockHolder,
    /** Whether it can be seen from here that it runs. */
    readonly isSeen: boolean,
  ) {
    super();
  }
}

/**
 * A file that says who works in a folder. Not a lock that goes stale by its age alone (proper-lockfile): its sign of life
 * is a timer, which does not come while a thread computes, and a run that was killed would bar the next one until then.
 * The pid with the start of its process tells at once whether the holder is gone. Only of a holder whom we cannot see,
 * on another machine or in another container, the age of its last sign of life decides.
 */
export class FolderLock {
  private readonly signs: NodeJS.Timeout;

  private constructor(private readonly path: string) {
    this.signs = setInterval(() => {
      touch(path);
    }, SIGN_OF_LIFE).unref();
  }

  /** @throws FolderLocked where another run holds it; what the file system throws where the file cannot be made. */
  static async take(path: string): Promise<FolderLock> {
    const holder: LockHolder = { ...ownIdentity(), since: Date.now() };
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (create(path, holder)) return new FolderLock(path);
      const found = lockAt(path);
      // It was given back, or is being taken: a moment later it says by whom.
      if (found === undefined || found.isBeingWritten) await sleep(PAUSE);
      else {
        if (found.holder && found.state !== 'gone') throw new FolderLocked(found.holder, found.state === 'running');
        if (takeOver(path, found, holder)) return new FolderLock(path);
        await sleep(PAUSE);
      }
    }
    throw new Error(`a lock that can be neither read nor taken (${path})`);
  }

  /** Gives it back. Never throws: a lock that stays is known to be stale. */
  release(): void {
    clearInterval(this.signs);
    try {
      if (holderIn(this.path)?.pid === process.pid) rmSync(this.path, { force: true });
    } catch {
      // The next run sees that we are gone.
    }
  }
}

const PAUSE = 50;
/** With the pauses, longer than a lock is being written at most. */
const ATTEMPTS = 200;
const SIGN_OF_LIFE = 10_000;
/** Longer than a thread computes without a turn for its timers. */
const LONGEST_SILENCE = 120_000;
/** Writing a line takes less: a lock without it was left by a process that was killed in between. */
const LONGEST_WRITING = 2_000;

interface FoundLock {
  /** No other lock, of whatever time, has the same. */
  readonly id: string;
  readonly holder: LockHolder | undefined;
  readonly state: ReturnType<typeof stateOf>;
  readonly isBeingWritten: boolean;
}

function lockAt(path: string): FoundLock | undefined {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (!stat) return undefined;
  const holder = holderIn(path);
  const age = Date.now() - Number(stat.mtimeMs);
  const state = holder ? stateOf(holder) : 'gone';
  return {
    id: `${stat.ino}-${stat.mtimeNs}`,
    holder,
    state: state === 'elsewhere' && age > LONGEST_SILENCE ? 'gone' : state,
    isBeingWritten: holder === undefined && age < LONGEST_WRITING,
  };
}

function holderIn(path: string): LockHolder | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isHolder(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isHolder(value: unknown): value is LockHolder {
  if (typeof value !== 'object' || value === null) return false;
  const { pid, since, host, boot, namespace, started } = value as Partial<Record<keyof LockHolder, unknown>>;
  return (
    Number.isSafeInteger(pid) &&
    Number.isSafeInteger(since) &&
    [host, boot, namespace, started].every((text) => typeof text === 'string')
  );
}

/**
 * Puts our lock in the place of a stale one. Of several that try, one makes the file that is named after the stale lock;
 * and since that lock never comes again, whoever comes too late sees another one in its place and lets go.
 */
function takeOver(path: string, stale: FoundLock, holder: LockHolder): boolean {
  const claim = `${path}.${stale.id}`;
  if (!create(claim, holder)) {
    const other = lockAt(claim);
    if (other && !other.isBeingWritten && other.state === 'gone') rmSync(claim, { force: true });
    return false;
  }
  if (lockAt(path)?.id !== stale.id) {
    rmSync(claim, { force: true });
    return false;
  }
  renameSync(claim, path);
  return true;
}

/** Whether the file was made; false where there is one, or where another run has just taken the folder away. */
function create(path: string, holder: LockHolder): boolean {
  makeFolder(dirname(path));
  let descriptor: number;
  try {
    descriptor = openSync(path, 'wx');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || code === 'ENOENT') return false;
    throw error;
  }
  try {
    try {
      writeFileSync(descriptor, `${JSON.stringify(holder)}\n`);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  }
  return true;
}

function touch(path: string): void {
  const now = new Date(Date.now());
  try {
    utimesSync(path, now, now);
  } catch {
    // It is a sign for other machines only.
  }
}
