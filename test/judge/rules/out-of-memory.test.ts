import { describe, expect, it, test } from 'vitest';
import { analyze } from '../../../src/analyze.js';
import { outOfMemory } from '../../../src/judge/rules/out-of-memory.js';
import type { EndedProcess } from '../../../src/model/program.js';
import { KIB, recordOf, timelineOf } from '../records.js';

const MIB = 1024 * KIB;
const ended: EndedProcess = {
  pid: 812,
  held: { vss: 64 * MIB, rss: 36 * MIB },
  tasks: [
    { pid: 812, command: 'sensord', rss: 36 * MIB },
    { pid: 813, command: 'logger', rss: 4 * MIB },
  ],
  origins: [{ file: 'kernel.log', line: 79 }],
};
const timelines = [timelineOf([4 * KIB, 8 * KIB])];

function statementOn(of: EndedProcess): string | undefined {
  const word = outOfMemory.judge(recordOf({ timelines, ended: [of] }));
  return 'reason' in word ? word.reason : word[0]?.statement;
}

describe('a process that was ended since memory had run out', () => {
  it('is a hint that names its line', () => {
    expect(outOfMemory.judge(recordOf({ timelines, ended: [ended] }))).toEqual([
      {
        rule: 'out-of-memory',
        bearing: 'for',
        strength: 'weak',
        statement: 'The kernel ended pid 812 since memory had run out: it held 36 MiB of RAM, more than any other',
        origins: [{ file: 'kernel.log', line: 79 }],
      },
    ]);
  });

  it('is told with the limit of its control group', () => {
    expect(statementOn({ ...ended, limit: 40 * MIB })).toBe(
      'The kernel ended pid 812 since its control group of 40 MiB was full: it held 36 MiB of RAM, more than any other',
    );
  });

  it('is told where nothing says what others held, or which process it was', () => {
    const alone: EndedProcess = { pid: 812, held: { rss: 36 * MIB, vss: 64 * MIB }, origins: [] };
    expect(statementOn(alone)).toBe('The kernel ended pid 812 since memory had run out: it held 36 MiB of RAM');
    expect(statementOn({ held: { rss: 36 * MIB, vss: 64 * MIB }, origins: [] })).toBe(
      'The kernel ended a process of it since memory had run out: it held 36 MiB of RAM',
    );
  });

  it.each([
    [
      'another held more',
      { ...ended, tasks: [{ pid: 813, command: 'logger', rss: 40 * MIB }, ...(ended.tasks ?? [])] },
    ],
    ['Android ended it, which ends what it needs least', { pid: 812, held: { rss: 36 * MIB }, origins: [] }],
    ['it is of another life', { ...ended, pid: 900 }],
  ])('is none where %s', (_why, of) => {
    expect(statementOn(of)).toBeUndefined();
  });

  it('nothing was ended: no finding', () => {
    expect(outOfMemory.judge(recordOf({ timelines }))).toEqual([]);
  });
});

test('two programs in a control group of 40 MiB: the one that grew was ended', async () => {
  const { verdicts, kernelFindings, problems } = await analyze({
    captures: ['samples/out-of-memory/cgroup-limit.tar.gz'],
  });
  expect(problems).toEqual([]);
  expect(kernelFindings).toMatchObject([
    {
      kind: 'out-of-memory',
      device: 'board-7',
      command: 'sensord',
      limit: 40 * MIB,
      tasks: [{}, { command: 'logger' }],
    },
  ]);
  const byProgram = Object.fromEntries(verdicts.map((verdict) => [verdict.command, verdict]));
  expect(byProgram.logger).toMatchObject({ label: 'clean', grounds: [] });
  expect(byProgram.sensord?.label).toBe('leak');
  const ground = byProgram.sensord?.grounds.find(({ rule }) => rule === 'out-of-memory');
  expect(ground?.statement).toMatch(
    /^The kernel ended pid \d+ since its control group of 40 MiB was full: it held 36\.3 MiB of RAM, more than any other$/,
  );
  expect(ground?.origins[0]?.quote).toContain('Memory cgroup out of memory: Killed process');
});
