import { describe, expect, test } from 'vitest';
import { privateGrowth } from '../../../src/judge/rules/private-growth.js';
import type { ProgramRecord, Timeline } from '../../../src/model/program.js';
import type { Finding } from '../../../src/model/verdict.js';
import { KIB, mappingOf, recordOf, sampledTimeline, timelineOf } from '../records.js';

const PAGE = 4 * KIB;
const count = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const rising = (n: number): number[] => count(n).map((i) => 116 * KIB + i * 12 * KIB);

function findingsOf(timeline: Timeline, parts: Partial<ProgramRecord> = {}): readonly Finding[] {
  const word = privateGrowth.judge(recordOf({ timelines: [timeline], ...parts }));
  return 'reason' in word ? [] : word;
}

describe('strength', () => {
  test.each([
    [3, 'weak'],
    [7, 'weak'],
    [8, 'strong'],
    [26, 'strong'],
  ])('%d samples in steps of 12 KiB: %s', (n, strength) => {
    expect(findingsOf(timelineOf(rising(n)))).toMatchObject([{ bearing: 'for', strength }]);
  });

  test('RSS alone is only a suspicion', () => {
    const timeline = sampledTimeline(rising(20).map((rss, i) => ({ takenAt: i * 1000, rss })));
    expect(findingsOf(timeline)).toMatchObject([{ strength: 'weak' }]);
  });

  test('USS and swap of a smem table prove it', () => {
    const timeline = sampledTimeline(rising(20).map((uss, i) => ({ takenAt: i * 1000, uss, swap: 0, rss: uss + 1e6 })));
    expect(findingsOf(timeline)).toMatchObject([{ strength: 'strong' }]);
  });

  test('15 KiB in all is less than counts, 28 KiB is not', () => {
    const pages = (every: number): number[] => count(29).map((i) => Math.floor(i / every) * PAGE);
    expect(findingsOf(timelineOf(pages(8)))).toEqual([]);
    expect(findingsOf(timelineOf(pages(4)))).toMatchObject([{ strength: 'strong' }]);
  });
});

test('12,304 bytes a tick, seen in whole pages: the rate is within 1 %', () => {
  const values = count(60).map((i) => Math.ceil((i * 12_304) / PAGE) * PAGE);
  const rate = findingsOf(timelineOf(values))[0]?.measure?.ratePerHour ?? 0;
  expect(Math.abs(rate / (12_304 * 3600) - 1)).toBeLessThan(0.01);
});

test('memory that went to swap still grows', () => {
  const resident = count(20).map((i) => 4000 * KIB - i * 50 * KIB);
  const swap = count(20).map((i) => i * 70 * KIB);
  const [finding] = findingsOf(timelineOf(resident, { swap }));
  expect(finding).toMatchObject({ strength: 'strong', measure: { growth: 19 * 20 * KIB } });
});

test('pages that stop being shared are no growth', () => {
  const samples = count(20).map((i) => ({ takenAt: i * 1000, privateDirty: i * 40 * PAGE, swap: 0, rss: 8192 * KIB }));
  expect(findingsOf(sampledTimeline(samples))).toEqual([]);
});

test('shared memory of a fixed size that is touched bit by bit is only a suspicion, and told what is left', () => {
  const touched = count(20).map((i) => i * 80 * KIB);
  const segmentOf = (size: number[]): Timeline =>
    timelineOf(touched, { mappings: [mappingOf('/memfd:ring (deleted)', touched, { kind: 'shared-memory', size })] });
  const [fixed] = findingsOf(segmentOf(count(20).map(() => 4096 * KIB)));
  expect(fixed).toMatchObject({ strength: 'weak', statement: expect.stringContaining('2.5 MiB are left') as string });
  expect(findingsOf(segmentOf(touched))).toMatchObject([{ strength: 'strong' }]);
});

test('a mapping that comes and goes each day carries no growth, one that grows behind it does', () => {
  const daily = count(100).map((i) => Math.round(700 * (1 + Math.sin((i * Math.PI) / 12))) * PAGE);
  const heap = daily.map((bytes, i) => bytes + 2 * i * PAGE);
  const table = count(100).map((i) => Math.floor(i / 14) * PAGE);
  const total = heap.map((bytes, i) => bytes + (table[i] ?? 0));
  const mappings = [mappingOf('[heap]', heap), mappingOf('[anonymous]', table, { kind: 'anonymous' })];
  expect(findingsOf(timelineOf(total, { mappings }))[0]?.measure?.where).toBe('[heap]');
});

test('a daily cycle is no un-sharing: what is shared stays', () => {
  const daily = count(100).map((i) => Math.round(700 * (1 + Math.sin(((i + 20) * Math.PI) / 12)) + i) * PAGE);
  const timeline = timelineOf(daily, { mappings: [mappingOf('[heap]', daily)] });
  expect(findingsOf(timeline)).toMatchObject([{ strength: 'strong', measure: { where: '[heap]' } }]);
});

test('dropped file pages do not hide growth of the heap', () => {
  const heap = count(20).map((i) => i * 10 * PAGE);
  const samples = heap.map((privateDirty, i) => ({ takenAt: i * 1000, privateDirty, swap: 0, rss: 9e6 }));
  const timeline = { ...sampledTimeline(samples), mappings: [mappingOf('[heap]', heap)] };
  expect(findingsOf(timeline)).toMatchObject([{ strength: 'strong', measure: { where: '[heap]' } }]);
});

test('names the mapping that carries the growth', () => {
  const n = 20;
  const mappings = [
    mappingOf(
      '/usr/lib/libc.so.6',
      count(n).map(() => 8 * PAGE),
    ),
    mappingOf(
      '[heap]',
      count(n).map((i) => i * 3 * PAGE),
    ),
    mappingOf(
      '[anonymous]',
      count(n).map((i) => i * PAGE),
    ),
  ];
  const total = count(n).map((i) => 8 * PAGE + i * 4 * PAGE);
  const [finding] = findingsOf(timelineOf(total, { mappings }));
  expect(finding?.measure?.where).toBe('[heap]');
  expect(finding?.statement).toContain('most of it in "[heap]"');
});

describe('a mapping that grows behind others that shrink', () => {
  const n = 24;
  const heap = count(n).map((i) => 400 * KIB + i * 12 * KIB);
  const timelineWith = (other: readonly number[]): Timeline =>
    timelineOf(
      heap.map((bytes, i) => bytes + (other[i] ?? 0)),
      { mappings: [mappingOf('[heap]', heap), mappingOf('[anonymous]', other)] },
    );

  test('is found', () => {
    const [finding] = findingsOf(timelineWith(count(n).map((i) => 2000 * KIB - i * 20 * KIB)));
    expect(finding).toMatchObject({ strength: 'strong', measure: { where: '[heap]', ratePerSample: 12 * KIB } });
    expect(finding?.statement).toMatch(/^The total does not show it/);
  });

  test('is a leak even where others shrink by as much: they cannot for ever', () => {
    const [finding] = findingsOf(timelineWith(count(n).map((i) => 2000 * KIB - i * 12 * KIB)));
    expect(finding).toMatchObject({ strength: 'strong', measure: { where: '[heap]' } });
  });
});

describe('time', () => {
  test('a warm-up is not part of the rate of the leak after it', () => {
    const values = count(40).map((i) => Math.min(i, 6) * 2048 * KIB + i * 12 * KIB);
    const [finding] = findingsOf(timelineOf(values));
    expect(finding).toMatchObject({ strength: 'strong', measure: { ratePerSample: 12 * KIB } });
    expect(finding?.statement).toMatch(/the last \d+ samples over .* since sample \d+/);
  });

  test('irregular times, a long gap and two samples at one time: the rate holds', () => {
    const seconds = [0, 1, 3, 4, 4, 9, 10, 11, 20, 21, 3600, 3601, 3605, 3606, 3610, 3620];
    const samples = seconds.map((second) => ({ takenAt: second * 1000, privateDirty: second * 4 * PAGE, swap: 0 }));
    const [finding] = findingsOf(sampledTimeline(samples));
    expect(finding?.measure?.ratePerHour).toBeCloseTo(3600 * 4 * PAGE, 0);
  });

  test('100,000 samples are judged by the minima of runs', () => {
    const timeline = timelineOf(count(100_000).map((i) => 8e6 + Math.floor(i / 20) * PAGE + (i % 7) * 16 * PAGE));
    const [finding] = findingsOf(timeline);
    expect(finding).toMatchObject({ strength: 'strong' });
    expect((finding?.measure?.ratePerSample ?? 0) / (PAGE / 20)).toBeCloseTo(1, 2);
  });
});

test('no samples at all: says what to take', () => {
  expect(privateGrowth.judge(recordOf())).toEqual({
    rule: 'private-growth',
    reason: 'no memory samples; take at least 3 samples, better 20',
  });
});

test('few samples that do not settle anything: says what is missing', () => {
  const word = privateGrowth.judge(
    recordOf({ timelines: [timelineOf([0, 9, 3, 8].map((pages) => pages * 10 * PAGE))] }),
  );
  expect(word).toMatchObject({ reason: expect.stringContaining('take 4 more, better 20') as string });
});
