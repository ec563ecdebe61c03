import { cpSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeSmaps } from './data.js';
import { compared, type Finding, type Run, run } from './pairs.js';

/** What a run over captures that the cache knows costs of the first one, with the same output folder. */
export function again(folder: string, bytes: number): Finding[] {
  const captures = join(folder, 'again');
  writeSmaps(captures, bytes);
  const cache = join(folder, 'cache');
  const out = join(folder, 'again-report');
  const analyze = (): Run => {
    const words = ['dist/cli/main.js', 'analyze', captures, '--format', 'html,json', '--quiet', '--out', out];
    return run('env', [`XDG_CACHE_HOME=${cache}`, 'MEMREPORT_NO_CACHE=', process.execPath, ...words]);
  };
  const first = (): Run => {
    for (const left of [cache, out]) rmSync(left, { recursive: true, force: true });
    return analyze();
  };
  let devices = 0;
  const withAnother = (): Run => {
    cpSync(join(captures, 'board-00000'), join(captures, `new-${devices++}`), { recursive: true });
    return analyze();
  };
  return [
    compared('again', 'html and json of the same captures again, to the first run', analyze, first, 0.1).finding,
    compared('again-and-one', 'the same with one device more, to the first run', withAnother, first, 0.1).finding,
  ];
}

/** Two threads, to two processes that have half of the devices each. */
export function threads(folder: string, bytes: number): Finding[] {
  const halves = [join(folder, 'one-half'), join(folder, 'other-half')];
  for (const half of halves) mkdirSync(half, { recursive: true });
  const boards = join(folder, 'boards');
  writeSmaps(boards, bytes);
  // Each board in one of them: devices of the same name would be one.
  for (const [index, board] of readdirSync(boards).entries()) {
    renameSync(join(boards, board), join(halves[index % 2] ?? folder, board));
  }
  const words = (captures: readonly string[], jobs: string, out: string): string[] => {
    const options = ['--format', 'json', '--quiet', '--no-cache', '--jobs', jobs, '--out', join(folder, out)];
    return [process.execPath, 'dist/cli/main.js', 'analyze', ...captures, ...options];
  };
  const quoted = (command: readonly string[]): string => command.map((word) => `'${word}'`).join(' ');
  const processes = halves.map((half, index) => quoted(words([half], '1', `threads-${index}`))).join(' & ');
  const [command = '', ...rest] = words(halves, '2', 'threads-both');
  return [
    compared(
      'threads',
      'analyze in two threads, to two processes with half of the devices each',
      () => run(command, rest),
      () => run('bash', ['-c', `${processes} & wait`]),
      1.15,
    ).finding,
  ];
}
