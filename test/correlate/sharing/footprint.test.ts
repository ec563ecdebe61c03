import { describe, expect, it } from 'vitest';
import { analyze } from '../../../src/analyze.js';
import { footprintOf } from '../../../src/correlate/sharing/footprint.js';
import type { Footprint } from '../../../src/model/footprint.js';
import { correlated, MINUTE, NINE, onlyRecord, sample, snapshot, type VmaRow } from '../build-captures.js';

const KIB = 1024;
const at = (minute: number) => ({ command: 'sensord', pid: 7, takenAt: NINE + minute * MINUTE });
const heap = (kib: Record<string, number>): VmaRow => ({ start: 0x10000, end: 0x90000, name: '[heap]', kib });
const snapshotAt = (minute: number, kib: Record<string, number>) =>
  snapshot(at(minute), [heap(kib)], `${minute}/smaps`);

function footprint(...captures: Parameters<typeof correlated>): Footprint | undefined {
  const [timeline] = onlyRecord(correlated(...captures)).timelines;
  return timeline && footprintOf(timeline);
}

describe('the footprint of a process', () => {
  it('is USS and swap where it ends, PSS and its part of the swap where it is charged', () => {
    const counters = {
      Rss: 300,
      Pss: 200,
      Private_Clean: 20,
      Private_Dirty: 80,
      Swap: 50,
      SwapPss: 40,
      Anonymous: 280,
    };
    expect(footprint(snapshotAt(0, counters))).toEqual({
      pid: 7,
      takenAt: NINE,
      rss: 300 * KIB,
      pss: 200 * KIB,
      uss: 100 * KIB,
      swap: 50 * KIB,
      swapPss: 40 * KIB,
      freed: 140 * KIB,
      charged: 240 * KIB,
      sharedWithForks: 180 * KIB,
      sharedWithForksAtFirst: 180 * KIB,
    });
  });

  it('follows what is shared with forks from the first snapshot to the last', () => {
    const shared = (own: number) => ({ Rss: 300, Pss: 200, Private_Clean: 0, Private_Dirty: own, Anonymous: 300 });
    expect(footprint(snapshotAt(0, shared(100)), snapshotAt(1, shared(100)), snapshotAt(2, shared(250)))).toMatchObject(
      {
        sharedWithForksAtFirst: 200 * KIB,
        sharedWithForks: 50 * KIB,
      },
    );
  });

  it('has what smem tells, and no part of a snapshot of another instant', () => {
    const counters = { Rss: 300, Pss: 200, Private_Clean: 0, Private_Dirty: 80, SwapPss: 9, Anonymous: 280 };
    const later = sample(at(1), { uss: 90 * KIB, pss: 210 * KIB, swap: 10 * KIB }, '1/smem');
    expect(footprint(snapshotAt(0, counters), later)).toEqual({
      pid: 7,
      takenAt: NINE + MINUTE,
      pss: 210 * KIB,
      uss: 90 * KIB,
      swap: 10 * KIB,
      freed: 100 * KIB,
      charged: 220 * KIB,
    });
  });

  it('is not known without USS or PSS', () => {
    expect(footprint(sample(at(0), { rss: 9 * KIB, uss: 9 * KIB }, '0/status'))).toBeUndefined();
    expect(footprint(sample(at(0), { rss: 9 * KIB, pss: 9 * KIB }, '0/status'))).toBeUndefined();
  });

  it('tells of a real parent what it still shares with its snapshotting fork', async () => {
    const { programs, verdicts } = await analyze({ captures: ['samples/pairs/snapshot-repaired.tar.gz'] });
    const told = programs[0]?.footprint;
    expect(told?.sharedWithForksAtFirst).toBe(4076 * KIB);
    expect(told?.sharedWithForks).toBe(2972 * KIB);
    // A parent that un-shares is explained, not accused.
    expect(verdicts[0]?.label).toBe('clean');
  });
});
