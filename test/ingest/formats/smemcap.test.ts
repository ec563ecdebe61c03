import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../../src/analyze.js';
import { captureTree, readCaptures } from '../capture-tree.js';

const TAR_GZ = readFileSync(new URL('../../../samples/smem/smemcap.tar.gz', import.meta.url));

/** As the kernel printed them into the archive. */
const TRUTH = [
  { pid: 1, command: 'smemcap', vmas: 24 },
  { pid: 2, command: 'leak-example', vmas: 24 },
  { pid: 3, command: 'sawtooth', vmas: 24 },
];

describe('what smemcap writes', () => {
  it.each(['capture.tar.gz', 'capture.tar'])('is read as %s: a snapshot of each process', async (name) => {
    const bytes = name.endsWith('.gz') ? TAR_GZ : gunzipSync(TAR_GZ);
    const { snapshots, problems, files } = await readCaptures(captureTree({ [`board-7/${name}`]: bytes }));
    expect(
      snapshots.map(({ context, table }) => ({ pid: context.pid, command: context.command, vmas: table.count })),
    ).toEqual(TRUTH);
    for (const { context } of snapshots) {
      expect(context).toMatchObject({
        device: 'board-7',
        sources: { device: 'path', pid: 'path', command: 'companion' },
      });
    }
    // The archive has the time of each file, and nothing else tells one.
    expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(['time-from-modification']));
    expect(files.map(({ format }) => format)).toEqual(expect.arrayContaining(['meminfo', 'smaps', 'stat']));
  });

  it('several of them are a series', async () => {
    const root = captureTree({
      'board-7/20261123T051800Z.tar.gz': TAR_GZ,
      'board-7/20261123T051900Z.tar.gz': TAR_GZ,
    });
    const { programs, problems } = await analyze({ captures: [root] });
    expect(
      programs.map(({ device, command, timelines }) => [
        device,
        command,
        timelines.map(({ pid, samples }) => [pid, samples.map(({ takenAt }) => takenAt)]),
      ]),
    ).toEqual(
      ['leak-example', 'sawtooth', 'smemcap'].map((command) => [
        'board-7',
        command,
        [
          [
            TRUTH.find((one) => one.command === command)?.pid,
            [Date.UTC(2026, 10, 23, 5, 18), Date.UTC(2026, 10, 23, 5, 19)],
          ],
        ],
      ]),
    );
    expect(problems).toEqual([]);
  });
});
