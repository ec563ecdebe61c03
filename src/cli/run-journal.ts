import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { sha256Of } from './file-content.js';

/** What a run has written: the journal's lines but the first, each a file below the output folder. */
interface WrittenFile {
  readonly name: string;
  readonly sha256: string;
}

/**
 * The files that a run has written, with their hashes, so that the next one need not write them again if this one is
 * interrupted. It may tell too little, never too much: a file that is not as it says does not count as written.
 */
export class RunJournal {
  private constructor(
    private readonly path: string,
    private readonly files: ReadonlyMap<string, string>,
  ) {}

  /** A new one, in the place of any other. */
  static begin(path: string, identity: string): RunJournal {
    writeFileSync(path, line({ identity }));
    return new RunJournal(path, new Map());
  }

  /** That of an interrupted run, to go on with; `another` is one of other input or options. */
  static resume(path: string, identity: string): RunJournal | 'none' | 'another' {
    const text = textAt(path);
    if (text === undefined) return 'none';
    const [first, ...rest] = text.split('\n').map(parsed);
    if (!hasTexts(first, ['identity'])) return 'none';
    if (first.identity !== identity) return 'another';
    const files = rest.filter((one): one is WrittenFile & Record<string, unknown> => hasTexts(one, ['name', 'sha256']));
    // The last line may be half written.
    if (!text.endsWith('\n')) appendFileSync(path, '\n');
    return new RunJournal(path, new Map(files.map(({ name, sha256 }) => [name, sha256])));
  }

  /** How many files the interrupted run had written. */
  get size(): number {
    return this.files.size;
  }

  add(name: string, sha256: string): void {
    appendFileSync(this.path, line({ name, sha256 }));
  }

  /** Whether the interrupted run wrote this file, and it is still as it was. */
  has(name: string, path: string): boolean {
    const sha256 = this.files.get(name);
    if (sha256 === undefined) return false;
    try {
      return sha256Of(readFileSync(path)) === sha256;
    } catch {
      return false;
    }
  }
}

function line(value: WrittenFile | { readonly identity: string }): string {
  return `${JSON.stringify(value)}\n`;
}

function textAt(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function hasTexts<Name extends string>(value: unknown, names: readonly Name[]): value is Record<Name, string> {
  if (typeof value !== 'object' || value === null) return false;
  return names.every((name) => typeof (value as Record<string, unknown>)[name] === 'string');
}
