import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { compareNames } from '../model/origin.js';
import type { Problem } from '../model/problem.js';

/** An input file: where it is, and what it is called in the report. */
export interface InputFile {
  /** To open it. */
  readonly absolute: string;
  /** To name it: from the captures folder, with "/" between its parts, without the folder's own path. */
  readonly path: string;
  /** The path below the captures folder, from which the context is read. */
  readonly below: string;
  /** The name of the captures folder. */
  readonly rootName: string;
}

/** How deep folders may lie in each other. */
const DEEPEST = 64;

/**
 * Lists the regular files below the given paths, in an order that is the same on every machine.
 * Symbolic links to folders are followed once; sockets, pipes and devices are no captures.
 */
export function listCaptures(roots: readonly string[], report: (problem: Problem) => void): InputFile[] {
  const files: InputFile[] = [];
  const names = new Map<string, number>();
  for (const root of roots) {
    const absolute = resolve(root);
    const found = kindOfPath(absolute);
    const isFile = found === 'file';
    const folder = isFile ? dirname(absolute) : absolute;
    const rootName = basename(folder) || 'captures';
    if (found === 'missing') {
      report(problemAt(root, `expected a file or folder, found nothing at this path`));
      continue;
    }
    // Two captures folders of one name are told apart; one alone is not named in every line of the report.
    const times = (names.get(rootName) ?? 0) + 1;
    names.set(rootName, times);
    const prefix = roots.length === 1 || isFile ? '' : `${rootName}${times === 1 ? '' : `-${times}`}/`;
    const add = (below: string): void => {
      files.push({ absolute: join(folder, below), path: `${prefix}${below}`, below, rootName });
    };
    if (isFile) add(basename(absolute));
    else walk(folder, '', new Set([realpathSync(folder)]), add, report);
  }
  return files.sort((a, b) => compareNames(a.path, b.path));
}

function walk(
  folder: string,
  below: string,
  parents: ReadonlySet<string>,
  add: (below: string) => void,
  report: (problem: Problem) => void,
): void {
  let names: string[];
  try {
    names = readdirSync(join(folder, below));
  } catch (error) {
    report(problemAt(below || '.', `expected a readable folder, found ${(error as Error).message}`));
    return;
  }
  for (const name of names.sort(compareNames)) {
    if (name.startsWith('.')) continue;
    const path = below === '' ? name : `${below}/${name}`;
    const absolute = join(folder, path);
    const kind = kindOfPath(absolute);
    if (kind === 'file') {
      add(path);
    } else if (kind === 'folder') {
      const real = realpathSync(absolute);
      if (parents.has(real) || parents.size > DEEPEST) {
        report({
          severity: 'warning',
          code: 'directory-loop',
          message: 'expected a folder below this one, found one above it: not followed',
          file: path,
          line: 0,
        });
      } else {
        walk(folder, path, new Set([...parents, real]), add, report);
      }
    } else if (kind === 'missing' && lstatSync(absolute, { throwIfNoEntry: false })?.isSymbolicLink()) {
      report(problemAt(path, 'expected a file, found a symbolic link that leads nowhere or in a circle'));
    }
  }
}

function kindOfPath(path: string): 'file' | 'folder' | 'other' | 'missing' {
  try {
    const stat = statSync(path);
    return stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : 'other';
  } catch {
    return 'missing';
  }
}

function problemAt(file: string, message: string): Problem {
  return { severity: 'error', code: 'unreadable', message, file, line: 0 };
}
