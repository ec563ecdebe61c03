import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { compareNames } from '../model/origin.js';
import type { Problem } from '../model/problem.js';

/** A regular file below a folder. */
export interface FoundFile {
  readonly absolute: string;
  /** From the folder, with "/" between its parts. */
  readonly path: string;
  readonly size: number;
}

/** So many files are looked at: a whole sysroot has fewer. */
export const MOST_FILES = 200_000;
const DEEPEST = 40;

/**
 * The regular files below a folder, in the order of their paths. A symbolic link is followed to a file inside the
 * folder only, and never to a folder.
 *
 * @param report told of folders that cannot be read, and once of a folder with more than MOST_FILES
 */
export function filesBelow(folder: string, report: (problem: Problem) => void): FoundFile[] {
  const root = realpathSync(folder);
  const files: FoundFile[] = [];
  const waiting: { readonly below: string; readonly depth: number }[] = [{ below: '', depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { below, depth } = next;
    for (const entry of entriesOf(join(root, below), below || folder, report)) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (files.length >= MOST_FILES) {
        const message = `expected at most ${MOST_FILES} files below this folder, found more: the rest is not looked at`;
        report({ severity: 'warning', code: 'over-limit', message, file: folder, line: 0 });
        return sorted(files);
      }
      if (entry.isDirectory() && depth < DEEPEST) waiting.push({ below: path, depth: depth + 1 });
      const size = entry.isFile() || entry.isSymbolicLink() ? sizeInside(root, path) : undefined;
      if (size !== undefined) files.push({ absolute: join(root, path), path, size });
    }
  }
  return sorted(files);
}

function sorted(files: FoundFile[]): FoundFile[] {
  return files.sort((a, b) => compareNames(a.path, b.path));
}

function entriesOf(absolute: string, name: string, report: (problem: Problem) => void): Dirent[] {
  try {
    return readdirSync(absolute, { withFileTypes: true });
  } catch (error) {
    const message = `this folder cannot be listed (${(error as Error).message})`;
    report({ severity: 'warning', code: 'unreadable', message, file: name, line: 0 });
    return [];
  }
}

/** The size of the regular file that a path leads to; undefined: it leads to none, or out of the root. */
function sizeInside(root: string, path: string): number | undefined {
  try {
    const real = realpathSync(join(root, path));
    const stats = statSync(real);
    const isInside = real.startsWith(root.endsWith(sep) ? root : root + sep);
    return isInside && stats.isFile() ? stats.size : undefined;
  } catch {
    // A link to nothing.
    return undefined;
  }
}
