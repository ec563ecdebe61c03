import { describe, expect, test } from 'vitest';
import { judge } from '../../../src/judge/judge.js';
import { verdictRules } from '../../../src/judge/rules/index.js';
import { settledUsage } from '../../../src/judge/rules/settled-usage.js';
import { timelineGrowthOf } from '../../../src/judge/timeline-growth.js';
import type { Timeline } from '../../../src/model/program.js';
import type { Finding } from '../../../src/model/verdict.js';
import { chanceOf } from '../../verdicts/chance.js';
import { KIB, mappingOf, recordOf, timelineOf } from '../records.js';

const count = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

function findingsIn(timeline: Timeline): readonly Finding[] {
  const word = settledUsage.judge(recordOf({ timelines: [timeline] }));
  return 'reason' in word ? [] : word;
}

function objectionsTo(values: readonly number[]): readonly Finding[] {
  return findingsIn(timelineOf(values));
}

test('a sawtooth that comes back, also when the last tooth is cut', () => {
  const saw = count(38).map((i) => 500 * KIB + (i % 8) * 480 * KIB);
  expect(objectionsTo(saw)).toMatchObject([{ bearing: 'against', strength: 'strong' }]);
  expect(objectionsTo(saw)[0]?.statement).toBe(
    'Private dirty memory and swap came back to 500 KiB after each rise: the floor of 4 cycles moved by 0 bytes in 38 samples over 37 s',
  );
});

test('a warm-up that ended', () => {
  const values = count(36).map((i) => Math.min(i, 7) * 800 * KIB);
  expect(objectionsTo(values)[0]?.statement).toBe(
    '100 % of the growth happened in the first 8 of 36 samples; settled since, for 28 s',
  );
});

test('a single step', () => {
  const values = count(30).map((i) => (i > 10 ? 9000 * KIB : 100 * KIB));
  expect(objectionsTo(values)[0]?.statement).toContain('in steps; settled since');
});

test('flat, and how flat', () => {
  expect(objectionsTo(count(8).map(() => 96 * KIB))[0]?.statement).toContain('did not change in 8 samples');
  expect(objectionsTo(count(8).map((i) => (i % 3) * 4 * KIB))[0]?.statement).toContain('stayed within 8 KiB');
});

test('few samples count only where memory stays within a page', () => {
  expect(objectionsTo([4, 4, 8].map((kib) => kib * KIB))).toMatchObject([{ strength: 'weak' }]);
  expect(objectionsTo([4, 4, 12].map((kib) => kib * KIB))).toEqual([]);
});

test('memory that was given back', () => {
  const values = count(12).map((i) => (i < 4 ? 660 : 92) * KIB);
  expect(objectionsTo(values)[0]?.statement).toContain('fell by 568 KiB');
});

test('noise without a trend', () => {
  const told = count(20).filter((seed) => {
    const chance = chanceOf(seed + 1);
    const pages = count(60).map(() => 2000 + Math.round(100 * chance.normal()));
    return objectionsTo(pages.map((page) => page * 4 * KIB))[0]?.statement.includes('showed no trend');
  });
  expect(told.length).toBeGreaterThanOrEqual(17);
});

test('pages that stopped being shared', () => {
  const timeline = timelineOf(count(20).map((i) => i * 160 * KIB));
  const samples = timeline.samples.map((sample) => ({ ...sample, rss: 8192 * KIB }));
  const word = settledUsage.judge(recordOf({ timelines: [{ ...timeline, samples }] }));
  expect(word).toMatchObject([{ bearing: 'against', statement: expect.stringContaining('copy on write') as string }]);
});

test('not told where RSS was printed too roughly to show the growth, as by smem -k', () => {
  const timeline = timelineOf(count(25).map((i) => (180 + 3 * i) * KIB));
  const printedAs = (rss: number): Timeline => ({
    ...timeline,
    samples: timeline.samples.map((sample) => ({ ...sample, rss })),
  });
  const judged = (rss: number): unknown => settledUsage.judge(recordOf({ timelines: [printedAs(rss)] }));
  expect(judged(Math.round(1.7 * 1024 * KIB))).toMatchObject([]);
  expect(judged(1740 * KIB)).toMatchObject([{ bearing: 'against' }]);
});

test('says nothing of growth, of a step at the very end, or of a mapping that grows behind others', () => {
  const heap = count(24).map((i) => i * 12 * KIB);
  const shrinking = count(24).map((i) => 4000 * KIB - i * 20 * KIB);
  const mappings = [mappingOf('[heap]', heap), mappingOf('[anonymous]', shrinking)];
  const masked = timelineOf(
    heap.map((bytes, i) => bytes + (shrinking[i] ?? 0)),
    { mappings },
  );
  expect(objectionsTo(heap)).toEqual([]);
  expect(objectionsTo(count(20).map((i) => (i > 17 ? 9000 * KIB : 0)))).toEqual([]);
  expect(settledUsage.judge(recordOf({ timelines: [masked] }))).toEqual([]);
});

test('a few snapshots in which memory happens to rise hide nothing that all samples show', () => {
  const total = count(240).map((i) => (2000 + ((i * 97) % 240)) * 4 * KIB);
  const rising = count(240).filter((i) => Math.abs(((i * 97) % 240) - i) < 12);
  const of = (numbers: readonly number[]): number[] => numbers.map((i) => total[i] ?? 0);
  const heap = mappingOf('[heap]', of(rising), { at: rising });
  const [objection] = objectionsTo(total);
  const word = settledUsage.judge(recordOf({ timelines: [timelineOf(total, { mappings: [heap] })] }));
  expect(timelineGrowthOf(timelineOf(of(rising))).growth.state).toBe('growing');
  expect(word).toMatchObject([{ bearing: 'against', statement: objection?.statement }]);
});

test('does not apply without samples', () => {
  expect(settledUsage.judge(recordOf())).toEqual({ rule: 'settled-usage', reason: 'no memory samples' });
});

describe('address space that is reserved and not touched', () => {
  const vssOf = (at: (i: number) => number): Timeline => {
    const timeline = timelineOf(count(24).map(() => 96 * KIB));
    return { ...timeline, samples: timeline.samples.map((sample, i) => ({ ...sample, vss: at(i) * 1024 * KIB })) };
  };

  test('is told, and not accused', () => {
    const record = recordOf({ timelines: [vssOf((i) => 100 + 8 * i)] });
    const { verdict } = judge(record, verdictRules, (rule, error) => {
      throw new Error(`rule ${rule} failed`, { cause: error });
    });
    expect(verdict.label).toBe('clean');
    expect(verdict.grounds).toEqual([]);
    expect(verdict.objections[0]?.statement).toMatch(
      /^Private dirty .* did not change in .*; its address space \(VSS\) kept growing, by 184 MiB, .* per hour.*: reserved, but not touched$/,
    );
  });

  test('is not told where it stays', () => {
    const [finding] = findingsIn(vssOf(() => 100));
    expect(finding?.statement).not.toContain('VSS');
  });
});

test('three readings of one moment are no rest', () => {
  const timeline = timelineOf([800 * KIB, 800 * KIB, 800 * KIB], { step: 50 });
  expect(findingsIn(timeline)).toEqual([]);
  const { verdict } = judge(recordOf({ timelines: [timeline] }), verdictRules, () => undefined);
  expect(verdict.label).toBe('inconclusive');
  expect(verdict.missing.map(({ reason }) => reason)).toContainEqual(
    expect.stringMatching(/^3 samples within a second are one moment; take samples for minutes/),
  );
});
