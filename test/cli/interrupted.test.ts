import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  cpSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { differences, filesBelow } from '../torture/whole-files.js';
import { MAIN, memreport, temporaryFolder } from './run-cli.js';

const folder = temporaryFolder();
const captures = join(folder, 'captures');
/** So many that a run is seen at work. */
const DEVICES = 12;
for (let device = 1; device <= DEVICES; device++) {
  const place = join(captures, `board-${device}`);
  mkdirSync(place, { recursive: true });
  cpSync('samples/memcheck/leak-example.log', join(place, 'valgrind.77.log'));
}

const words = (out: string, ...more: string[]): string[] => [
  ...['analyze', captures, '--out', out, '--format', 'html,json,md'],
  ...more,
];
const own = (out: string): string => join(out, '.memreport');

/** Starts a run, and stops it as soon as it has written `name`. */
async function stoppedBehind(out: string, name: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [MAIN, ...words(out)], { stdio: 'ignore' });
  while (!existsSync(join(out, name))) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode} before it had written ${name}`);
    await setTimeout(1);
  }
  child.kill('SIGSTOP');
  return child;
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const exit = once(child, 'exit') as Promise<[number | null]>;
  child.kill(signal);
  child.kill('SIGCONT');
  return (await exit)[0];
}

const whole = join(folder, 'whole');
expect(memreport(words(whole)).status).toBe(0);
const reference = filesBelow(whole);

describe('a second run on the same folder', () => {
  it('ends with 6 and says who is at work there, and the first one ends well', async () => {
    const out = join(folder, 'shared');
    const first = await stoppedBehind(out, 'index.html');
    for (const command of [words(out), ['render', join(out, 'index.html'), '--out', out]]) {
      const { status, stdout, stderr } = memreport(command);
      expect(status).toBe(6);
      expect(stdout).toBe('');
      expect(stderr).toMatch(
        /^memreport: .*shared: expected no other run on this folder, found one by process \d+ since \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\. Wait until it ends, or /,
      );
      expect(stderr).toContain(`process ${first.pid} since`);
    }
    expect(memreport(words(out, '--lang', 'zh-CN')).stderr).toContain(`实为进程 ${first.pid} 自 `);
    expect(await ended(first, 'SIGCONT')).toBe(0);
    expect(differences(filesBelow(out), reference)).toEqual([]);
  });

  it('wins or loses as a whole where both start at once', async () => {
    const out = join(folder, 'raced');
    const both = [1, 2].map(() => spawn(process.execPath, [MAIN, ...words(out)], { stdio: 'ignore' }));
    const codes = await Promise.all(both.map(async (child) => ((await once(child, 'exit')) as [number | null])[0]));
    expect(codes.sort()).toEqual([0, 6]);
    expect(differences(filesBelow(out), reference)).toEqual([]);
  });
});

describe('a run that was killed', () => {
  it('leaves yesterday beside what it wrote; the next one goes on and clears up', async () => {
    const out = join(folder, 'killed');
    mkdirSync(join(out, 'tickets'), { recursive: true });
    const stale = join(out, 'tickets', 'of-yesterday.html');
    writeFileSync(stale, 'old');
    await ended(await stoppedBehind(out, 'tickets/board-1--leak-example.html'), 'SIGKILL');
    expect(existsSync(stale)).toBe(true);
    expect(readdirSync(own(out))).toEqual(expect.arrayContaining(['journal', 'lock']));
    writeFileSync(join(own(out), '12345.tmp'), 'half a fi');
    const before = statSync(join(out, 'index.html')).mtimeMs;

    const { status, stderr, stdout } = memreport(words(out, '--resume'));
    expect(status).toBe(0);
    expect(stderr).toMatch(/^memreport: resuming an interrupted run; files written already: [1-9]/m);
    expect(stdout).toContain(`(${DEVICES} tickets)`);
    expect(statSync(join(out, 'index.html')).mtimeMs).toBe(before);
    expect(differences(filesBelow(out), reference)).toEqual([]);
  });

  it('is no hindrance to one that starts anew', async () => {
    const out = join(folder, 'anew');
    await ended(await stoppedBehind(out, 'index.html'), 'SIGKILL');
    writeFileSync(join(out, 'index.html'), 'edited');
    const { status, stderr } = memreport(words(out));
    expect(status).toBe(0);
    expect(stderr).not.toContain('resuming');
    expect(differences(filesBelow(out), reference)).toEqual([]);
  });

  it('is not gone on with when the input or the options are others', async () => {
    const out = join(folder, 'changed');
    await ended(await stoppedBehind(out, 'index.html'), 'SIGKILL');
    const journal = readFileSync(join(own(out), 'journal'));
    for (const more of [
      ['--lang', 'zh-CN'],
      ['--memory-limit', '512M'],
      ['--device', 'board-[1-9]'],
    ]) {
      mkdirSync(own(out), { recursive: true });
      writeFileSync(join(own(out), 'journal'), journal);
      const { status, stderr } = memreport(words(out, '--resume', ...more));
      expect(status).toBe(0);
      if (more[0] !== '--lang') expect(stderr).toContain('expected a run of the same input and options, found another');
    }
  });

  it('does not excuse a file that somebody changed since', async () => {
    const out = join(folder, 'touched');
    await ended(await stoppedBehind(out, 'tickets/board-1--leak-example.html'), 'SIGKILL');
    writeFileSync(join(out, 'index.html'), 'edited');
    expect(memreport(words(out, '--resume')).status).toBe(0);
    expect(differences(filesBelow(out), reference)).toEqual([]);
  });
});

describe('a run that writes what is there already', () => {
  it('leaves each file of the same bytes as it is, with its date', () => {
    const out = join(folder, 'again');
    expect(memreport(words(out)).status).toBe(0);
    const before = new Date('2026-01-31T21:00:00Z');
    for (const name of reference.keys()) utimesSync(join(out, name), before, before);
    const edited = 'tickets/board-1--leak-example.html';
    const text = readFileSync(join(out, edited), 'latin1');
    writeFileSync(join(out, edited), text.replace('</html>', '</HTML>'), 'latin1');
    const linked = 'tickets/board-2--leak-example.html';
    renameSync(join(out, linked), join(folder, 'elsewhere.html'));
    symlinkSync(join(folder, 'elsewhere.html'), join(out, linked));

    const { status, stdout } = memreport(words(out));
    expect(status).toBe(0);
    expect(stdout).toContain(`(${DEVICES} tickets)`);
    expect(differences(filesBelow(out), reference)).toEqual([]);
    expect(lstatSync(join(out, linked)).isSymbolicLink()).toBe(false);
    for (const name of reference.keys()) {
      const isOld = statSync(join(out, name)).mtimeMs === before.getTime();
      expect(isOld, name).toBe(![edited, linked].includes(name));
    }
  });
});

describe('--resume', () => {
  it('says that there is nothing to go on with', () => {
    const out = join(folder, 'fresh');
    const { status, stderr } = memreport(words(out, '--resume'));
    expect(status).toBe(0);
    expect(stderr).toContain('--resume: expected an interrupted run, found none; all is written');
    expect(differences(filesBelow(out), reference)).toEqual([]);
  });

  it('prints the PDFs for which there was no browser, and nothing else again', () => {
    const out = join(folder, 'no-pdf');
    const pdf = ['--format', 'html,pdf', '--browser', join(folder, 'chrome')];
    expect(memreport(['analyze', 'samples/sets/leak-example', '--out', out, ...pdf]).status).toBe(5);
    const { status, stderr } = memreport(['analyze', 'samples/sets/leak-example', '--out', out, ...pdf, '--resume']);
    expect(status).toBe(5);
    expect(stderr).toContain('files written already: 2');
  });
});

describe('a run that is interrupted', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('by %s ends with %i, without lock and temporary files, and can go on', async (signal, code) => {
    const out = join(folder, signal);
    expect(await ended(await stoppedBehind(out, 'index.html'), signal)).toBe(code);
    expect(readdirSync(own(out))).toEqual(['journal']);
    expect(memreport(words(out, '--resume')).status).toBe(0);
    expect(differences(filesBelow(out), reference)).toEqual([]);
  });

  it('while threads read ends too, and leaves no folder behind', async () => {
    const out = join(folder, 'reading');
    const many = join(folder, 'many');
    mkdirSync(join(many, 'board-1'), { recursive: true });
    const series = (i: number): string => join(many, 'board-1', `series-${i}.log`);
    writeFileSync(series(0), readFileSync('samples/smaps/series.log', 'utf8').repeat(200));
    // A second of reading, and the bytes of one file.
    for (let i = 1; i < 24; i++) linkSync(series(0), series(i));
    const child = spawn(process.execPath, [MAIN, 'analyze', many, '--out', out, '--jobs', '2'], { stdio: 'ignore' });
    while (!existsSync(join(own(out), 'lock'))) await setTimeout(5);
    await setTimeout(300);
    expect(await ended(child, 'SIGTERM')).toBe(143);
    expect(existsSync(out)).toBe(false);
    rmSync(many, { recursive: true });
  });
});

it.skipIf(!existsSync('/dev/full'))('stdout on a full disk: exit 6, with the report written', () => {
  const out = join(folder, 'full-stdout');
  const full = openSync('/dev/full', 'w');
  const { status, stderr } = spawnSync(process.execPath, [MAIN, ...words(out)], {
    encoding: 'utf8',
    stdio: ['ignore', full, 'pipe'],
  });
  closeSync(full);
  expect(status).toBe(6);
  expect(stderr).toContain('stdout: expected a writable place, found ENOSPC');
  expect(stderr).not.toMatch(/\n +at /);
  expect(differences(filesBelow(out), reference)).toEqual([]);
});

it('a reader of stdout that goes away costs nothing of the report', async () => {
  const out = join(folder, 'closed-stdout');
  const child = spawn(process.execPath, [MAIN, ...words(out)], { stdio: ['ignore', 'pipe', 'ignore'] });
  child.stdout.destroy();
  expect(((await once(child, 'exit')) as [number | null])[0]).toBe(0);
  expect(differences(filesBelow(out), reference)).toEqual([]);
});
