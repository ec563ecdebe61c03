import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
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
 *
 * @param places where some of the roots are read from instead
 */
export function listCaptures(
  roots: readonly string[],
  report: (problem: Problem) => void,
  places?: ReadonlyMap<string, string>,
): InputFile[] {
  const files: InputFile[] = [];
  const prefixes = new Set<string>();
  const paths = new Set<string>();
  const list = (root: string): void => {
    const absolute = resolve(places?.get(root) ?? root);
    const kind = kindOfPath(absolute);
    if (kind === 'missing' || kind === 'other') {
      const found = kind === 'missing' ? 'nothing at this path' : 'a socket, pipe or device';
      report(problemAt(root, `expected a file or folder, found ${found}`));
      return;
    }
    const folder = kind === 'file' ? dirname(absolute) : absolute;
    const { rootName, process } = rootOf(folder);
    // Two captures folders of one name are told apart; one alone is not named in every line of the report.
    const named = (): string => numbered(rootName, (name) => prefixes.has(name) || !prefixes.add(name));
    if (kind === 'file') {
      const below = `${process}${basename(absolute)}`;
      const path = paths.has(below) ? `${named()}/${below}` : below;
      paths.add(path);
      files.push({ absolute, path, below, rootName });
    } else {
      const prefix = roots.length === 1 ? '' : `${named()}/`;
      const add = (path: string): void => {
        const below = process === '' ? path : `${process}${path}`;
        files.push({ absolute: flat(folder, path), path: `${prefix}${below}`, below, rootName });
      };
      const real = realpathSync(folder);
      new Walk(folder, real, add, report).walk('', real, new Set([real]));
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

/**
 * The name of the captures folder, and what of the path is below it: a folder that was given may be a process's own, as
 * that of `812/smaps`, which names no device.
 */
function rootOf(folder: string): { rootName: string; process: string } {
  const name = basename(folder);
  const above = dirname(folder);
  const rootName = basename(basename(above) === 'proc' ? dirname(above) : above);
  if (!/^[1-9]\d{0,6}$/.test(name) || rootName === '') return { rootName: name || 'captures', process: '' };
  return { rootName, process: `${name}/` };
}

/** `name`, or the first of `name-2`, `name-3`, … that is not taken. */
function numbered(name: string, isTaken: (name: string) => boolean): string {
  let candidate = name;
  for (let times = 2; isTaken(candidate); times++) candidate = `${name}-${times}`;
  return candidate;
}

/** Goes through one captures folder. A folder of thousands of files is not asked about each: its list tells the kinds. */
class Walk {
  /** Where links out of the captures folder led already. */
  private readonly linked = new Set<string>();

  /** @param root the captures folder without links */
  constructor(
    private readonly folder: string,
    private readonly root: string,
    private readonly add: (below: string) => void,
    private readonly report: (problem: Problem) => void,
  ) {}

  /** Lists what is below a folder; `parents` are that folder and those above it, without links. */
  walk(below: string, real: string, parents: ReadonlySet<string>): void {
    let entries: Dirent[];
    try {
      entries = readdirSync(join(this.folder, below), { withFileTypes: true });
    } catch (error) {
      this.report(unreadable(below || '.', error));
      return;
    }
    for (const entry of entries.sort((a, b) => compareNames(a.name, b.name))) {
      const { name } = entry;
      if (name.startsWith('.')) continue;
      const path = below === '' ? name : flat(below, name);
      if (entry.isFile()) this.add(path);
      else if (entry.isDirectory()) this.enter(path, join(real, name), parents);
      else if (entry.isSymbolicLink()) this.tryToFollow(path, parents);
    }
  }

  private enter(path: string, real: string, parents: ReadonlySet<string>): void {
    if (isLoop(real, parents)) {
      this.report({
        severity: 'warning',
        code: 'directory-loop',
        message: 'expected a folder below this one, found one above it: not followed',
        file: path,
        line: 0,
      });
      return;
    }
    this.walk(path, real, new Set([...parents, real]));
  }

  /** What the system does not tell of one link costs no other file. */
  private tryToFollow(path: string, parents: ReadonlySet<string>): void {
    try {
      this.follow(path, parents);
    } catch (error) {
      this.report(unreadable(path, error));
    }
  }

  private follow(path: string, parents: ReadonlySet<string>): void {
    const absolute = join(this.folder, path);
    const kind = kindOfPath(absolute);
    if (kind === 'missing') {
      this.report(problemAt(path, 'expected a file, found a symbolic link that leads nowhere or in a circle'));
      return;
    }
    if (kind === 'other') return;
    const real = realpathSync(absolute);
    // A link up is told of, though what it leads to is read anyway.
    if (!(kind === 'folder' && isLoop(real, parents)) && this.isReadAnyway(real)) return;
    if (kind === 'file') this.add(path);
    else this.enter(path, real, parents);
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

/** A path in one piece: of two that are put together with `+`, V8 keeps the pieces as well, for each of 100,000 files. */
function flat(folder: string, below: string): string {
  return [folder, below].join(folder.endsWith('/') ? '' : '/');
}

function isLoop(real: string, parents: ReadonlySet<string>): boolean {
  return parents.has(real) || parents.size > LIMITS.folders.value;
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
