import { expect, test } from 'vitest';
import { mappingCountGrowth } from '../../../src/judge/rules/mapping-count-growth.js';
import { mappingOf, recordOf, sampledTimeline, timelineOf } from '../records.js';

const count = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const flat = count(24).map(() => 1e6);

test('two VMAs more each second, and of which kind', () => {
  const vmaCount = count(24).map((i) => 25 + 2 * i);
  const mappings = [
    mappingOf('/usr/lib/libc.so.6', flat, { vmaCount: count(24).map(() => 5) }),
    mappingOf('[anonymous]', flat, { vmaCount: count(24).map((i) => 3 + 2 * i) }),
  ];
  const word = mappingCountGrowth.judge(recordOf({ timelines: [timelineOf(flat, { vmaCount, mappings })] }));
  expect(word).toMatchObject([
    {
      bearing: 'for',
      strength: 'strong',
      statement:
        'The number of VMAs kept growing: from 25 to 71 in 24 samples over 23 s, p < 0.0001; "[anonymous]" multiplies, by 46 VMAs',
    },
  ]);
});

test('which kind, from the first snapshot whose mappings are known where those of the first sample are not', () => {
  const vmaCount = count(24).map((i) => 25 + 2 * i);
  const known = count(24).filter((i) => i % 5 === 3);
  const mappings = [
    mappingOf('/usr/lib/libc.so.6', known, { at: known, vmaCount: known.map(() => 60) }),
    mappingOf('[anonymous]', known, { at: known, vmaCount: known.map((i) => 3 + 2 * i) }),
  ];
  const word = mappingCountGrowth.judge(recordOf({ timelines: [timelineOf(flat, { vmaCount, mappings })] }));
  expect(word).toMatchObject([
    {
      statement:
        'The number of VMAs kept growing: from 25 to 71 in 24 samples over 23 s, p < 0.0001; "[anonymous]" multiplies, by 40 VMAs',
    },
  ]);
});

test('a rising count of few samples only leans', () => {
  const vmaCount = count(5).map((i) => 25 + 2 * i);
  const word = mappingCountGrowth.judge(recordOf({ timelines: [timelineOf(flat.slice(0, 5), { vmaCount })] }));
  expect(word).toMatchObject([{ strength: 'weak' }]);
});

test('libraries loaded at the start are no growth', () => {
  const vmaCount = count(24).map((i) => 25 + 5 * Math.min(i, 4));
  expect(mappingCountGrowth.judge(recordOf({ timelines: [timelineOf(flat, { vmaCount })] }))).toEqual([]);
});

test('does not apply where no sample counts VMAs', () => {
  const timeline = sampledTimeline(count(9).map((i) => ({ takenAt: i, rss: i })));
  expect(mappingCountGrowth.judge(recordOf({ timelines: [timeline] }))).toMatchObject({ rule: 'mapping-count-growth' });
});
