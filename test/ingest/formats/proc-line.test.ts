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
});
