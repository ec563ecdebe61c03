import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { compareNames } from '../model/origin.js';
import type { Problem } from '../model/problem.js';
import { LIMITS } from './limits.js';

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

/**
 * Lists the regular files below the given paths, in an order that is the same on every machine.
 * A symbolic link to something that is read anyway is passed over; sockets, pipes and devices are no captures.
 */
export function listCaptures(roots: readonly string[], report: (problem: Problem) => void): InputFile[] {
  const files: InputFile[] = [];
  const prefixes = new Set<string>();
  const paths = new Set<string>();
  const list = (root: string): void => {
    const absolute = resolve(root);
    const kind = kindOfPath(absolute);
    if (kind === 'missing' || kind === 'other') {
      const found = kind === 'missing' ? 'nothing at this path' : 'a socket, pipe or device';
      report(problemAt(root, `expected a file or folder, found ${found}`));
      return;
    }
    const folder = kind === 'file' ? dirname(absolute) : absolute;
    const rootName = basename(folder) || 'captures';
    // Two captures folders of one name are told apart; one alone is not named in every line of the report.
    const named = (): string => numbered(rootName, (name) => prefixes.has(name) || !prefixes.add(name));
    if (kind === 'file') {
      const below = basename(absolute);
      const path = paths.has(below) ? `${named()}/${below}` : below;
      paths.add(path);
      files.push({ absolute, path, below, rootName });
    } else {
      const prefix = roots.length === 1 ? '' : `${named()}/`;
      const add = (below: string): void => {
        files.push({ absolute: join(folder, below), path: `${prefix}${below}`, below, rootName });
      };
      new Walk(folder, add, report).walk('', new Set([realpathSync(folder)]));
    }
  };
  for (const root of roots) {
    try {
      list(root);
    } catch (error) {
      report(unreadable(root, error));
    }
  }
  return files.sort((a, b) => compareNames(a.path, b.path));
}

/** `name`, or the first of `name-2`, `name-3`, … that is not taken. */
function numbered(name: string, isTaken: (name: string) => boolean): string {
  let candidate = name;
  for (let times = 2; isTaken(candidate); times++) candidate = `${name}-${times}`;
  return candidate;
}

/** Goes through one captures folder. */
class Walk {
  private readonly root: string;
  /** Where links out of the captures folder led already. */
  private readonly linked = new Set<string>();

  constructor(
    private readonly folder: string,
    private readonly add: (below: string) => void,
    private readonly report: (problem: Problem) => void,
  ) {
    this.root = realpathSync(folder);
  }

  walk(below: string, parents: ReadonlySet<string>): void {
    let names: string[];
    try {
      names = readdirSync(join(this.folder, below));
    } catch (error) {
      this.report(unreadable(below || '.', error));
      return;
    }
    for (const name of names.sort(compareNames)) {
      if (!name.startsWith('.')) this.tryToVisit(below === '' ? name : `${below}/${name}`, parents);
    }
  }

  /** What the system does not tell of one file costs no other. */
  private tryToVisit(path: string, parents: ReadonlySet<string>): void {
    try {
      this.visit(path, parents);
    } catch (error) {
      this.report(unreadable(path, error));
    }
  }

  private visit(path: string, parents: ReadonlySet<string>): void {
    const absolute = join(this.folder, path);
    const kind = kindOfPath(absolute);
    const isLink = lstatSync(absolute, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
    if (kind === 'missing') {
      if (isLink)
        this.report(problemAt(path, 'expected a file, found a symbolic link that leads nowhere or in a circle'));
      return;
    }
    if (kind === 'other') return;
    const real = realpathSync(absolute);
    if (kind === 'folder' && (parents.has(real) || parents.size > LIMITS.folders.value)) {
      this.report({
        severity: 'warning',
        code: 'directory-loop',
        message: 'expected a folder below this one, found one above it: not followed',
        file: path,
        line: 0,
      });
      return;
    }
    if (isLink && this.isReadAnyway(real)) return;
    if (kind === 'file') this.add(path);
    else this.walk(path, new Set([...parents, real]));
  }

  /** Whether a link leads to what the walk meets without it (`latest`), or to where another link led. */
  private isReadAnyway(real: string): boolean {
    const below = relative(this.root, real);
    const isInside = below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below);
    if (isInside && !below.split(sep).some((part) => part.startsWith('.'))) return true;
    if (this.linked.has(real)) return true;
    this.linked.add(real);
    return false;
  }
}

function kindOfPath(path: string): 'file' | 'folder' | 'other' | 'missing' {
  try {
    const stat = statSync(path);
    return stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : 'other';
  } catch (error) {
    if (LEADING_NOWHERE.has((error as NodeJS.ErrnoException).code)) return 'missing';
    throw error;
  }
}

const LEADING_NOWHERE: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR', 'ELOOP']);

function unreadable(path: string, error: unknown): Problem {
  return problemAt(path, `expected a readable file or folder, found ${(error as Error).message.split(',')[0] ?? ''}`);
}

function problemAt(file: string, message: string): Problem {
  return { severity: 'error', code: 'unreadable', message, file, line: 0 };
}
