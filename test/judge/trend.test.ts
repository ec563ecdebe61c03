import { expect, test } from 'vitest';
import { trendOf } from '../../src/judge/trend.js';
import { KIB, sampledTimeline, timelineOf } from './records.js';

const count = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

test('the line of a leak', () => {
  expect(trendOf(timelineOf(count(26).map((i) => 116 * KIB + i * 12 * KIB)))).toEqual({
    measure: 'private',
    from: 116 * KIB,
    to: 416 * KIB,
    ratePerHour: 12 * KIB * 3600,
  });
});

test('begins where the part that grows begins', () => {
  const trend = trendOf(timelineOf(count(40).map((i) => Math.max(0, i - 20) * 12 * KIB)));
  expect(trend?.firstSample).toBe(20);
  expect(trend?.to).toBeCloseTo(19 * 12 * KIB, 3);
});

test('per sample without times', () => {
  const timeline = sampledTimeline(
    count(8).map((i) => ({ rss: 5 + i })),
    false,
  );
  expect(trendOf(timeline)).toEqual({ measure: 'rss', from: 5, to: 12, ratePerSample: 1 });
});

test('none for one sample or none', () => {
  expect(trendOf(timelineOf([1]))).toBeUndefined();
  expect(trendOf(timelineOf([]))).toBeUndefined();
});
