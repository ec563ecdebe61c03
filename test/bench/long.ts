import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { compared, type Finding, run, watched } from './pairs.js';

/** A week, a month, a quarter of a year, a sample each minute: memory may grow with them, but slower than they do. */
const COUNTS = [10_000, 40_000, 160_000];
const MOST_MEMORY = 300e6;

/** `analyze --format html,json` of one process that was sampled often, to mawk over the same files. */
export async function longSeries(folder: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { name, title, write, counts } of [
    { name: 'rollup', title: 'smaps_rollup', write: rollupAt, counts: COUNTS },
    { name: 'smaps', title: 'smaps of 20 VMAs', write: smapsAt, counts: COUNTS.slice(0, 2) },
  ]) {
    for (const count of counts) {
      const data = join(folder, `${name}-${count}`);
      const out = join(folder, `report-${name}-${count}`);
      const file = writeSeries(data, name, count, write);
      const words = [
        'dist/cli/main.js',
        'analyze',
        data,
        '--format',
        'html,json',
        '--quiet',
        '--no-cache',
        '--out',
        out,
      ];
      const what = `${count} samples of ${title}, html and json`;
      const { finding } = compared(
        `long-${name}-${count}`,
        `${what}, to mawk summing Pss`,
        () => run(process.execPath, words),
        () => run('mawk', ['/^Pss:/{s+=$2} END{printf "%d\\n", s}', file]),
      );
      const { peak } = await watched(process.execPath, words);
      findings.push(finding, {
        name: `long-memory-${name}-${count}`,
        title: `${what}, peak memory of all its processes in MB`,
        figures: { peak: peak / 1e6 },
        goal: MOST_MEMORY / 1e6,
        met: peak <= MOST_MEMORY,
      });
      rmSync(data, { recursive: true });
      rmSync(out, { recursive: true });
    }
  }
  return findings;
}

function writeSeries(folder: string, name: string, count: number, textAt: (sample: number) => string): string {
  const path = join(folder, 'board-1', `sensord.812.${name}`);
  mkdirSync(join(folder, 'board-1'), { recursive: true });
  const descriptor = openSync(path, 'w');
  for (let sample = 0; sample < count; sample++) {
    writeSync(descriptor, `${new Date(Date.UTC(2026, 0, 1, 0, sample)).toISOString()}\n${textAt(sample)}`);
  }
  closeSync(descriptor);
  return path;
}

/** Leaks a page each fourth sample, in noise of a few pages and a saw of forty samples. */
function leakedAt(sample: number): number {
  return 4 * (Math.floor(sample / 4) + ((sample * 7919) % 11) + 8 * (sample % 40));
}

function rollupAt(sample: number): string {
  return `55d0c0000000-7ffe2d3f5000 ---p 00000000 00:00 0                          [rollup]\n${fields(4000 + leakedAt(sample), 1500)}`;
}

function smapsAt(sample: number): string {
  let text = '';
  for (let vma = 0; vma < 20; vma++) {
    const start = 0x7f00_0000_0000 + vma * 0x1000_0000;
    const own = vma === 1 ? 1000 + leakedAt(sample) : 4 * (vma % 7);
    const shared = vma > 5 ? 100 : 0;
    const path = vma === 1 ? '[heap]' : vma > 5 ? `/usr/lib/lib${vma}.so` : '';
    text += `${start.toString(16)}-${(start + (own + 400) * 1024).toString(16)} rw-p 00000000 00:00 0  ${path}\n`;
    text += `Size:           ${String(own + 400).padStart(8)} kB\n${fields(own, shared)}VmFlags: rd wr mr mw me ac\n`;
  }
  return text;
}

function fields(own: number, shared: number): string {
  const kib = {
    Rss: own + shared,
    Pss: own + Math.floor(shared / 3),
    Shared_Clean: shared,
    Shared_Dirty: 0,
    Private_Clean: 0,
    Private_Dirty: own,
    Referenced: own + shared,
    Anonymous: own,
    LazyFree: 0,
    AnonHugePages: 0,
    ShmemPmdMapped: 0,
    FilePmdMapped: 0,
    Shared_Hugetlb: 0,
    Private_Hugetlb: 0,
    Swap: 0,
    SwapPss: 0,
    Locked: 0,
  };
  return Object.entries(kib)
    .map(([name, amount]) => `${`${name}:`.padEnd(16)}${String(amount).padStart(8)} kB\n`)
    .join('');
}
