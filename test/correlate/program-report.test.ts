import { expect, it } from 'vitest';
import { MOST_LISTED } from '../../src/correlate/listed-samples.js';
import { programReportOf } from '../../src/correlate/program-report.js';
import { correlated, MINUTE, NINE, onlyRecord, sample, smaps, snapshot } from './build-captures.js';

const KIB = 1024;
const at = (minute: number) => ({ command: 'sensord', pid: 812, takenAt: NINE + minute * MINUTE });
const late = { start: 0x10000, end: 0x20000, name: '[anon:late]', kib: { Rss: 8, Private_Dirty: 8 } };

it('a mapping grows from the first snapshot to the last, not from samples that show no mappings', () => {
  const record = onlyRecord(
    correlated(
      sample(at(0), { rss: 1 }, '0/smem.csv'),
      smaps(at(1), 100, '1/smaps'),
      smaps(at(2), 130, '2/smaps'),
      snapshot(at(3), [late], '3/smaps'),
      sample(at(4), { rss: 1 }, '4/smem.csv'),
    ),
  );
  const { mappings, vmas, vmaOrigin } = programReportOf(record, [undefined], 812);
  expect(mappings.map(({ label, growth, privateBytes }) => [label, growth, privateBytes])).toEqual([
    ['[anon:late]', 8 * KIB, 8 * KIB],
    ['/opt/demo/sensord', 0, 0],
    ['[heap]', -100 * KIB, 0],
  ]);
  expect(vmaOrigin).toEqual({ file: '3/smaps', line: 1 });
  expect(vmas.map(({ pathname, growth }) => [pathname, growth])).toEqual([['[anon:late]', 8 * KIB]]);
});

it('of a long series the telling samples are listed, and what points to samples points to these', () => {
  const captures = Array.from({ length: MOST_LISTED + 1000 }, (_, i) =>
    smaps(at(i), i === 2345 ? 9000 : 100 + Math.floor(i / 100), 'smaps.log', i + 1),
  );
  const record = onlyRecord(correlated(...captures));
  const trend = { measure: 'private', from: 0, to: 1, firstSample: 1234 } as const;
  const report = programReportOf(record, [trend], 812);
  const [timeline] = report.timelines;
  const all = record.timelines[0]?.samples ?? [];
  expect(timeline?.thinned?.of).toBe(all.length);
  expect(timeline?.samples.length).toBeLessThanOrEqual(MOST_LISTED);
  expect(timeline?.thinned?.at.map((number) => all[number]?.takenAt)).toEqual(
    timeline?.samples.map(({ takenAt }) => takenAt),
  );
  expect(timeline?.samples[timeline.trend?.firstSample ?? 0]?.takenAt).toBe(all[1234]?.takenAt);
  expect(Math.max(...(timeline?.samples.map(({ privateDirty = 0 }) => privateDirty) ?? []))).toBe(9000 * KIB);
  const heap = report.categorySeries?.series.find(({ category }) => category === 'heap');
  expect(heap?.bytes.length).toBeGreaterThan(100);
  const listed = report.categorySeries?.at.map((place) => timeline?.samples[place]?.privateDirty);
  expect(listed).toEqual(heap?.bytes);
});
