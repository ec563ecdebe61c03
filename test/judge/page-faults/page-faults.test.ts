import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { analyze } from '../../../src/analyze.js';
import { judge } from '../../../src/judge/judge.js';
import { pageFaultsOf } from '../../../src/judge/page-faults/page-faults.js';
import { verdictRules } from '../../../src/judge/rules/index.js';
import type { PageFaults } from '../../../src/model/page-faults.js';
import type { Timeline } from '../../../src/model/program.js';
import { recordOf, sampledTimeline } from '../records.js';

const PAGE = 4096;
const MIB = 1024 * 1024;
const START = Date.UTC(2026, 0, 31, 21);
const SECOND = 1000;

interface Course {
  /** RSS in pages, and the counts, at each sample. */
  readonly rss?: (i: number) => number;
  readonly minor: (i: number) => number;
  readonly major?: (i: number) => number;
  readonly step?: number;
  readonly timed?: boolean;
  readonly count?: number;
}

function timelineOf({ rss, minor, major = () => 0, step = SECOND, timed = true, count = 20 }: Course): Timeline {
  const samples = Array.from({ length: count }, (_, i) => ({
    ...(timed ? { takenAt: START + i * step } : {}),
    ...(rss ? { rss: rss(i) * PAGE } : {}),
    minorFaults: minor(i),
    majorFaults: major(i),
  }));
  return sampledTimeline(samples, timed);
}

function faultsOf(course: Course): PageFaults | undefined {
  return pageFaultsOf(recordOf({ timelines: [timelineOf(course)] })).pageFaults?.[0];
}

const oneByOne = (i: number): number => 300 + i * 76;

describe('growth', () => {
  it('by as many pages as minor faults is new memory', () => {
    expect(faultsOf({ rss: oneByOne, minor: oneByOne })).toEqual({
      pid: 812,
      timeline: 0,
      minor: 1444,
      major: 0,
      minorPerHour: 273_600,
      majorPerHour: 0,
      kind: 'new-memory',
      statement:
        'RSS grew by 5.6 MiB over 1,444 minor faults (76 per second), i.e. 5.6 MiB of pages touched for the first time: new memory',
      origins: [
        { file: 'board-7/0/812/smaps', line: 1 },
        { file: 'board-7/19/812/smaps', line: 1 },
      ],
    });
  });

  it('by more than a page for each came in larger pieces', () => {
    const found = faultsOf({ rss: (i) => 300 + i * 512, minor: (i) => 60 + i });
    expect(found).toMatchObject({ kind: 'new-memory' });
    expect(found?.statement).toBe(
      'RSS grew by 38 MiB over 19 minor faults (1 per second), 2 MiB for each: new memory in huge pages, or mapped ahead of its use',
    );
  });

  it('by what is read from disk is not new', () => {
    const found = faultsOf({ rss: (i) => 300 + i * 20, minor: () => 60, major: (i) => i * 18 });
    expect(found).toMatchObject({ kind: 'read-in' });
    expect(found?.statement).toContain('342 major faults (18 per second) read 1.3 MiB from disk or swap');
  });

  it('tells of the major faults beside it', () => {
    const early = faultsOf({ rss: oneByOne, minor: oneByOne, major: (i) => Math.min(i, 2) });
    expect(early?.statement).toMatch(/new memory; 2 major faults, only at the beginning$/);
    const always = faultsOf({ rss: oneByOne, minor: oneByOne, major: (i) => i });
    expect(always?.statement).toMatch(/new memory; beside 19 major faults \(1 per second\)$/);
  });

  it('by pages of files is none of new memory', () => {
    const files = timelineOf({ rss: (i) => 300 + i * 64, minor: (i) => i * 4 });
    const statementOf = (privateDirty: (i: number) => number): PageFaults | undefined => {
      const samples = files.samples.map((sample, i) => ({ ...sample, privateDirty: privateDirty(i) * PAGE, swap: 0 }));
      return pageFaultsOf(recordOf({ timelines: [{ ...files, samples }] })).pageFaults?.[0];
    };
    expect(statementOf(() => 40)).toMatchObject({ kind: 'read-in' });
    expect(statementOf(() => 40)?.statement).toBe(
      'RSS grew by 4.8 MiB over 76 minor faults (4 per second), 64 KiB for each, of which 0 bytes is memory that the ' +
        'kernel cannot drop: the rest is pages of files that were mapped, several with one fault',
    );
    expect(statementOf((i) => 40 + i * 60)).toMatchObject({ kind: 'new-memory' });
  });

  it('counts pages by the size that time printed', () => {
    const origin = { file: 'time.log', line: 1 };
    const timelines = [timelineOf({ rss: (i) => 300 + i * 16, minor: (i) => 60 + i })];
    const statementWith = (...sizes: number[]): string | undefined =>
      pageFaultsOf(
        recordOf({ timelines, runs: sizes.map((pageSize) => ({ tool: 'time' as const, pageSize, origin })) }),
      ).pageFaults?.[0]?.statement;
    expect(statementWith(65_536)).toContain('i.e. 1.2 MiB of pages touched');
    expect(statementWith(4096)).toContain('64 KiB for each');
    expect(statementWith(4096, 65_536)).toContain('64 KiB for each');
  });
});

describe('minor faults without growth', () => {
  it('in great number are churn', () => {
    const found = faultsOf({ rss: () => 300, minor: (i) => i * 1024 });
    expect(found).toMatchObject({ kind: 'churn' });
    expect(found?.statement).toBe(
      '19,456 minor faults (1,024 per second) took 76 MiB of pages, but RSS stayed as it was: memory is given back and ' +
        'taken again, or copied after forks, which costs CPU time but is no growth',
    );
  });

  it('that are far more than a growth takes are churn, and leave the growth open', () => {
    const found = faultsOf({ rss: (i) => 300 + i, minor: (i) => i * 1024 });
    expect(found).toMatchObject({ kind: 'churn' });
    expect(found?.statement).toContain(
      'RSS grew by 76 KiB over 19,456 minor faults (1,024 per second), which took 76 MiB',
    );
  });

  it('that come seldom are none to speak of', () => {
    const found = faultsOf({ rss: () => 300, minor: (i) => i * 1024, step: 3_600_000 });
    expect(found).toMatchObject({ kind: 'quiet', minorPerHour: 1024 });
  });
});

describe('major faults', () => {
  const swing = (i: number): number => (i === 0 ? 300 : 2000 - i * 50);

  it('that read back as much as RSS falls by are thrashing', () => {
    const found = faultsOf({ rss: swing, minor: () => 80, major: (i) => i * 1000 });
    expect(found).toMatchObject({ kind: 'thrashing', major: 19_000 });
    expect(found?.statement).toMatch(
      /^RSS fell from 7.6 MiB to 4.5 MiB while 18,000 major faults \(1,000 per second\) read 70.3 MiB from disk or swap: .* no proof that memory was given back$/,
    );
  });

  it('that read back less than RSS falls by are not: memory was given back', () => {
    expect(faultsOf({ rss: swing, minor: () => 80, major: (i) => i })?.kind).not.toBe('thrashing');
    expect(faultsOf({ rss: (i) => 2000 - i * 50, minor: () => 80 })).toMatchObject({ kind: 'quiet' });
  });

  it('that ended are not: the fall came later', () => {
    const major = (i: number): number => Math.min(i, 4) * 1000;
    expect(faultsOf({ rss: swing, minor: () => 80, major })).toMatchObject({ kind: 'start-up' });
  });

  it('that read all of a level RSS again are thrashing', () => {
    const found = faultsOf({ rss: () => 2000, minor: () => 80, major: (i) => i * 1000 });
    expect(found).toMatchObject({ kind: 'thrashing' });
    expect(found?.statement).toContain('while RSS stayed near 7.8 MiB: what is read does not stay');
    // As many in an hour as before in a second.
    expect(faultsOf({ rss: () => 2000, minor: () => 80, major: (i) => i * 1000, step: 3_600_000 })?.kind).toBe('quiet');
  });

  it('only at the start are usual', () => {
    const found = faultsOf({ rss: (i) => (i < 2 ? 300 : 1324), minor: () => 80, major: (i) => (i < 2 ? 0 : 1024) });
    expect(found).toMatchObject({ kind: 'start-up' });
    expect(found?.statement).toBe(
      '1,024 major faults, all in the first 2 s, read 4 MiB from disk: usual at start-up; none in the 17 s since',
    );
  });
});

describe('counts', () => {
  it('need two samples', () => {
    expect(faultsOf({ rss: oneByOne, minor: oneByOne, count: 1 })).toBeUndefined();
    expect(pageFaultsOf(recordOf({ timelines: [sampledTimeline([{ rss: 1 }, { rss: 2 }])] }))).toEqual({});
  });

  it('that fall are another process or damage, and never a negative rate', () => {
    const found = faultsOf({
      rss: oneByOne,
      minor: (i) => (i < 10 ? i * 76 : (i - 10) * 76),
      major: (i) => (i < 10 ? 5 : 0),
    });
    expect(found).toMatchObject({ minor: 18 * 76, major: 0, minorPerHour: 273_600 });
  });

  it('without times tell no rate', () => {
    const found = faultsOf({ rss: oneByOne, minor: oneByOne, timed: false });
    expect(found).toMatchObject({ kind: 'new-memory', minor: 1444 });
    expect(found).not.toHaveProperty('minorPerHour');
    expect(found?.statement).toContain('over 1,444 minor faults, i.e.');
  });

  it('without RSS are told as they are', () => {
    const found = faultsOf({ minor: oneByOne });
    expect(found).not.toHaveProperty('kind');
    expect(found?.statement).toBe(
      '1,444 minor faults and no major faults in 19 s; no RSS was captured to compare them with',
    );
  });

  test('of any numbers give finite rates and a sentence', () => {
    const counts = fc.array(
      fc.record({
        takenAt: fc.nat(100_000).map((at) => START + at),
        rss: fc.option(fc.maxSafeNat(), { nil: undefined }),
        minorFaults: fc.maxSafeNat(),
        majorFaults: fc.maxSafeNat(),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(counts, fc.boolean(), (drawn, timed) => {
        const samples = drawn
          .toSorted((a, b) => a.takenAt - b.takenAt)
          .map(({ rss, ...rest }) => ({ ...rest, ...(rss === undefined ? {} : { rss }) }));
        const { pageFaults = [] } = pageFaultsOf(recordOf({ timelines: [sampledTimeline(samples, timed)] }));
        for (const { minor, major, minorPerHour = 0, majorPerHour = 0, statement } of pageFaults) {
          expect(Math.min(minor, major, minorPerHour, majorPerHour)).toBeGreaterThanOrEqual(0);
          expect(Number.isFinite(minorPerHour + majorPerHour)).toBe(true);
          expect(statement).not.toMatch(/NaN|Infinity|undefined/);
        }
      }),
    );
  });
});

describe('rest that RSS alone shows', () => {
  const falling = (major: (i: number) => number): Timeline =>
    timelineOf({ rss: (i) => 4000 - i * 50, minor: () => 80, major, count: 30 });
  const verdictOf = (timeline: Timeline): ReturnType<typeof judge>['verdict'] =>
    judge(recordOf({ timelines: [timeline] }), verdictRules, (_, error) => {
      throw error;
    }).verdict;

  it('is no objection while the kernel takes pages that are in use', () => {
    expect(verdictOf(falling(() => 0))).toMatchObject({ label: 'clean' });
    const verdict = verdictOf(falling((i) => i * 1000));
    expect(verdict).toMatchObject({ label: 'inconclusive', objections: [] });
    expect(verdict.missing.find(({ rule }) => rule === 'settled-usage')?.reason).toContain(
      'the kernel took pages away',
    );
  });

  it('counts where private memory and swap show it: the kernel cannot drop those', () => {
    const timeline = falling((i) => i * 1000);
    const samples = timeline.samples.map((sample) => ({ ...sample, privateDirty: MIB, swap: 0 }));
    expect(verdictOf({ ...timeline, samples })).toMatchObject({ label: 'clean' });
  });
});

describe('samples/page-faults', () => {
  it.each([
    ['growing', 'new-memory', 'leak'],
    ['huge', 'new-memory', 'leak'],
    ['churn', 'churn', 'clean'],
    ['thrashing', 'thrashing', 'clean'],
    ['start-up', 'start-up', 'clean'],
  ])('%s is %s', async (story, kind, label) => {
    const { programs, verdicts } = await analyze({ captures: [`samples/page-faults/${story}.tar.gz`] });
    const [program] = programs;
    const [faults] = program?.pageFaults ?? [];
    expect(faults).toMatchObject({ kind, timeline: 0 });
    expect(verdicts).toMatchObject([{ device: story, command: 'page-faults', label }]);
    const [run] = program?.runs ?? [];
    const last = program?.timelines[0]?.samples.at(-1);
    // The run went on for half a second and ended; `time` counted its fork before exec too.
    expect(run).toMatchObject({ tool: 'time', exitStatus: 0 });
    expect((run?.minorFaults ?? 0) - (last?.minorFaults ?? 0)).toBeGreaterThanOrEqual(0);
    expect((run?.majorFaults ?? 0) - (last?.majorFaults ?? 0)).toBeGreaterThanOrEqual(0);
    // The kernel counts the peak of RSS approximately, smaps exactly.
    const most = Math.max(...(program?.timelines[0]?.samples ?? []).map(({ rss = 0 }) => rss));
    expect(run?.peakRss ?? 0).toBeGreaterThan(0.95 * most);
  });

  it('counts what the programs take by construction', async () => {
    const { programs } = await analyze({ captures: ['samples/page-faults'] });
    const perTick = (story: string, kind: 'minorFaults' | 'majorFaults'): number => {
      const counts =
        programs.find(({ device }) => device === story)?.timelines[0]?.samples.map((one) => one[kind] ?? 0) ?? [];
      const steps = counts.slice(1).map((count, i) => count - (counts[i] ?? 0));
      return steps.toSorted((a, b) => a - b)[Math.floor(steps.length / 2)] ?? Number.NaN;
    };
    expect(perTick('growing', 'minorFaults')).toBe(76);
    expect(perTick('huge', 'minorFaults')).toBe(1);
    expect(perTick('churn', 'minorFaults')).toBe(1024);
    expect(perTick('thrashing', 'minorFaults')).toBe(0);
    expect(perTick('start-up', 'majorFaults')).toBe(0);
  });
});
