import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Analysis } from '../../src/model/analysis.js';
import { readCaptures } from '../ingest/capture-tree.js';
import { memreport, temporaryFolder } from './run-cli.js';
import { runOnTarget, TARGET_SHELLS, targetPath } from './target-shell.js';

const folder = temporaryFolder();
const script = join(folder, 'capture.sh');
/** Names that no other process of this machine has. */
const GROWER = `grower-${process.pid}`;
const SLEEPER = `sleeper-${process.pid}`;

const children: ChildProcess[] = [];
let grower: ChildProcess;
let reports = 0;

/** A process that keeps another 256 KiB every 200 ms. */
function startGrower(): ChildProcess {
  const code = 'const kept = []; setInterval(() => kept.push(Buffer.alloc(256 * 1024, 1)), 200);';
  return start(process.execPath, ['-e', code], `/opt/demo/${GROWER}`);
}

function start(program: string, words: string[], argv0: string): ChildProcess {
  const child = spawn(program, words, { argv0, stdio: 'ignore' });
  children.push(child);
  return child;
}

beforeAll(async () => {
  writeFileSync(script, memreport(['capture-script']).stdout);
  grower = startGrower();
  start('sleep', ['600'], `/usr/sbin/${SLEEPER}`);
  // node has other mappings while it starts.
  await sleep(500);
});

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

function analysisOf(captures: string): Analysis {
  const out = join(folder, `report-${++reports}`);
  const { status, stderr } = memreport(['analyze', captures, '--out', out, '--format', 'json']);
  expect(status, stderr).toBe(0);
  return JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as Analysis;
}

function timelinesOf(analysis: Analysis, command: string) {
  return analysis.programs.find((program) => program.command === command)?.timelines ?? [];
}

function isReadable(path: string): boolean {
  try {
    return readFileSync(path).length > 0;
  } catch {
    return false;
  }
}

/** The folders of the samples below DIR/DEVICE, in the order of time. */
function samplesOf(home: string): string[] {
  return readdirSync(home)
    .sort()
    .map((name) => join(home, name));
}

describe.each(TARGET_SHELLS)('the capture script under $title', (shell) => {
  const place = (name: string): string => join(folder, `${shell.name}-${name}`);
  const path = targetPath(place('path'), shell);

  it.skipIf(shell.missing)('takes a growing process by name and a quiet one by name and number', async () => {
    const out = place('out');
    const sleeperPid = children[1]?.pid ?? 0;
    const words = [
      '-p',
      `${GROWER},${SLEEPER}`,
      '-p',
      `${sleeperPid}`,
      '-i',
      '1',
      '-n',
      '4',
      '-o',
      out,
      '-d',
      'board 7',
    ];
    const { status, stderr } = runOnTarget(shell, script, words, path);
    expect(status, stderr).toBe(0);
    const home = join(out, 'board-7');
    const samples = samplesOf(home);
    expect(samples).toHaveLength(4);
    for (const [index, sample] of samples.entries()) {
      expect(sample).toMatch(/\/20\d{6}T\d{6}Z$/);
      expect(readdirSync(sample).sort()).toEqual([`${grower.pid}`, `${sleeperPid}`, 'captures.json', 'meminfo'].sort());
      const maps = index === 0 || index === 3 ? ['maps'] : [];
      const files = ['cmdline', 'comm', ...maps, 'smaps', 'smaps_rollup', 'stat', 'status'];
      expect(readdirSync(join(sample, `${grower.pid}`)).sort()).toEqual(files);
    }

    const unpacked = place('unpacked');
    mkdirSync(unpacked);
    const archive = readdirSync(out).find((name) => name.endsWith('.tar.gz')) ?? 'no archive';
    expect(spawnSync('tar', ['-xzf', join(out, archive), '-C', unpacked]).status).toBe(0);

    // The last holds the samples twice, in the folder and in the archive.
    for (const captures of [home, unpacked, out]) {
      const analysis = analysisOf(captures);
      expect(analysis.files.filter((file) => file.status !== 'read')).toEqual([]);
      expect(analysis.problems).toEqual([]);
      expect(analysis.programs.map(({ device, command }) => [device, command])).toEqual([
        ['board-7', GROWER],
        ['board-7', SLEEPER],
      ]);
      const [growing, ...others] = timelinesOf(analysis, GROWER);
      expect(others).toEqual([]);
      expect(growing?.pid).toBe(grower.pid);
      expect(growing?.samples).toHaveLength(4);
      const times = growing?.samples.map(({ takenAt }) => takenAt ?? 0) ?? [];
      const uss = growing?.samples.map((sample) => sample.uss ?? 0) ?? [];
      // Within the capture's own duration and two minutes of this machine's clock; one second apart.
      expect(Math.abs(Date.now() - (times[3] ?? 0))).toBeLessThan(120_000);
      for (let i = 1; i < 4; i++) {
        expect(Math.abs((times[i] ?? 0) - (times[i - 1] ?? 0) - 1000)).toBeLessThan(500);
        expect(uss[i]).toBeGreaterThan((uss[i - 1] ?? 0) + 512 * 1024);
      }
      expect(timelinesOf(analysis, SLEEPER)[0]?.samples).toHaveLength(4);
    }

    const { snapshots } = await readCaptures(home);
    const stat = readFileSync(`/proc/${grower.pid}/stat`, 'utf8');
    const startTicks = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
    const contexts = snapshots.map(({ context }) => context).filter(({ pid }) => pid === grower.pid);
    expect(contexts.length).toBeGreaterThanOrEqual(4);
    for (const context of contexts) expect(context).toMatchObject({ command: GROWER, startTicks });
  });

  it.skipIf(shell.missing)('writes the facts of the device with each sample', () => {
    const out = place('facts');
    expect(
      runOnTarget(shell, script, ['-p', `${grower.pid}`, '-i', '0.3', '-n', '2', '-o', out, '-d', '7'], path).status,
    ).toBe(0);
    const [first, second] = samplesOf(join(out, 'device-7')).map(
      (sample) => JSON.parse(readFileSync(join(sample, 'captures.json'), 'utf8')) as Record<string, unknown>,
    );
    const line = (path: string): string => readFileSync(path, 'utf8').trim();
    expect(first).toMatchObject({
      device: 'device-7',
      kernel: line('/proc/sys/kernel/osrelease').replace(/[^\w.-]/g, '-'),
      build: /^PRETTY_NAME="(.*)"$/m.exec(line('/etc/os-release'))?.[1],
      bootId: line('/proc/sys/kernel/random/boot_id'),
      btime: Number(/^btime (\d+)$/m.exec(line('/proc/stat'))?.[1]),
    });
    const between = Number(second?.uptime) - Number(first?.uptime);
    expect(between).toBeGreaterThan(0.2);
    const apart = Date.parse(String(second?.takenAt)) - Date.parse(String(first?.takenAt));
    expect(Math.abs(apart - between * 1000)).toBeLessThan(11);
  });

  it.skipIf(shell.missing)('follows a name through a restart', async () => {
    const out = place('restart');
    // A script gives the process its comm; the program in its command line is the shell.
    const name = `${shell.name}-${process.pid % 1000}`;
    writeFileSync(join(folder, name), '#!/bin/sh\nread line\n', { mode: 0o755 });
    const again = (): ChildProcess => {
      const child = spawn(join(folder, name), { stdio: ['pipe', 'ignore', 'ignore'] });
      children.push(child);
      return child;
    };
    const one = again();
    const words = [script, '-p', `${name.slice(0, -1)}?`, '-i', '0.4', '-n', '0', '-o', out, '-d', 'target'];
    const run = spawn(shell.program, [...shell.first, ...words], { env: { PATH: path }, stdio: 'ignore' });
    children.push(run);
    const exit = once(run, 'exit') as Promise<[number | null]>;
    await sleep(1500);
    one.kill('SIGKILL');
    const two = again();
    await sleep(1500);
    run.kill('SIGINT');
    expect((await exit)[0]).toBe(0);
    two.kill('SIGKILL');
    const timelines = timelinesOf(analysisOf(join(out, 'target')), 'sh');
    expect(timelines.map(({ pid }) => pid).sort()).toEqual([one.pid, two.pid].sort());
    for (const { samples } of timelines) expect(samples.length).toBeGreaterThan(1);
  });

  it.skipIf(shell.missing)('ends at once at Ctrl-C and its like, with what was taken, packed', async () => {
    const runs = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((signal) => {
      const out = place(signal);
      const words = [script, '-p', `${grower.pid}`, '-i', '60', '-n', '0', '-o', out, '-d', 'target'];
      const run = spawn(shell.program, [...shell.first, ...words], {
        env: { PATH: path },
        stdio: 'ignore',
      });
      children.push(run);
      return { signal, out, run, exit: once(run, 'exit') as Promise<[number | null]> };
    });
    await sleep(1500);
    const before = Date.now();
    for (const { run, signal } of runs) run.kill(signal);
    for (const { signal, out, exit } of runs) {
      expect((await exit)[0], signal).toBe(0);
      expect(readdirSync(out).some((name) => name.endsWith('.tar.gz'))).toBe(true);
      const [sample = ''] = samplesOf(join(out, 'target'));
      expect(readFileSync(join(sample, `${grower.pid}`, 'smaps'), 'utf8')).toMatch(/\nVmFlags: .*\n$/);
    }
    expect(Date.now() - before).toBeLessThan(10_000);
  });

  it.skipIf(shell.missing)('tells once that smaps may not be read, and takes what may be', ({ skip }) => {
    const isRoot = process.getuid?.() === 0;
    skip(!isRoot && isReadable('/proc/1/smaps'), 'this user is not root, but may read process 1');
    const nobody = isRoot ? { uid: 65534, gid: 65534 } : {};
    const pid = isRoot ? (grower.pid ?? 0) : 1;
    const open = place('open');
    chmodSync(folder, 0o755);
    mkdirSync(open);
    chmodSync(open, 0o777);
    const words = ['-p', `${pid}`, '-i', '0.2', '-n', '3', '-o', open, '-d', 'target'];
    const { status, stderr } = runOnTarget(shell, script, words, path, nobody);
    expect(status, stderr).toBe(0);
    expect(stderr.match(/smaps of \d+ \(.*\) may not be read by this user/g)).toHaveLength(1);
    const files = readdirSync(join(samplesOf(join(open, 'target'))[2] ?? '', `${pid}`)).sort();
    expect(files).toEqual(['cmdline', 'comm', 'stat', 'statm', 'status']);
    expect(analysisOf(join(open, 'target')).programs[0]?.timelines[0]?.samples).toHaveLength(3);
  });

  it.skipIf(shell.missing)('does without date and tar', () => {
    const own = targetPath(place('bare-path'), shell, ['cat', 'mkdir', 'sleep']);
    const out = place('bare');
    const words = ['-p', `${grower.pid}`, '-i', '0.2', '-n', '1', '-o', out, '-d', 'target'];
    const { status, stderr } = runOnTarget(shell, script, words, own);
    expect(status, stderr).toBe(0);
    expect(readdirSync(out)).toEqual(['target']);
    const [sample] = analysisOf(join(out, 'target')).programs[0]?.timelines[0]?.samples ?? [];
    expect(Math.abs(Date.now() - (sample?.takenAt ?? 0))).toBeLessThan(120_000);
  });

  it.skipIf(shell.missing)('names times over a leap day, and warns of a clock that was never set', () => {
    const own = targetPath(place('old-path'), shell, ['cat', 'mkdir', 'sleep']);
    // 2000-02-28T23:59:59Z
    writeFileSync(join(own, 'date'), '#!/bin/sh\necho 951782399\n', { mode: 0o755 });
    const out = place('old');
    const words = ['-p', `${grower.pid}`, '-i', '1', '-n', '2', '-o', out, '-d', 'target'];
    const { stderr } = runOnTarget(shell, script, words, own);
    expect(stderr).toContain('before 2020');
    expect(readdirSync(join(out, 'target')).sort()).toEqual(['20000228T235959Z', '20000229T000000Z']);
  });

  it.skipIf(shell.missing)('writes rows of smem for what it samples, quoted', async () => {
    const own = targetPath(place('smem-path'), shell);
    const row = `${grower.pid} root 0 6604 14675 40840 /opt/my "a" \\n, b  `;
    writeFileSync(join(own, 'smem'), `#!/bin/sh\ncat '${join(folder, 'rows')}'\n`, { mode: 0o755 });
    writeFileSync(join(folder, 'rows'), `    1 root 0 1 2 3 init \n${row}\n`);
    const out = place('smem');
    const words = ['-p', `${grower.pid}`, '-i', '30', '-n', '1', '-o', out, '-d', 'target'];
    expect(runOnTarget(shell, script, words, own).status).toBe(0);
    const [sample = ''] = samplesOf(join(out, 'target'));
    expect(readFileSync(join(sample, 'smem.csv'), 'utf8')).toBe(
      `PID,User,Command,Swap,USS,PSS,RSS\n${grower.pid},root,"/opt/my ""a"" \\n, b",0,6604,14675,40840\n`,
    );
    const { samples, problems } = await readCaptures(join(out, 'target'));
    expect(problems).toEqual([]);
    expect(samples.some(({ format, sample: { pss } }) => format === 'smem-csv' && pss === 14675 * 1024)).toBe(true);
  });
});
