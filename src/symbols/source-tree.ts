import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { baseName, callersOf, type StackFrame } from '../model/leaks.js';
import { type Problem, quote } from '../model/problem.js';
import type { SourceExcerpt } from '../model/source-excerpt.js';
import { type FoundFile, filesBelow } from './files-below.js';

/** Larger files are generated or no source. */
const MOST_BYTES = 5_000_000;
/** Lines before and after the one that is meant. */
const AROUND = 1;
const LONGEST_LINE = 400;

/**
 * The sources below a folder. Files are found by listing the folder only: a path that a capture or a debug file tells
 * is compared with what was listed, and never opened.
 */
export class SourceTree {
  private readonly byName = new Map<string, FoundFile[]>();
  private readonly found = new Map<string, FoundFile | undefined>();
  private readonly texts = new Map<string, readonly string[]>();

  constructor(
    folder: string,
    private readonly report: (problem: Problem) => void,
  ) {
    for (const file of filesBelow(folder, report)) {
      const name = baseName(file.path);
      const known = this.byName.get(name);
      if (known) known.push(file);
      else this.byName.set(name, [file]);
    }
  }

  /** The code of the innermost caller whose file is in the tree: those of the C++ library are not. */
  excerptOf(frames: readonly StackFrame[]): SourceExcerpt | undefined {
    for (const { file, line } of callersOf(frames)) {
      const source = file === undefined || line === undefined ? undefined : this.fileOf(file);
      if (source !== undefined && line !== undefined) return this.excerptAt(source, line);
    }
    return undefined;
  }

  private fileOf(printed: string): FoundFile | undefined {
    if (!this.found.has(printed)) this.found.set(printed, this.choose(printed));
    return this.found.get(printed);
  }

  /** The file whose path ends like the printed one for longest, if it is one alone. */
  private choose(printed: string): FoundFile | undefined {
    const wanted = partsOf(printed);
    const named = this.byName.get(wanted[0] ?? '') ?? [];
    const lengths = named.map(({ path }) => sharedParts(partsOf(path), wanted));
    const most = Math.max(0, ...lengths);
    const alike = named.filter((_, index) => lengths[index] === most);
    if (alike.length > 1) {
      const paths = alike.slice(0, 3).map(({ path }) => path);
      const message = `${alike.length} files could be the source ${quote(printed)}, none is shown: ${paths.join(', ')}${alike.length > 3 ? ', …' : ''}`;
      this.report({ severity: 'warning', code: 'ambiguous-source', message, file: '', line: 0 });
    }
    return alike.length === 1 ? alike[0] : undefined;
  }

  private excerptAt(source: FoundFile, line: number): SourceExcerpt | undefined {
    const lines = this.linesOf(source);
    if (line > lines.length) return undefined;
    const first = Math.max(1, line - AROUND);
    const shown = lines.slice(first - 1, line + AROUND).map((text) => text.slice(0, LONGEST_LINE));
    return { file: source.path, line, firstLine: first, lines: shown };
  }

  /** None of a file that is too large, binary, or gone. */
  private linesOf({ absolute, path, size }: FoundFile): readonly string[] {
    let lines = this.texts.get(path);
    if (lines === undefined) {
      const text = size > MOST_BYTES ? '' : textOf(absolute);
      lines = text === '' || text.includes('\0') ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/);
      this.texts.set(path, lines);
    }
    return lines;
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It was there when the folder was listed.
    return '';
  }
}

/** The parts of a path from its end, of Windows too; `a/../b.c` is `b.c`. */
function partsOf(path: string): string[] {
  const parts = posix.normalize(path.replaceAll('\\', '/')).split('/');
  return parts.filter((part) => part !== '' && part !== '.' && part !== '..').reverse();
}

function sharedParts(a: readonly string[], b: readonly string[]): number {
  const differ = a.findIndex((part, index) => part !== b[index]);
  return differ === -1 ? a.length : differ;
}
