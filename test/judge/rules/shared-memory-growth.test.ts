import { expect, test } from 'vitest';
import { sharedMemoryGrowth } from '../../../src/judge/rules/shared-memory-growth.js';
import type { MappingSeries } from '../../../src/model/program.js';
import type { Finding } from '../../../src/model/verdict.js';
import { KIB, mappingOf, recordOf, timelineOf } from '../records.js';

const N = 24;
const count = Array.from({ length: N }, (_, i) => i);
const none = count.map(() => 0);
const flat = count.map(() => 400 * KIB);

/** A shared segment, or group of them, by what is touched and what is mapped. */
function segment(label: string, rss: readonly number[], size: readonly number[]): MappingSeries {
  return mappingOf(label, none, { kind: 'shared-memory', rss: [...rss], size: [...size] });
}

function findingsOf(mappings: readonly MappingSeries[], own: readonly number[] = flat): readonly Finding[] {
  const word = sharedMemoryGrowth.judge(recordOf({ timelines: [timelineOf(own, { mappings })] }));
  return 'reason' in word ? [] : word;
}

const rising = count.map((i) => 256 * KIB * (i + 1));

test('segments created again and again are a leak, with the group that has most of them', () => {
  const mappings = [segment('/memfd:still (deleted)', flat, flat), segment('/dev/shm/seg-*', rising, rising)];
  const [finding, ...others] = findingsOf(mappings);
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    bearing: 'for',
    strength: 'strong',
    shape: 'linear',
    measure: { growth: 23 * 256 * KIB, ratePerSample: 256 * KIB, where: '/dev/shm/seg-*' },
  });
  expect(finding?.statement).toMatch(
    /^Shared memory kept growing: 5\.8 MiB in 24 samples over 23 s, .*; most of it in "\/dev\/shm\/seg-\*"$/,
  );
});

test('a segment of fixed size that is touched bit by bit is none', () => {
  expect(
    findingsOf([
      segment(
        '/dev/shm/ring',
        rising,
        count.map(() => 64 * 1024 * KIB),
      ),
    ]),
  ).toEqual([]);
});

test('what drivers map without pages is judged by its size', () => {
  expect(findingsOf([segment('/dmabuf:*', none, rising)])).toMatchObject([{ measure: { where: '/dmabuf:*' } }]);
});

test('segments that come and go, or were created at the start, are none', () => {
  const cycle = count.map((i) => 256 * KIB * (i % 6));
  expect(findingsOf([segment('/dev/shm/seg-*', cycle, cycle)])).toEqual([]);
  const start = count.map((i) => 256 * KIB * Math.min(i, 5));
  expect(findingsOf([segment('/dev/shm/seg-*', start, start)])).toEqual([]);
});

test('private memory that grows is told by its own rule, other mappings are none of this', () => {
  expect(findingsOf([segment('/dev/shm/seg-*', rising, rising)], rising)).toEqual([]);
  expect(findingsOf([mappingOf('/usr/lib/libc.so.6', none, { kind: 'file', rss: rising, size: rising })])).toEqual([]);
  expect(findingsOf([])).toEqual([]);
});
