import { expect, test } from 'vitest';
import { privateSeriesOf, seriesOf } from '../../src/judge/series.js';
import { sampledTimeline } from './records.js';

test('private dirty memory and swap come before USS, USS before RSS', () => {
  const all = { rss: 9, uss: 5, swap: 1, privateDirty: 3 };
  expect(privateSeriesOf(sampledTimeline([all, all, all], false))).toMatchObject({
    measure: 'private',
    values: [4, 4, 4],
  });
  const smem = { rss: 9, uss: 5, swap: 1 };
  expect(privateSeriesOf(sampledTimeline([smem, smem, smem], false))).toMatchObject({
    measure: 'uss',
    values: [6, 6, 6],
  });
  expect(privateSeriesOf(sampledTimeline([{ rss: 9 }], false))).toMatchObject({ measure: 'rss', values: [9] });
});

test('counters are not mixed: samples without the chosen one are left out', () => {
  const samples = [
    { privateDirty: 3, swap: 0, rss: 9 },
    { rss: 10 },
    { privateDirty: 4, swap: 0 },
    { privateDirty: 5, swap: 0 },
  ];
  expect(privateSeriesOf(sampledTimeline(samples, false))).toMatchObject({ at: [0, 2, 3], values: [3, 4, 5] });
});

test('a counter that hardly any sample has is not chosen', () => {
  const samples = Array.from({ length: 20 }, (_, i) => (i < 3 ? { privateDirty: 1, swap: 0, rss: 9 } : { rss: 9 }));
  expect(privateSeriesOf(sampledTimeline(samples, false)).measure).toBe('rss');
});

test('times in hours since the first sample; of two at one time the last', () => {
  const samples = [0, 3_600_000, 3_600_000, 7_200_000].map((takenAt, i) => ({ takenAt: 1e12 + takenAt, rss: i }));
  expect(seriesOf(sampledTimeline(samples), ({ rss }) => rss)).toEqual({
    at: [0, 2, 3],
    times: [0, 1, 2],
    values: [0, 2, 3],
  });
});

test('what is not finite is left out', () => {
  const samples = [{ rss: Number.NaN }, { rss: 1 }, {}, { rss: Number.POSITIVE_INFINITY }];
  expect(seriesOf(sampledTimeline(samples, false), ({ rss }) => rss)).toEqual({ at: [1], times: [1], values: [1] });
});
