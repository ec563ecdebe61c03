import { describe, expect, it } from 'vitest';
import { procLine } from '../../../src/ingest/formats/proc-line.js';
import { KIB } from '../../../src/model/units.js';
import { readFile } from '../capture-tree.js';

const AT = Date.UTC(2026, 10, 23, 1, 6, 25);

describe('fields of /proc in one line', () => {
  it.each([
    [
      'status',
      'VmSize:\t    3136 kB VmRSS:\t    2272 kB VmSwap: 4 kB',
      { vss: 3136 * KIB, rss: 2272 * KIB, swap: 4 * KIB },
    ],
    [
      'a rollup',
      'Rss: 2272 kB, Pss: 916 kB, Private_Clean: 12 kB, Private_Dirty: 820 kB',
      { rss: 2272 * KIB, pss: 916 * KIB, uss: 832 * KIB, privateDirty: 820 * KIB },
    ],
  ])('are a sample of %s', async (_, fields, sample) => {
    const lines = [25, 35].map((s) => `Mon Nov 23 01:06:${s} UTC 2026 812 ${fields}\n`).join('');
    const { captures, problems, files } = await readFile(lines, 'night.log');
    expect(captures).toMatchObject([
      { sample, context: { pid: 812, takenAt: AT } },
      { sample, context: { pid: 812, takenAt: AT + 10_000 } },
    ]);
    expect(problems).toEqual([]);
    expect(files).toMatchObject([{ format: 'proc-line', lines: { reported: 0 } }]);
  });

  it.each([
    'Rss:                2272 kB\n',
    'Referenced: 12 kB Locked: 4 kB\n',
    'The program has Rss: 12 kB Pss: 4 kB\n',
    'Rss: 12 kB Pss: 4 kB of it\n',
  ])('are none in %j', (line) => {
    expect(procLine.recognizes(line)).toBe(false);
  });

  it('may be one of status alone, behind the pid: two processes in turn are two', async () => {
    const row = (time: string, pid: number, kib: number): string =>
      `2026-11-23 01:06:${time} ${pid} VmRSS:\t    ${kib} kB\n`;
    const log = row('25', 812, 2272) + row('25', 813, 1112) + row('35', 812, 2280) + row('35', 813, 1112);
    const { captures, problems } = await readFile(log, 'night.log');
    expect(captures).toMatchObject([
      { sample: { rss: 2272 * KIB }, context: { pid: 812, takenAt: AT } },
      { sample: { rss: 1112 * KIB }, context: { pid: 813, takenAt: AT } },
      { sample: { rss: 2280 * KIB }, context: { pid: 812, takenAt: AT + 10_000 } },
      { sample: { rss: 1112 * KIB }, context: { pid: 813, takenAt: AT + 10_000 } },
    ]);
    expect(problems).toEqual([]);
  });

  it.each([
    ['one line of that', '812 VmRSS: 2272 kB\n'],
    ['a status behind the time of a logger', '[1763858524.12] VmRSS:\t 2272 kB\n[1763858524.12] RssAnon:\t 96 kB\n'],
    ['fields of VMAs', '812 Rss: 4 kB\n812 Rss: 8 kB\n'],
    ['what stands for itself', 'VmRSS: 2272 kB\nVmRSS: 2280 kB\n'],
  ])('is none: %s', (_, text) => {
    expect(procLine.recognizes(text)).toBe(false);
  });
});
