import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import type { KernelFinding } from '../../../src/model/kernel-finding.js';
import { KIB } from '../../../src/model/units.js';
import { readFile } from '../capture-tree.js';

async function findingsIn(text: string): Promise<KernelFinding[]> {
  const { captures } = await readFile(text, 'dmesg.txt');
  return captures.flatMap((capture) => (capture.type === 'kernel' ? [capture.finding] : []));
}

const AMOUNTS = 'total-vm:467184kB, anon-rss:101196kB, file-rss:204kB';

// Written by hand after mm/oom_kill.c of the versions, and what distributions made of it.
/** With the shared memory that it tells, in kB. */
const KILLS: readonly (readonly [name: string, line: string, shared: number])[] = [
  ['2.6.32', `Killed process 812 (sensord) ${AMOUNTS.replace('total-vm', 'vsz')}`, 0],
  ['3.10 of RHEL', `Killed process 812 (sensord), UID 1000, ${AMOUNTS}`, 0],
  ['4.4', `Killed process 812 (sensord) ${AMOUNTS}`, 0],
  ['4.6', `Killed process 812 (sensord) ${AMOUNTS}, shmem-rss:12kB`, 12],
  ['5.1', `Out of memory: Killed process 812 (sensord) ${AMOUNTS}, shmem-rss:12kB`, 12],
  [
    '6.12',
    `Out of memory: Killed process 812 (sensord) ${AMOUNTS}, shmem-rss:12kB, UID:0 pgtables:92kB oom_score_adj:0`,
    12,
  ],
  ['a control group', `Memory cgroup out of memory: Killed process 812 (sensord) ${AMOUNTS}, shmem-rss:12kB`, 12],
  [
    'the task that asked',
    `Out of memory (oom_kill_allocating_task): Killed process 812 (sensord) ${AMOUNTS}, shmem-rss:12kB`,
    12,
  ],
];

describe('a process that the kernel ended', () => {
  it.each(KILLS)('as %s tells it', async (_name, line, shared) => {
    const [finding, ...others] = await findingsIn(`[   12.345678] ${line}\n`);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ kind: 'out-of-memory', message: line, command: 'sensord', pid: 812, frames: [] });
    expect(finding?.sinceBoot).toBe(12_345.678);
    expect(finding?.held).toEqual({
      vss: 467_184 * KIB,
      rss: (101_196 + 204 + shared) * KIB,
      anonymous: 101_196 * KIB,
      file: 204 * KIB,
      ...(shared > 0 && { shared: shared * KIB }),
    });
    expect(finding).not.toHaveProperty('limit');
    expect(finding).not.toHaveProperty('tasks');
  });

  it.each([
    ['who was meant, before 5.1', 'Out of memory: Kill process 812 (sensord) score 900 or sacrifice child'],
    ['that its memory was freed', 'oom_reaper: reaped process 812 (sensord), now anon-rss:0kB, file-rss:0kB'],
    ['who ended one otherwise', 'sensord: Killed process 813 as it did not answer'],
  ])('is not: %s', async (_name, line) => {
    expect(await findingsIn(`${line}\n`)).toEqual([]);
  });

  it('may have parentheses and blanks in its name', async () => {
    const [finding] = await findingsIn(`Killed process 812 (a (b) c) ${AMOUNTS}\n`);
    expect(finding?.command).toBe('a (b) c');
  });
});

describe('the table of tasks', () => {
  const report = (header: string, rows: readonly string[], vss: number): string =>
    [
      'logger invoked oom-killer: gfp_mask=0x24201ca, order=0, oom_score_adj=0',
      header,
      ...rows,
      `Out of memory: Kill process 812 (sensord) score 900 or sacrifice child`,
      `Killed process 812 (sensord) total-vm:${vss}kB, anon-rss:400kB, file-rss:0kB`,
    ]
      .map((line, i) => `[   12.${100_000 + i}] ${line}\n`)
      .join('');
  const OLD = '[ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name';
  const ROWS = [
    '[  100]     0   100      500       20       3        0             0 logger',
    '[  812]     0   812     1000      100       5        0             0 sensord',
    '[  813]  1000   813      900      200       5        0          -900 has  blanks',
  ];

  it.each([4, 16, 64])('counts in pages, here of %i KiB', async (kib) => {
    const [finding] = await findingsIn(report(OLD, ROWS, 1000 * kib));
    expect(finding?.tasks).toEqual([
      { pid: 813, command: 'has  blanks', rss: 200 * kib * KIB },
      { pid: 812, command: 'sensord', rss: 100 * kib * KIB },
      { pid: 100, command: 'logger', rss: 20 * kib * KIB },
    ]);
  });

  it('is left out where no size of a page fits, or who was ended is not in it', async () => {
    expect((await findingsIn(report(OLD, ROWS, 1000 * 9)))[0]).not.toHaveProperty('tasks');
    expect((await findingsIn(report(OLD, ROWS.slice(0, 1), 4000)))[0]).not.toHaveProperty('tasks');
  });

  it('is of one report: the next has none of its own', async () => {
    const found = await findingsIn(
      `${report(OLD, ROWS, 4000)}Out of memory: Killed process 812 (sensord) total-vm:4000kB, anon-rss:4kB, file-rss:0kB\n`,
    );
    expect(found.map(({ tasks }) => tasks?.length)).toEqual([3, undefined]);
  });

  it('lists ten', async () => {
    const many = Array.from({ length: 30 }, (_, i) => `[${800 + i}] 0 ${800 + i} 1000 ${100 + i} 3 0 0 task-${i}`);
    const [finding] = await findingsIn(report(OLD, many, 4000));
    expect(finding?.tasks?.map(({ pid }) => pid)).toEqual([829, 828, 827, 826, 825, 824, 823, 822, 821, 820]);
  });
});

describe("Android's low memory killer", () => {
  it.each([
    [
      'lmkd',
      "01-31 21:00:01.340   450   450 I lowmemorykiller: Kill 'com.example' (4321), uid 10123, oom_score_adj 100 to free 412032kB rss, 0kB swap; reason: low watermark is breached",
      412_032 * KIB,
    ],
    ['lmkd without a tag', "Kill 'com.example' (4321), uid 10123, oom_score_adj 0 to free 51200kB", 51_200 * KIB],
    ['the kernel', "<6>lowmemorykiller: Killing 'com.example' (4321) (tgid 4321), adj 529,", undefined],
  ])('%s', async (_name, line, rss) => {
    // A log has lines of others, too; one by itself has no form that could be told.
    const log = line.startsWith('01-31') ? `${line.replace(/I low.*/, 'D other   : a line')}\n${line}` : line;
    const [finding] = await findingsIn(`${log}\n`);
    expect(finding).toMatchObject({ kind: 'out-of-memory', command: 'com.example', pid: 4321 });
    expect(finding?.held?.rss).toBe(rss);
  });

  it('ends cached apps all the time', async () => {
    const line = "lowmemorykiller: Kill 'com.example' (4321), uid 10123, oom_score_adj 900 to free 51200kB rss";
    expect(await findingsIn(`${line}\n`)).toEqual([]);
  });
});

test('as dmesg -T prints it', async () => {
  const [finding] = await findingsIn(readFileSync('samples/out-of-memory/killed-T.txt', 'utf8'));
  expect(finding).toMatchObject({ kind: 'out-of-memory', command: 'sensord', held: { rss: (36_224 + 980) * KIB } });
  expect(finding).not.toHaveProperty('sinceBoot');
});
