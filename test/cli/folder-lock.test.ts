import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FolderLock, FolderLocked, type LockHolder } from '../../src/cli/folder-lock.js';
import { ownIdentity } from '../../src/cli/process-identity.js';
import { temporaryFolder } from './run-cli.js';

const folder = temporaryFolder();
const SINCE = Date.UTC(2026, 0, 31, 21);
/** Which no process here can have, since it is of the kernel. */
const KERNEL_THREAD = 2;

function lockOf(name: string, holder: Partial<LockHolder> | string): string {
  const path = join(folder, name, 'lock');
  mkdirSync(join(folder, name));
  writeFileSync(
    path,
    typeof holder === 'string' ? holder : JSON.stringify({ ...ownIdentity(), since: SINCE, ...holder }),
  );
  return path;
}

function age(path: string, seconds: number): void {
  const then = new Date(Date.now() - 1000 * seconds);
  utimesSync(path, then, then);
}

/** Fields 3 and 22 of /proc/PID/stat, of a command without blanks. */
function stateAndStart(pid: number): (string | undefined)[] {
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(' ');
  return [fields[2], fields[21]];
}

/** What the lock at a path does to a run that wants it. */
async function attempt(path: string): Promise<'taken' | FolderLocked> {
  try {
    (await FolderLock.take(path)).release();
    return 'taken';
  } catch (error) {
    if (error instanceof FolderLocked) return error;
    throw error;
  }
}

describe('a lock', () => {
  it('is held by one, and free when that one gives it back', async () => {
    const path = join(folder, 'plain', 'lock');
    const lock = await FolderLock.take(path);
    const other = await attempt(path);
    expect(other).toMatchObject({ isSeen: true, holder: { pid: process.pid } });
    lock.release();
    expect(existsSync(path)).toBe(false);
    expect(await attempt(path)).toBe('taken');
    expect(readdirSync(join(folder, 'plain'))).toEqual([]);
  });

  it('of a process that is gone is no lock', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    expect(await attempt(lockOf('gone', { pid }))).toBe('taken');
  });

  it.skipIf(process.platform !== 'linux')('of a process that is dead and not waited for is no lock', async () => {
    // The shell has become a program that waits for nobody when its child ends.
    const shell = spawn('sh', ['-c', 'sleep 0.3 & echo $!; exec sleep 60'], { stdio: ['pipe', 'pipe', 'ignore'] });
    const [line] = (await once(shell.stdout, 'data')) as [Buffer];
    const pid = Number(line.toString());
    let [state, started] = ['', ''];
    while (state !== 'Z') [state = '', started = ''] = stateAndStart(pid);
    expect(await attempt(lockOf('zombie', { pid, started }))).toBe('taken');
    shell.kill('SIGKILL');
  });

  it('of another process that runs is one, of whichever pid', async () => {
    const child = spawn('sleep', ['60']);
    await once(child, 'spawn');
    const pid = child.pid ?? 0;
    const [, started = ''] = process.platform === 'linux' ? stateAndStart(pid) : [];
    const path = lockOf('running', { pid, started });
    age(path, 1_000_000);
    expect(await attempt(path)).toMatchObject({ isSeen: true, holder: { pid } });
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
    expect(await attempt(path)).toBe('taken');
  });

  it('of another process of the same pid is no lock', async () => {
    expect(await attempt(lockOf('reused', { started: '1' }))).toBe('taken');
    expect(await attempt(lockOf('kernel', { pid: KERNEL_THREAD }))).toBe('taken');
  });

  it('from before a reboot is no lock', async () => {
    expect(await attempt(lockOf('rebooted', { boot: 'another' }))).toBe('taken');
  });

  it.each([
    ['machine', { host: 'build-7', boot: 'another' }],
    ['container', { namespace: 'pid:[1]' }],
  ])('of another %s is one as long as it gives signs of life', async (name, holder) => {
    const path = lockOf(name, holder);
    expect(await attempt(path)).toMatchObject({ isSeen: false, holder: { since: SINCE, ...holder } });
    age(path, 100);
    expect(await attempt(path)).toBeInstanceOf(FolderLocked);
    age(path, 130);
    expect(await attempt(path)).toBe('taken');
  });

  it.each([
    ['nothing', ''],
    ['half a line', '{"pid":1'],
    ['something else', '{"pid":"1","since":[]}'],
    ['null', 'null'],
  ])('that says %s was left by a run that was killed while it took it', async (name, text) => {
    const path = lockOf(`unreadable ${name}`, text);
    age(path, 3);
    expect(await attempt(path)).toBe('taken');
  });

  it('that is being written is waited for', async () => {
    const path = lockOf('written', '');
    const attempted = attempt(path);
    writeFileSync(path, JSON.stringify({ ...ownIdentity(), since: SINCE }));
    expect(await attempted).toMatchObject({ holder: { since: SINCE } });
  });

  it('is taken over although another run was killed while it did so', async () => {
    const path = lockOf('claimed', { started: '1' });
    const { ino, mtimeNs } = statSync(path, { bigint: true });
    writeFileSync(`${path}.${ino}-${mtimeNs}`, '');
    age(`${path}.${ino}-${mtimeNs}`, 3);
    expect(await attempt(path)).toBe('taken');
    expect(readdirSync(join(folder, 'claimed'))).toEqual([]);
  });

  it('is taken by one of many that find it stale at once', async () => {
    const path = lockOf('race', { started: '1' });
    const attempts = await Promise.all(
      Array.from({ length: 20 }, () => FolderLock.take(path).catch((error: unknown) => error)),
    );
    expect(attempts.filter((one) => one instanceof FolderLock)).toHaveLength(1);
    expect(attempts.filter((one) => one instanceof FolderLocked)).toHaveLength(19);
    for (const one of attempts) if (one instanceof FolderLock) one.release();
  });
});
