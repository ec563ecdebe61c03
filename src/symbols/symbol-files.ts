import { closeSync, openSync, readSync } from 'node:fs';
import { baseName } from '../model/leaks.js';
import type { Problem } from '../model/problem.js';
import { ElfDamage, type ElfFile, type ReadAt, readElf } from './elf-file.js';
import { type FoundFile, filesBelow } from './files-below.js';

/** A binary below the folder of symbols. */
export interface SymbolFile extends FoundFile {
  readonly elf: ElfFile;
}

/** What a frame says of the object file that it is in. */
export interface ModuleName {
  /** As printed by the tool. */
  readonly module: string;
  readonly buildId?: string;
}

/**
 * The binaries below a folder, by build id and by name.
 *
 * Files are found by listing the folder only. A path that a capture tells is compared with what was listed, and never
 * opened.
 */
export class SymbolFiles {
  private readonly byBuildId = new Map<string, SymbolFile[]>();
  private readonly byName = new Map<string, SymbolFile[]>();
  private readonly found = new Map<string, SymbolFile | string>();

  /** @param report told of damaged files and of a folder that is too large */
  constructor(folder: string, report: (problem: Problem) => void) {
    for (const file of filesBelow(folder, report)) this.add(file, report);
  }

  /** The file to look a module's addresses up in, or why there is none. */
  fileOf(name: ModuleName): SymbolFile | string {
    const key = `${name.buildId ?? ''} ${name.module}`;
    let file = this.found.get(key);
    if (file === undefined) {
      file = this.choose(name);
      this.found.set(key, file);
    }
    return file;
  }

  private choose({ module, buildId }: ModuleName): SymbolFile | string {
    const same = buildId === undefined ? undefined : this.byBuildId.get(buildId);
    if (same) return richest(same);
    const named = this.byName.get(baseName(module)) ?? [];
    if (named.length === 0) return `no file below the folder of symbols has its ${idOrName(buildId)}`;
    // A file of the name that has a build id has another one.
    const possible = buildId === undefined ? named : named.filter(({ elf }) => elf.buildId === undefined);
    if (possible.length === 0) return `the files of its name are of other builds than ${buildId}`;
    const alike = longestSuffix(possible, module);
    const builds = new Set(alike.map(({ elf, path }) => elf.buildId ?? path));
    if (builds.size > 1) return `${alike.length} different files could be it: ${pathsOf(alike)}`;
    return richest(alike);
  }

  private add(file: FoundFile, report: (problem: Problem) => void): void {
    let elf: ElfFile | undefined;
    try {
      elf = elfAt(file.absolute);
    } catch (error) {
      if (!(error instanceof ElfDamage) && !isSystemError(error)) throw error;
      const message = `a file of symbols cannot be read: ${error.message}`;
      report({ severity: 'warning', code: 'damaged-symbols', message, file: file.path, line: 0 });
      return;
    }
    if (elf === undefined) return;
    const found = { ...file, elf };
    append(this.byName, baseName(file.path).replace(/\.(?:debug|dbg|sym|full|unstripped)$/, ''), found);
    append(this.byName, baseName(file.path), found);
    if (elf.buildId !== undefined) append(this.byBuildId, elf.buildId, found);
  }
}

function append(map: Map<string, SymbolFile[]>, key: string, file: SymbolFile): void {
  const files = map.get(key);
  if (files === undefined) map.set(key, [file]);
  else if (!files.includes(file)) files.push(file);
}

function elfAt(path: string): ElfFile | undefined {
  const descriptor = openSync(path, 'r');
  try {
    const readAt: ReadAt = (position, length) => {
      const bytes = Buffer.alloc(length);
      return bytes.subarray(0, readSync(descriptor, bytes, 0, length, position));
    };
    return readElf(readAt);
  } finally {
    closeSync(descriptor);
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error;
}

/** Of files of one build, the one that tells the most: lines, then symbols. */
function richest(files: readonly SymbolFile[]): SymbolFile {
  const richness = ({ elf }: SymbolFile): number => (elf.hasLines ? 2 : 0) + (elf.hasSymbols ? 1 : 0);
  return files.reduce((best, file) => (richness(file) > richness(best) ? file : best));
}

/** Those whose folders agree with the module's for longest: `lib64/libfoo.so` is not `lib/libfoo.so`. */
function longestSuffix(files: readonly SymbolFile[], module: string): SymbolFile[] {
  const wanted = foldersOf(module);
  const lengths = files.map(({ path }) => sharedFolders(foldersOf(path), wanted));
  const most = Math.max(...lengths);
  return files.filter((_, index) => lengths[index] === most);
}

/** Outwards. */
function foldersOf(path: string): string[] {
  return path.split('/').slice(0, -1).reverse();
}

function sharedFolders(a: readonly string[], b: readonly string[]): number {
  const differ = a.findIndex((folder, index) => folder !== b[index]);
  return differ === -1 ? a.length : differ;
}

function idOrName(buildId: string | undefined): string {
  return buildId === undefined ? 'name' : `build id ${buildId} or its name`;
}

function pathsOf(files: readonly SymbolFile[]): string {
  const shown = files.slice(0, 3).map(({ path }) => path);
  return files.length > 3 ? `${shown.join(', ')} and ${files.length - 3} more` : shown.join(', ');
}
