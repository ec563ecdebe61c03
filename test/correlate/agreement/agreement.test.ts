import { describe, expect, it } from 'vitest';
import { agreementsOfRecords } from '../../../src/correlate/agreement/agreement.js';
import { COUNTER_LAG } from '../../../src/correlate/agreement/total-rounding.js';
import { emptyLedger, fold, merge } from '../../../src/correlate/ledger.js';
import { recordsOf } from '../../../src/correlate/records.js';
import type { Capture, SampleCapture } from '../../../src/model/capture.js';
import type { Sample } from '../../../src/model/memory.js';
import { correlated, MINUTE, NINE, sample, smaps, snapshot } from '../build-captures.js';

const KIB = 1024;
const WHO = { command: 'sensord', pid: 7 };
const at = (minute: number) => ({ ...WHO, takenAt: NINE + minute * MINUTE });

/** Two VMAs: 4 KiB of code, and the heap. */
const snapshotAt = (minute: number, heap: number) => smaps(at(minute), heap, `${minute}/7/smaps`);
const told = (minute: number, kib: Partial<Record<keyof Sample, number>>, format = 'smem'): SampleCapture => {
  const totals = Object.fromEntries(Object.entries(kib).map(([name, amount]) => [name, amount * KIB]));
  return sample(at(minute), totals, `${minute}/${format}`, format, 3);
};

const disagreements = (...captures: Capture[]) =>
  correlated(...captures).problems.filter(({ code }) => code === 'totals-disagree');
const agreements = (...captures: Capture[]) => agreementsOfRecords(correlated(...captures).records);

describe('agreement of tools', () => {
  it('is equal up to 1 kB for each VMA, and no further', () => {
    const equal = told(0, { rss: 104, pss: 102, uss: 104 });
    expect(agreements(snapshotAt(0, 100), equal)).toEqual([
      {
        reference: 'smaps',
        tool: 'smem',
        processes: 1,
        samples: 1,
        equal: 1,
        moved: 0,
        totals: ['rss', 'pss', 'uss'],
        largest: 2 * KIB,
      },
    ]);
    expect(disagreements(snapshotAt(0, 100), equal)).toEqual([]);
    expect(agreements(snapshotAt(0, 100), told(0, { rss: 107 }))).toMatchObject([{ equal: 0, moved: 0 }]);
  });

  it('is told as a problem where it fails, with both places and the amounts', () => {
    const [problem, ...others] = disagreements(snapshotAt(0, 100), told(0, { rss: 150 }));
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ severity: 'warning', file: '0/smem', line: 3 });
    expect(problem?.message).toBe(
      'smem says RSS 150 kB of "sensord" (pid 7), smaps of the same instant 104 kB (0/7/smaps:1): 46 kB apart, where ' +
        'rounding explains 2 kB; so in 1 of 1 samples. The process ran on between the two, or one is wrong',
    );
  });

  it('tells the worst of many in one problem', () => {
    const captures = [0, 1, 2, 3].flatMap((minute) => [
      snapshotAt(minute, 100),
      told(minute, { rss: minute === 3 ? 104 : 150 + minute }),
    ]);
    expect(
      disagreements(...captures).map(({ file, message }) => [file, /so in .* samples/.exec(message)?.[0]]),
    ).toEqual([['2/smem', 'so in 3 of 4 samples']]);
    expect(agreements(...captures)).toMatchObject([{ samples: 4, equal: 1, moved: 0, largest: 48 * KIB }]);
  });

  it('is not broken by what the process does between two readings, as far as it is seen to do it', () => {
    const steps = [snapshotAt(0, 100), snapshotAt(1, 200)];
    expect(agreements(...steps, told(0, { rss: 200 }))).toMatchObject([{ equal: 0, moved: 1 }]);
    expect(disagreements(...steps, told(0, { rss: 200 }))).toEqual([]);
    expect(disagreements(...steps, told(0, { rss: 207 }))).toHaveLength(1);
  });

  it('lets another process that starts halve PSS of what is not private and dirty, but not RSS', () => {
    const libc = { Size: 400, Rss: 400, Pss: 400, Private_Clean: 400, Private_Dirty: 0 };
    const heap = { Size: 100, Rss: 100, Pss: 100, Private_Clean: 0, Private_Dirty: 100 };
    const rows = [
      { start: 0x10000, end: 0x74000, permissions: 'r-xp', name: '/lib/libc.so.6', kib: libc },
      { start: 0x80000, end: 0x99000, name: '[heap]', kib: heap },
    ];
    const snapshots = snapshot(at(0), rows, '0/7/smaps');
    expect(disagreements(snapshots, told(0, { pss: 300, uss: 100 }))).toEqual([]);
    expect(agreements(snapshots, told(0, { pss: 300, uss: 100 }))).toMatchObject([{ equal: 0, moved: 1 }]);
    expect(disagreements(snapshots, told(0, { pss: 290 }))).toHaveLength(1);
    expect(disagreements(snapshots, told(0, { rss: 400 }))).toHaveLength(1);
  });

  it('knows that the counters behind status lag, and VSS is exact', () => {
    const lag = COUNTER_LAG / KIB;
    expect(disagreements(snapshotAt(0, 100), told(0, { rss: 104 + lag }, 'status'))).toEqual([]);
    expect(disagreements(snapshotAt(0, 100), told(0, { rss: 107 + lag }, 'status'))).toHaveLength(1);
    expect(disagreements(snapshotAt(0, 100), told(0, { vss: 110 }, 'status'))).toHaveLength(1);
  });

  it('allows half of the last printed digit where smem -k rounded', () => {
    const rounded = sample(at(0), { rss: 10.3 * KIB * KIB, uss: 10.3 * KIB * KIB }, '0/smem');
    expect(agreements(snapshotAt(0, 10_500), rounded)).toMatchObject([{ equal: 1 }]);
    expect(agreements(snapshotAt(0, 10_600), rounded)).toMatchObject([{ equal: 0 }]);
  });

  it('compares one instant only, and no tool that told it in two ways', () => {
    expect(agreements(snapshotAt(0, 100), told(1, { rss: 104 }))).toEqual([]);
    expect(agreements(snapshotAt(0, 100))).toEqual([]);
    const twice = [told(0, { rss: 104 }), { ...told(0, { rss: 300 }), origin: { file: '0/smem', line: 9 } }];
    expect(agreements(snapshotAt(0, 100), ...twice)).toEqual([]);
  });

  it('takes no time from files for an instant, and no total that means something else', () => {
    const copied: Capture[] = [snapshotAt(0, 100), told(0, { rss: 200 })].map((capture) => ({
      ...capture,
      context: { ...capture.context, sources: { takenAt: 'modification-time' } },
    }));
    expect(agreements(...copied)).toEqual([]);
    expect(agreements(snapshotAt(0, 100), told(0, { pss: 900 }, 'dumpsys-meminfo-process'))).toEqual([]);
  });

  it('is the same whatever the order in which ledgers are folded and merged', () => {
    const captures = [0, 1, 2].flatMap((minute) => [
      told(minute, { rss: 150 - minute }, 'smem'),
      snapshotAt(minute, 100),
      told(minute, { rss: 104 }, 'procrank'),
    ]);
    const whole = correlated(...captures);
    const [left, right] = [emptyLedger(), emptyLedger()];
    captures.forEach((capture, index) => {
      fold(index % 2 === 0 ? right : left, capture);
    });
    const merged = recordsOf(merge(right, left));
    expect(agreementsOfRecords(merged.records)).toEqual(agreementsOfRecords(whole.records));
    expect(merged.problems).toEqual(whole.problems);
    expect(agreementsOfRecords(whole.records).map(({ tool }) => tool)).toEqual(['procrank', 'smem']);
  });

  it('adds up processes', () => {
    const other = { command: 'sensord', pid: 8, takenAt: NINE };
    const captures = [
      snapshotAt(0, 100),
      told(0, { rss: 104 }),
      smaps(other, 50, '0/8/smaps'),
      sample(other, { pss: 54 * KIB }, '0/smem', 'smem', 4),
    ];
    expect(agreements(...captures)).toMatchObject([{ processes: 2, samples: 2, equal: 2, totals: ['rss', 'pss'] }]);
  });
});
