import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MAIN } from '../cli/run-cli.js';
import { differences, filesBelow, isWhole } from './whole-files.js';

export interface KillLoopOptions {
  /** Where captures, reference and output go; it must be there. */
  readonly folder: string;
  /** Each with one program that leaks. */
  readonly devices: number;
  readonly formats: string;
  readonly kills: number;
  /** From 0 up to 1, without it. */
  readonly random: () => number;
  readonly onKill?: (result: KillLoopResult) => void;
}

export interface KillLoopResult {
  /** Runs that a SIGKILL met. */
  readonly kills: number;
  /** Runs, each of which had gone on after the kills before it, that came to their end. */
  readonly completed: number;
  /** Kills between the beginning of a temporary file and its renaming. */
  readonly temporaries: number;
  /** Kills that left another file in the place of one of yesterday, or a new one. */
  readonly midway: number;
  /** What must not be. */
  readonly violations: readonly string[];
}

const OLD = 'of yesterday';
/** Of a run, the part in which files are written, or less. */
const WRITING = 0.2;
/** Milliseconds between two looks at what a run has written. */
const LOOK_EVERY = 2;

/** Whether the journal of a run names a file. */
function hasWritten(out: string): boolean {
  const journal = join(out, '.memreport', 'journal');
  return existsSync(journal) && readFileSync(journal, 'utf8').split('\n').length > 2;
}

/** Kills runs over a batch of tickets at random moments, each going on where the one before was killed. */
export async function killLoop(options: KillLoopOptions): Promise<KillLoopResult> {
  const captures = join(options.folder, 'captures');
  for (let device = 1; device <= options.devices; device++) {
    const place = join(captures, `board-${device}`);
    mkdirSync(place, { recursive: true });
    cpSync('samples/memcheck/leak-example.log', join(place, 'valgrind.77.log'));
  }
  const out = join(options.folder, 'out');
  const words = ['analyze', captures, '--out', out, '--format', options.formats, '--browser', 'embedded', '--resume'];
  const begin = performance.now();
  const undisturbed = await run(words);
  const duration = performance.now() - begin;
  if (undisturbed !== 0) throw new Error(`the undisturbed run ended with ${undisturbed}`);
  const reference = filesBelow(out);

  const violations: string[] = [];
  let [kills, completed, temporaries, midway] = [0, 0, 0, 0];
  const result = (): KillLoopResult => ({ kills, completed, temporaries, midway, violations });
  placeYesterday(out);
  while (kills < options.kills) {
    // Every second one while files are being written, however long it takes until then.
    const status = await run(words, options.random() * duration * (kills % 2 === 0 ? 1 : WRITING), () =>
      kills % 2 === 0 ? true : hasWritten(out),
    );
    const found = filesBelow(out);
    if (status === 'SIGKILL') {
      kills++;
      const own = existsSync(join(out, '.memreport')) ? readdirSync(join(out, '.memreport')) : [];
      if (own.some((name) => name.endsWith('.tmp'))) temporaries++;
      const whole = wholeFiles(found, reference, violations, `kill ${kills}`);
      if (whole > 0 && whole < reference.size) midway++;
      options.onKill?.(result());
      // There is nothing left that another run could be killed at.
      if (whole === reference.size) placeYesterday(out);
      continue;
    }
    completed++;
    if (status !== 0) violations.push(`a run that nobody killed ended with ${status}`);
    for (const name of differences(found, reference)) violations.push(`${name} differs after ${kills} kills`);
    placeYesterday(out);
  }
  // The last one is let through.
  const status = await run(words);
  completed++;
  if (status !== 0) violations.push(`the last run ended with ${status}`);
  for (const name of differences(filesBelow(out), reference)) violations.push(`${name} differs at the end`);
  return result();
}

/** A whole report of an earlier run, one ticket of which is no more. */
function placeYesterday(out: string): void {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(join(out, 'tickets'), { recursive: true });
  for (const name of ['index.html', 'report.pdf', 'tickets/board-0--leak-example.html']) {
    writeFileSync(join(out, name), OLD);
  }
}

/** Adds what is torn. Returns how many files are there as the undisturbed run wrote them. */
function wholeFiles(
  found: ReadonlyMap<string, Buffer>,
  reference: ReadonlyMap<string, Buffer>,
  violations: string[],
  when: string,
): number {
  let same = 0;
  for (const [name, content] of found) {
    if (name.startsWith('.memreport') || content.equals(Buffer.from(OLD))) continue;
    if (reference.get(name)?.equals(content)) same++;
    else violations.push(`${when}: ${name} is ${isWhole(name, content) ? 'another' : 'torn'}`);
  }
  return same;
}

/**
 * Its exit code, or the signal that ended it: SIGKILL, where it was still running `lifetime` milliseconds after the
 * moment that `hasBegun` waits for.
 */
function run(
  words: readonly string[],
  lifetime?: number,
  hasBegun: () => boolean = () => true,
): Promise<number | NodeJS.Signals | null> {
  // With the cache, PDFs would be taken over from the runs before.
  const env = { ...process.env, MEMREPORT_NO_CACHE: '1' };
  const child = spawn(process.execPath, [MAIN, ...words], { stdio: 'ignore', env });
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    timer = hasBegun() ? setTimeout(() => child.kill('SIGKILL'), lifetime) : setTimeout(look, LOOK_EVERY);
  };
  if (lifetime !== undefined) look();
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      done(signal ?? code);
    });
  });
}
