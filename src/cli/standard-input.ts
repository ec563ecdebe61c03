import { createWriteStream, rmSync } from 'node:fs';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stdin } from 'node:process';
import { pipeline } from 'node:stream/promises';
import { EXIT, Failure } from './exit-codes.js';
import { systemReason } from './failure-text.js';
import { usage } from './options.js';

/** Stands for the standard input among the paths of captures, as `-` does. */
const STANDARD_INPUT = '/dev/stdin';

/** The words of a command line, of which the parser would pass over `-`. */
export function withStandardInput(words: readonly string[]): string[] {
  return words.map((word) => (word === '-' ? STANDARD_INPUT : word));
}

export function isStandardInput(path: string): boolean {
  return path === STANDARD_INPUT;
}

/**
 * Where paths are read from instead: the standard input from a file that holds all that came there, until the process
 * ends. Captures are read more than once, for their contents and for what evidence quotes.
 */
export async function placesOf(paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
  return paths.some(isStandardInput) ? new Map([[STANDARD_INPUT, await spool()]]) : new Map();
}

async function spool(): Promise<string> {
  if (stdin.isTTY) throw usage('expected captures on the standard input, found a terminal');
  try {
    const folder = await mkdtemp(join(tmpdir(), 'memreport-'));
    process.once('exit', () => {
      rmSync(folder, { recursive: true, force: true });
    });
    // The folder gives the device its name, where nothing else does.
    const file = join(folder, 'stdin', 'stdin');
    await mkdir(join(folder, 'stdin'));
    await pipeline(stdin, createWriteStream(file, { mode: 0o600 }));
    return file;
  } catch (error) {
    const reason = systemReason(error);
    throw new Failure(EXIT.outputNotWritable, `${tmpdir()}: expected a place for the standard input, found ${reason}`);
  }
}
