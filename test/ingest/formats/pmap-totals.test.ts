import { describe, expect, it } from 'vitest';
import { pmapTotals } from '../../../src/ingest/formats/pmap-totals.js';
import { KIB } from '../../../src/model/units.js';
import { readFile } from '../capture-tree.js';

const AT = Date.UTC(2026, 10, 23, 1, 6, 25);
const X = (kib: number): string => `total kB           ${kib}   28600   23996`;

async function samplesOf(text: string): Promise<unknown[][]> {
  const { captures, files } = await readFile(text, 'night.log');
  expect(files).toMatchObject([{ format: 'pmap-totals', status: 'read', lines: { reported: 0 } }]);
  return captures.map((capture) => {
    const { pid, command, takenAt } = capture.context;
    const { vss = 0, rss } = capture.type === 'sample' ? capture.sample : {};
    return [takenAt === undefined ? undefined : takenAt - AT, pid, command, vss / KIB, rss && rss / KIB];
  });
}

/** The time and the pid of each. */
async function placesOf(text: string): Promise<unknown[][]> {
  return (await samplesOf(text)).map((sample) => sample.slice(0, 2));
}

describe('totals of pmap alone', () => {
  it.each([
    ['-x', X(31496), { vss: 31496 * KIB, rss: 28600 * KIB }],
    [
      'none, of openSUSE',
      'total kB          222568    6704    2402    1832     640',
      { vss: 222568 * KIB, rss: 6704 * KIB, pss: 2402 * KIB, swap: 640 * KIB },
    ],
    ['-x of 32 bits, long ago', 'total kB    1516       -       -       -', { vss: 1516 * KIB }],
    ['none', ' total            31496K', { vss: 31496 * KIB }],
    ['-d', 'mapped: 31496K    writeable/private: 24160K    shared: 28K', { vss: 31496 * KIB }],
  ])('are read with option %s', async (_, line, sample) => {
    const { captures } = await readFile(`${line}\n${line}\n`);
    expect(captures).toMatchObject([{ sample }, { sample }]);
    expect(captures.map(({ context }) => context.takenAt)).toEqual([undefined, undefined]);
  });

  it.each([
    ['ls -lh', 'total 48K\n-rw-r--r-- 1 root root 4.0K Nov 23 01:06 a\n'],
    ['a sentence', 'The pages in total kB 1 2 3 of all programs that are listed here: total kB 1 2 3\n'],
    ['another line', 'total kB of memory: 12\n'],
  ])('are none in %s', (_, text) => {
    expect(pmapTotals.recognizes(text)).toBe(false);
  });

  it('have the time above them, or in front with pid and name', async () => {
    const above = `Mon Nov 23 01:06:25 UTC 2026\n${X(100)}\nMon Nov 23 01:06:35 UTC 2026\n${X(200)}\n`;
    expect(await samplesOf(above)).toEqual([
      [0, undefined, undefined, 100, 28600],
      [10_000, undefined, undefined, 200, 28600],
    ]);
    const inFront = `2026-11-23 01:06:25 pid=812 sensord ${X(100)}\n2026-11-23 01:06:25 pid=813 sensord ${X(300)}\n`;
    expect(await samplesOf(inFront)).toEqual([
      [0, 812, 'sensord', 100, 28600],
      [0, 813, 'sensord', 300, 28600],
    ]);
  });

  it('take a bare number for the pid where it comes again, and for none where it counts', async () => {
    const pids = [0, 1].flatMap((i) => [812, 813].map((pid) => `${1795395985 + i} ${pid} ${X(100 + i)}\n`));
    expect(await placesOf(pids.join(''))).toEqual([
      [0, 812],
      [0, 813],
      [1000, 812],
      [1000, 813],
    ]);
    const counted = [1, 2, 3].map((i) => `${i} ${1795395985 + i} ${X(100 + i)}\n`);
    expect(await placesOf(counted.join(''))).toEqual([
      [1000, undefined],
      [2000, undefined],
      [3000, undefined],
    ]);
  });

  it('have the time of day in front of them, and what a logger puts there', async () => {
    const [first, second] = (await placesOf(`01:06:25 ${X(100)}\n01:06:35 ${X(200)}\n`)).map(([at]) => Number(at));
    expect((second ?? 0) - (first ?? 0)).toBe(10_000);
    const logged = [25, 35].map((s) => `2026-11-23T01:06:${s}+00:00 board-7 sampler[77]: ${X(100)}\n`);
    expect(await placesOf(logged.join(''))).toEqual([
      [0, undefined],
      [10_000, undefined],
    ]);
  });

  it('are of the process that watch was asked about', async () => {
    const shown = ['25', '35'].map(
      (s) => `Every 10.0s: pmap -x 812 | tail -1          board-7: Mon Nov 23 01:06:${s} 2026\n\n${X(100)}\n\n`,
    );
    expect(await placesOf(shown.join(''))).toEqual([
      [0, 812],
      [10_000, 812],
    ]);
  });
});
