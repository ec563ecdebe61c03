import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyze } from '../../../src/analyze.js';
import type { Analysis } from '../../../src/model/analysis.js';

const FILES = ['smaps', 'smaps_rollup', 'status', 'cmdline', 'comm'];

/** What each page of the C library is shared by besides, so that a tool that starts changes its PSS by less than 1 kB. */
const SIBLINGS = 30;

const hasProc = existsSync('/proc/self/smaps_rollup');
const isInstalled = (tool: string): boolean => !spawnSync(tool, ['--help']).error;
const tools = { pmap: hasProc && isInstalled('pmap'), smem: hasProc && isInstalled('smem') };
const hasPagesOf4KiB = hasProc && execFileSync('getconf', ['PAGESIZE'], { encoding: 'utf8' }).trim() === '4096';

/** The name of a test, with the reason why it is skipped where it is. */
const named = (name: string, runs: boolean, reason: string): string => (runs ? name : `${name} (skipped: ${reason})`);

describe('tools on a live process', () => {
  const children: ChildProcess[] = [];
  let folder = '';
  let analysis: Analysis;

  beforeAll(async () => {
    if (!hasProc) return;
    for (let i = 0; i < SIBLINGS; i++) children.push(spawn('sleep', ['60'], { stdio: 'ignore' }));
    const child = spawn('sleep', ['61'], { stdio: 'ignore' });
    children.push(child);
    await new Promise((resolve) => setTimeout(resolve, 500));
    child.kill('SIGSTOP');
    folder = mkdtempSync(join(tmpdir(), 'memreport-live-'));
    capture(folder, child.pid ?? 0);
    analysis = await analyze({ captures: [folder] });
  });

  afterAll(() => {
    for (const child of children) child.kill('SIGKILL');
    if (folder !== '') rmSync(folder, { recursive: true });
  });

  const agreementWith = (tool: string) => analysis.agreements?.find((one) => one.tool === tool);

  it.skipIf(!hasProc)(named('agree: smaps_rollup and status', hasProc, 'no /proc/PID/smaps_rollup here'), () => {
    expect(agreementWith('smaps_rollup')).toMatchObject({ samples: 1, equal: 1, totals: ['rss', 'pss', 'uss'] });
    expect(agreementWith('status')).toMatchObject({ samples: 1, equal: 1, totals: ['vss', 'rss'] });
    expect(analysis.problems.filter(({ code }) => code === 'totals-disagree')).toEqual([]);
  });

  it.skipIf(!hasPagesOf4KiB)(named('agree: statm', hasPagesOf4KiB, 'statm counts pages of another size here'), () => {
    expect(agreementWith('statm')).toMatchObject({ samples: 1, equal: 1, totals: ['vss', 'rss'] });
  });

  it.skipIf(!tools.pmap)(named('agree: pmap -X', tools.pmap, 'no pmap here'), () => {
    expect(agreementWith('pmap')).toMatchObject({ samples: 1, equal: 1, totals: ['vss', 'rss', 'pss'] });
  });

  it.skipIf(!tools.smem)(named('agree: smem', tools.smem, 'no smem here'), () => {
    expect(agreementWith('smem')).toMatchObject({ samples: 1, equal: 1, totals: ['vss', 'rss', 'pss', 'uss'] });
  });
});

/** What the tools that are here say of a process, in the layout of a capture folder. */
function capture(folder: string, pid: number): void {
  const epoch = Math.floor(Date.now() / 1000);
  const stamp = new Date(epoch * 1000).toISOString().replace(/[-:]|\.\d+/g, '');
  const at = join(folder, 'here', stamp);
  mkdirSync(join(at, String(pid)), { recursive: true });
  for (const name of FILES) writeFileSync(join(at, String(pid), name), readFileSync(`/proc/${pid}/${name}`));
  writeFileSync(join(at, String(pid), 'statm'), `${epoch} ${readFileSync(`/proc/${pid}/statm`, 'utf8')}`);
  if (tools.pmap) writeFileSync(join(at, String(pid), 'pmap.txt'), execFileSync('pmap', ['-X', String(pid)]));
  if (!tools.smem) return;
  const columns = 'pid command swap uss pss rss vss';
  writeFileSync(join(at, 'smem.txt'), execFileSync('smem', ['-P', '^sleep 61', '-c', columns]));
}
