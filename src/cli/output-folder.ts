import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { EXIT, Failure } from './exit-codes.js';

/** The folder that a report is written to. A file in it is whole or not there. */
export class OutputFolder {
  private readonly paths: string[] = [];

  /** @throws Failure where the folder cannot be made. */
  constructor(private readonly folder: string) {
    this.attempt(folder, () => mkdirSync(folder, { recursive: true }));
  }

  /** What has been written, in order, below the folder as it was named. */
  get written(): readonly string[] {
    return this.paths;
  }

  /** Writes to a temporary name, then renames. @throws Failure where that is not possible. */
  write(name: string, content: string | Uint8Array): void {
    const path = join(this.folder, name);
    const temporary = `${path}.${process.pid}.tmp`;
    this.attempt(path, () => {
      mkdirSync(dirname(path), { recursive: true });
      try {
        const descriptor = openSync(temporary, 'w');
        try {
          writeFileSync(descriptor, content);
          fsyncSync(descriptor);
        } finally {
          closeSync(descriptor);
        }
        renameSync(temporary, path);
      } catch (error) {
        rmSync(temporary, { force: true });
        throw error;
      }
    });
    this.paths.push(path);
  }

  /** Removes the files below `name` that are `stale` (by their path from there), and the folders that are empty then. */
  removeBelow(name: string, isStale: (path: string) => boolean): void {
    const path = join(this.folder, name);
    this.attempt(path, () => {
      if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) removeIn(path, '', isStale);
    });
  }

  remove(name: string): void {
    const path = join(this.folder, name);
    this.attempt(path, () => {
      rmSync(path, { force: true, recursive: true });
    });
  }

  private attempt(path: string, action: () => unknown): void {
    try {
      action();
    } catch (error) {
      const reason = (error as Error).message.split(',')[0] ?? '';
      throw new Failure(EXIT.outputNotWritable, `${path}: expected a writable place for the report, found ${reason}`);
    }
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
