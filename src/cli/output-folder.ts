import { existsSync, lstatSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from '../make-folder.js';
import type { OutputFile } from '../render.js';
import { EXIT, Failure } from './exit-codes.js';
import { heldContent, holds, sha256Of } from './file-content.js';
import { FolderLock, FolderLocked } from './folder-lock.js';
import type { KnownOutputs } from './known-outputs.js';
import { attempt, notWritable } from './not-writable.js';
import { RunJournal } from './run-journal.js';
import { syncFolders, WholeFiles } from './whole-files.js';

/** What is ours alone in an output folder: the lock, the journal, and files that are not whole yet. */
const OWN = '.memreport';
const LOCK = 'lock';
const JOURNAL = 'journal';

/**
 * The folder that a report is written to, locked until the process ends. A file in it is whole or not there; one of an
 * earlier run stays until it is replaced, or until all is written and it belongs to no file of this run. Where it has
 * the bytes already that this run would write, it stays with its date, unless it is very large: the date of a ticket
 * tells when what it says was new, and what copies or sends changed files leaves it out. The run that wrote it has
 * synced it.
 */
export class OutputFolder {
  private readonly paths = new Set<string>();
  private readonly foldersToSync = new Set(['.']);
  private readonly files: WholeFiles;
  private journal: RunJournal | undefined;
  private known: KnownOutputs | undefined;
  private whole = 0;

  private constructor(readonly folder: string) {
    this.files = new WholeFiles(join(folder, OWN));
  }

  /** @throws Failure where the folder cannot be made, or another run is at work on it. */
  static async open(folder: string): Promise<OutputFolder> {
    const isNew = !existsSync(folder);
    const own = join(folder, OWN);
    const lock = await FolderLock.take(join(own, LOCK)).catch((error: unknown) => {
      throw error instanceof FolderLocked ? occupied(folder, error) : notWritable(folder, error);
    });
    // Also at the end of a run that fails or is interrupted.
    process.once('exit', () => {
      removeLeftOvers(own);
      lock.release();
      removeIfEmpty(own);
      if (isNew) removeIfEmpty(folder);
    });
    removeLeftOvers(own);
    return new OutputFolder(folder);
  }

  /** What this run has written, in order, below the folder as it was named. */
  get written(): readonly string[] {
    return [...this.paths].map((name) => join(this.folder, name));
  }

  /** How many of them are there by now. */
  get count(): number {
    return this.whole;
  }

  /** Keeps a journal from here on, so that a run of the same identity can go on where this one is interrupted. */
  keepJournal(identity: string): void {
    this.attempt(JOURNAL_PATH, (path) => {
      this.journal = RunJournal.begin(path, identity);
    });
  }

  /** Goes on with the journal of an interrupted run, and returns how many files it wrote; else the reason why not. */
  resumeJournal(identity: string): number | 'none' | 'another' {
    return this.attempt(JOURNAL_PATH, (path) => {
      const found = RunJournal.resume(path, identity);
      if (typeof found === 'string') return found;
      this.journal = found;
      return found.size;
    });
  }

  /** Passes over files that the last run left as this one would write them. */
  useKnown(known: KnownOutputs): void {
    this.known = known;
  }

  /**
   * Whether the run that this one goes on with has written the file, or the last one made it from the same; then it
   * counts as written by this one.
   *
   * @param digest of what the file is made from, where that is known
   */
  has(name: string, digest?: string): boolean {
    if (digest !== undefined && this.known?.has(name, digest)) {
      this.keep(name);
      return true;
    }
    if (!this.journal?.has(name, join(this.folder, name))) return false;
    this.note(name);
    this.known?.note(name, digest);
    this.whole++;
    return true;
  }

  /** Counts all files that the last run left as written by this one. */
  keepAll(): void {
    for (const name of this.known?.last.files.keys() ?? []) this.keep(name);
  }

  /** Returns when the next file may be written; this one may still be on its way. @throws Failure where that is not possible. */
  async write({ name, content, digest }: OutputFile): Promise<void> {
    this.note(name);
    const path = join(this.folder, name);
    const held = heldContent(content);
    const isThere = (sha256: string): void => {
      this.whole++;
      this.known?.note(name, digest);
      this.attempt(JOURNAL_PATH, () => this.journal?.add(name, sha256));
    };
    if (held instanceof Uint8Array && holds(path, held)) {
      isThere(sha256Of(held));
      return;
    }
    this.attempt(name, () => {
      makeFolder(dirname(path));
    });
    await this.files.write(path, held, isThere);
  }

  /** Until all files are there. @throws Failure where one is not */
  async settled(): Promise<void> {
    await this.files.settled();
  }

  /** Removes what this run did not write: these files, and those below folders that are stale by their path from there. */
  removeOthers(names: readonly string[], below: Readonly<Record<string, (path: string) => boolean>>): void {
    for (const name of names) {
      if (this.paths.has(name)) continue;
      this.attempt(name, (path) => {
        rmSync(path, { force: true, recursive: true });
      });
    }
    for (const [name, isStale] of Object.entries(below)) {
      this.attempt(name, (path) => {
        if (!lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
        removeIn(path, '', (inner) => isStale(inner) && !this.paths.has(`${name}${inner}`));
      });
    }
  }

  /** To be called when all is written: after that, not even a power failure takes it away. */
  async finish(): Promise<void> {
    await syncFolders([...this.foldersToSync].map((name) => join(this.folder, name)));
    this.known?.save(this.paths);
    this.attempt(JOURNAL_PATH, (path) => {
      rmSync(path, { force: true });
    });
  }

  /** The run that left it has synced it. */
  private keep(name: string): void {
    this.paths.add(name);
    this.whole++;
  }

  private note(name: string): void {
    this.paths.add(name);
    this.foldersToSync.add(dirname(name));
  }

  private attempt<Result>(name: string, action: (path: string) => Result): Result {
    const path = join(this.folder, name);
    return attempt(path, () => action(path));
  }
}

const JOURNAL_PATH = join(OWN, JOURNAL);

function occupied(folder: string, { holder, isSeen }: FolderLocked): Failure {
  const since = new Date(holder.since).toISOString().replace(/\.\d+Z$/, 'Z');
  const other = `${folder}: expected no other run on this folder, found one by process ${holder.pid}`;
  const message = isSeen
    ? `${other} since ${since}. Wait until it ends, or write to another folder with --out`
    : `${other} of ${holder.host} since ${since}. Wait until it ends, or remove ${join(folder, OWN, LOCK)} if it runs no more`;
  return new Failure(EXIT.outputNotWritable, message);
}

/** Files that were being written when a run was killed; only the holder of the lock may do that. Never throws. */
function removeLeftOvers(own: string): void {
  try {
    for (const name of readdirSync(own)) {
      if (name !== LOCK && name !== JOURNAL) rmSync(join(own, name), { force: true });
    }
  } catch {
    // What stays is removed by the next run.
  }
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Something is in it.
  }
}

/** No symbolic link is followed. */
function removeIn(folder: string, path: string, isStale: (path: string) => boolean): void {
  const entries = readdirSync(join(folder, path), { withFileTypes: true });
  for (const entry of entries) {
    const inner = `${path}/${entry.name}`;
    if (entry.isDirectory()) removeIn(folder, inner, isStale);
    else if (isStale(inner)) rmSync(join(folder, inner), { force: true });
  }
  if (entries.length > 0 && readdirSync(join(folder, path)).length === 0) rmdirSync(join(folder, path));
}
