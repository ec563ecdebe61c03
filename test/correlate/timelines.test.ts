import { describe, expect, it } from 'vitest';
import type { Capture } from '../../src/model/capture.js';
import { correlated, MINUTE, NINE, onlyRecord, sample, smaps, snapshot, type VmaRow } from './build-captures.js';

const KIB = 1024;
const sensord = { command: 'sensord', pid: 812 };

function rssOf(captures: Capture[]): (number | undefined)[][] {
  return onlyRecord(correlated(...captures)).timelines.map(({ samples }) => samples.map(({ rss }) => rss));
}

describe('a timeline', () => {
  it('is in order of time, whatever the files are called', () => {
    const captures = [
      smaps({ ...sensord, takenAt: NINE + MINUTE }, 20, 'a/smaps'),
      smaps({ ...sensord, takenAt: NINE }, 10, 'b/smaps'),
    ];
    const [timeline] = onlyRecord(correlated(...captures)).timelines;
    expect(timeline).toMatchObject({ pid: 812, timed: true });
    expect(timeline?.samples).toEqual([
      {
        takenAt: NINE,
        origin: { file: 'b/smaps', line: 1 },
        vss: 14 * KIB,
        rss: 14 * KIB,
        pss: 14 * KIB,
        uss: 14 * KIB,
        swap: 0,
        privateDirty: 10 * KIB,
        unreclaimable: 10 * KIB,
        vmaCount: 2,
      },
      {
        takenAt: NINE + MINUTE,
        origin: { file: 'a/smaps', line: 1 },
        vss: 24 * KIB,
        rss: 24 * KIB,
        pss: 24 * KIB,
        uss: 24 * KIB,
        swap: 0,
        privateDirty: 20 * KIB,
        unreclaimable: 20 * KIB,
        vmaCount: 2,
      },
    ]);
    expect(timeline?.first?.origin.file).toBe('b/smaps');
    expect(timeline?.last?.origin.file).toBe('a/smaps');
  });

  it('without times is in the order of the files, numbers by value', () => {
    const captures = [smaps(sensord, 30, 'smaps.10'), smaps(sensord, 10, 'smaps.1'), smaps(sensord, 20, 'smaps.2')];
    const [timeline] = onlyRecord(correlated(...captures)).timelines;
    expect(timeline?.timed).toBe(false);
    expect(timeline?.samples.map(({ privateDirty }) => privateDirty)).toEqual([10 * KIB, 20 * KIB, 30 * KIB]);
    expect(timeline?.last?.origin.file).toBe('smaps.10');
  });

  it('ends where a new pid begins, one after the other and side by side', () => {
    const captures = [0, 1, 2].flatMap((i) => [
      sample({ command: 'sensord', pid: 1, takenAt: NINE + i * MINUTE }, { rss: 10 + i }, `${i}/smem.csv`, 'smem', 2),
      sample({ command: 'sensord', pid: 2, takenAt: NINE + i * MINUTE }, { rss: 20 + i }, `${i}/smem.csv`, 'smem', 3),
      sample({ command: 'sensord', pid: 3, takenAt: NINE + (i + 3) * MINUTE }, { rss: 30 + i }, `${i + 3}/smem.csv`),
    ]);
    expect(rssOf(captures)).toEqual([
      [10, 11, 12],
      [20, 21, 22],
      [30, 31, 32],
    ]);
  });

  it('ends where the same pid has a new start time', () => {
    const captures = [
      sample({ ...sensord, startTicks: 100, takenAt: NINE }, { rss: 1 }, '0/status', 'status'),
      sample({ ...sensord, startTicks: 900, takenAt: NINE + MINUTE }, { rss: 2 }, '1/status', 'status'),
      sample({ ...sensord, startTicks: 900, takenAt: NINE + 2 * MINUTE }, { rss: 3 }, '2/status', 'status'),
    ];
    expect(rssOf(captures)).toEqual([[1], [2, 3]]);
  });

  it('takes in captures that do not tell the start time: of the only life, or of the one at that time', () => {
    const start = (startTicks: number, minute: number) =>
      sample(
        { ...sensord, startTicks, takenAt: NINE + minute * MINUTE },
        { rss: minute },
        `${minute}/status`,
        'status',
      );
    const none = (minute: number) =>
      sample({ ...sensord, takenAt: NINE + minute * MINUTE }, { rss: minute }, `${minute}/smem`);
    expect(rssOf([start(100, 0), none(1), none(2)])).toEqual([[0, 1, 2]]);
    expect(rssOf([start(100, 0), none(1), start(100, 2), start(900, 4), none(5), start(900, 6)])).toEqual([
      [0, 1, 2],
      [4, 5, 6],
    ]);
  });

  it('has no pid where no capture tells one', () => {
    const [timeline] = onlyRecord(correlated(smaps({ command: 'sensord' }, 1, 'smaps.txt'))).timelines;
    expect(timeline).not.toHaveProperty('pid');
    expect(timeline?.samples).toHaveLength(1);
  });
});

describe('sources of one instant', () => {
  const at = { ...sensord, takenAt: NINE };

  it('are one sample: each total from the source that is believed most', () => {
    const rollup = [
      { start: 0x1000, end: 0x9000, permissions: '---p', name: '[rollup]', kib: { Rss: 2, Pss_Dirty: 1 } },
    ];
    const captures = [
      sample(at, { rss: 7, swap: 7, vss: 700 }, '0/status', 'status'),
      sample(at, { rss: 6, swap: 6, uss: 6 }, '0/smem.csv', 'smem'),
      snapshot(at, rollup, '0/smaps_rollup', { format: 'smaps_rollup' }),
      snapshot(at, [{ start: 0, end: 0x1000, kib: { Rss: 1 } }], '0/pmap', { format: 'pmap' }),
    ];
    const [timeline] = onlyRecord(correlated(...captures)).timelines;
    expect(timeline?.samples).toEqual([
      {
        takenAt: NINE,
        origin: { file: '0/smaps_rollup', line: 1 },
        rss: 2 * KIB,
        uss: 6,
        swap: 6,
        vss: 4096,
        vmaCount: 1,
      },
    ]);
    const withSmaps = onlyRecord(correlated(smaps(at, 10, '0/smaps'), ...captures)).timelines[0];
    expect(withSmaps?.samples).toMatchObject([{ origin: { file: '0/smaps' }, rss: 14 * KIB, vss: 14 * KIB, swap: 0 }]);
  });

  it('lie evenly in the second that a clock told of several, in the order of the log', () => {
    const second = 1000;
    const series = [0, 10, 20, 30, 40, 50].map((kB, i) => {
      const who = { ...sensord, takenAt: NINE + Math.floor(i / 3) * second };
      const capture = smaps(who, kB, 'log', 1 + i);
      return { ...capture, context: { ...capture.context, sources: { takenAt: 'header' as const } } };
    });
    const [timeline] = onlyRecord(correlated(...series.toReversed())).timelines;
    expect(timeline?.samples.map(({ takenAt = 0, privateDirty = 0 }) => [takenAt - NINE, privateDirty / KIB])).toEqual([
      [0, 0],
      [333, 10],
      [667, 20],
      [1000, 30],
      [1333, 40],
      [1667, 50],
    ]);
  });

  it('stay two samples where one source was read twice in a second, and one where a file is there twice', () => {
    const twice = [smaps(at, 10, 'log', 1), smaps(at, 20, 'log', 90), smaps(at, 20, 'copy/log', 90)];
    const fromText = twice.map((capture) => ({
      ...capture,
      context: { ...capture.context, sources: { takenAt: 'header' as const } },
    }));
    const [timeline] = onlyRecord(correlated(...fromText)).timelines;
    expect(timeline?.samples.map(({ privateDirty }) => privateDirty)).toEqual([20 * KIB, 10 * KIB]);
    expect(timeline?.timed).toBe(true);
  });
});

describe('captures that cannot be placed', () => {
  it('are left out beside a timed series, and reported', () => {
    const captures = [
      smaps({ ...sensord, takenAt: NINE }, 10, '0/smaps'),
      smaps({ ...sensord, takenAt: NINE + MINUTE }, 20, '1/smaps'),
      snapshot(sensord, [{ start: 0, end: 0x1000, kib: { Size: 4 } }], 'pmap.txt', { format: 'pmap' }),
    ];
    const result = correlated(...captures);
    expect(onlyRecord(result).timelines[0]?.samples).toHaveLength(2);
    expect(result.problems).toEqual([
      {
        severity: 'warning',
        code: 'untimed-capture',
        file: 'pmap.txt',
        line: 1,
        message:
          'this capture has no usable time, beside others that have one: not used for the course of "sensord" (pid 812)',
      },
    ]);
  });

  it('are the timed ones where most have no time', () => {
    const captures = [
      ...[1, 2, 3].map((i) => sample(sensord, { rss: i }, 'smem-series.csv', 'smem', i)),
      sample({ ...sensord, takenAt: NINE }, { rss: 99 }, 'smem_20260131T210000Z.csv'),
    ];
    const result = correlated(...captures);
    expect(onlyRecord(result).timelines[0]?.samples.map(({ rss }) => rss)).toEqual([1, 2, 3]);
    expect(result.problems).toMatchObject([{ code: 'untimed-capture', file: 'smem_20260131T210000Z.csv' }]);
  });

  it('are those without a time where the timed are at least half as many', () => {
    const untimed = [1, 2, 3, 4].map((i) => sample(sensord, { rss: i }, 'smem-series.csv', 'smem', i));
    const timed = [5, 6].map((i) => sample({ ...sensord, takenAt: NINE + i * MINUTE }, { rss: i }, `${i}/smem.csv`));
    const result = correlated(...untimed, ...timed);
    expect(onlyRecord(result).timelines[0]?.samples.map(({ rss }) => rss)).toEqual([5, 6]);
    expect(result.problems).toMatchObject([{ code: 'untimed-capture', file: 'smem-series.csv' }]);
  });

  it('are those of another source that tells the same totals without a time', () => {
    const others = [
      sample(sensord, { rss: 1, uss: 1 }, 'smem.csv', 'smem', 2),
      sample(sensord, { rss: 2, uss: 2 }, 'smem.csv', 'smem', 9),
      sample(sensord, { rss: 50 }, 'status.txt', 'status'),
      snapshot(sensord, [{ start: 0, end: 0x1000 }], 'maps.txt', { format: 'maps' }),
    ];
    const result = correlated(...others);
    // maps tells only the address space, which smem does not.
    expect(onlyRecord(result).timelines[0]?.samples.map(({ rss, vss }) => rss ?? vss)).toEqual([4096, 1, 2]);
    expect(result.problems).toMatchObject([{ code: 'untimed-capture', file: 'status.txt' }]);
  });

  it('still give the VMAs where the series has none', () => {
    const captures = [
      ...[0, 1, 2].map((i) => sample({ ...sensord, takenAt: NINE + i * MINUTE }, { rss: 1 }, `${i}/smem.csv`)),
      smaps(sensord, 10, 'smaps.txt'),
    ];
    const [timeline] = onlyRecord(correlated(...captures)).timelines;
    expect(timeline?.last?.origin.file).toBe('smaps.txt');
    expect(timeline?.mappings).toEqual([]);
  });
});

describe('times that are not of the text', () => {
  const modified = (takenAt: number) => ({ ...sensord, takenAt, sources: { takenAt: 'modification-time' as const } });

  it('are used if they rise with the names of the files', () => {
    const captures = [0, 1, 2].map((i) => smaps(modified(NINE + i * MINUTE), i, `smaps.${i}`));
    expect(onlyRecord(correlated(...captures)).timelines[0]?.timed).toBe(true);
  });

  it.each([
    ['do not rise with the names', [NINE + MINUTE, NINE, NINE + 2 * MINUTE]],
    ['are of one moment', [NINE, NINE, NINE]],
    ['are as close together as a copy makes them', [NINE, NINE + 2, NINE + 5]],
  ])('are given up if they %s', (_, times) => {
    const result = correlated(...times.map((time, i) => smaps(modified(time), 10 * (i + 1), `smaps.${i}`)));
    const [timeline] = onlyRecord(result).timelines;
    expect(timeline?.timed).toBe(false);
    expect(timeline?.samples.map(({ privateDirty }) => privateDirty)).toEqual([10 * KIB, 20 * KIB, 30 * KIB]);
    expect(timeline?.samples[0]).not.toHaveProperty('takenAt');
    expect([timeline?.first?.origin.file, timeline?.last?.origin.file]).toEqual(['smaps.0', 'smaps.2']);
    expect(result.problems).toMatchObject([{ code: 'time-from-modification', file: 'smaps.0', line: 1 }]);
  });

  it('are not those of each snapshot where the name of a file gives many one time', () => {
    const captures = [1, 2, 3].map((i) =>
      smaps({ ...sensord, takenAt: NINE }, 10 * i, 'smaps_sensord_812_1769893200', i * 40),
    );
    const [timeline] = onlyRecord(correlated(...captures)).timelines;
    expect(timeline?.timed).toBe(false);
    expect(timeline?.samples).toHaveLength(3);
    expect(timeline?.last?.origin.line).toBe(120);
  });
});

describe('mappings', () => {
  it('are followed by name through the samples that have them', () => {
    const heap = (kib: number) => ({
      start: 0x800000,
      end: 0x900000,
      name: '[heap]',
      kib: { Rss: kib, Private_Dirty: kib, Swap: 1 },
    });
    const unnamed = (start: number) => ({ start, end: start + 0x2000, kib: { Rss: 2, Private_Dirty: 2, Swap: 0 } });
    const rows = [[heap(10)], [heap(20), unnamed(0x1000), unnamed(0x7000)], [heap(30), unnamed(0x1000)]];
    const captures = rows.map((vmas, i) => snapshot({ ...sensord, takenAt: NINE + i * MINUTE }, vmas, `${i}/smaps`));
    expect(onlyRecord(correlated(...captures)).timelines[0]?.mappings).toEqual([
      {
        label: '[anonymous]',
        kind: 'anonymous',
        at: [1, 2],
        privateBytes: [4 * KIB, 2 * KIB],
        unreclaimable: [4 * KIB, 2 * KIB],
        rss: [4 * KIB, 2 * KIB],
        size: [0x4000, 0x2000],
        vmaCount: [2, 1],
      },
      {
        label: '[heap]',
        kind: 'heap',
        at: [0, 1, 2],
        privateBytes: [11 * KIB, 21 * KIB, 31 * KIB],
        unreclaimable: [11 * KIB, 21 * KIB, 31 * KIB],
        rss: [10 * KIB, 20 * KIB, 30 * KIB],
        size: [0x100000, 0x100000, 0x100000],
        vmaCount: [1, 1, 1],
      },
    ]);
  });

  it('of maps and of smaps do not mix', () => {
    const bare = (minute: number) =>
      snapshot(
        { ...sensord, takenAt: NINE + minute * MINUTE },
        [{ start: 0, end: 0x100000, name: '[heap]' }],
        `${minute}/maps`,
        { format: 'maps' },
      );
    const captures = [0, 2, 4].flatMap((minute) => [
      bare(minute),
      smaps({ ...sensord, takenAt: NINE + minute * MINUTE }, 10, `${minute}/smaps`),
    ]);
    const [timeline] = onlyRecord(correlated(...captures, bare(1), bare(5))).timelines;
    expect(timeline?.mappings.find(({ label }) => label === '[heap]')).toMatchObject({
      at: [0, 2, 3],
      privateBytes: [10 * KIB, 10 * KIB, 10 * KIB],
    });
    expect(timeline?.last?.origin.file).toBe('4/smaps');
  });

  it('are not followed in a single smaps beside many maps', () => {
    const bare = [0, 1, 2].map((i) =>
      snapshot(
        { ...sensord, takenAt: NINE + i * MINUTE },
        [{ start: 0, end: (i + 1) * 0x1000, name: '[heap]' }],
        `${i}/maps`,
        { format: 'maps' },
      ),
    );
    const [timeline] = onlyRecord(correlated(...bare, smaps({ ...sensord, takenAt: NINE }, 10, '0/smaps'))).timelines;
    expect(timeline?.mappings).toMatchObject([{ label: '[heap]', at: [0, 1, 2], privateBytes: [4096, 8192, 12288] }]);
    expect(timeline?.first?.origin.file).toBe('0/maps');
  });

  it('of maps alone are followed by their size', () => {
    const captures = [1, 2].map((i) =>
      snapshot(
        { ...sensord, takenAt: NINE + i * MINUTE },
        [{ start: 0x1000, end: 0x1000 + i * 0x1000, name: '[heap]' }],
        `${i}/maps`,
        { format: 'maps' },
      ),
    );
    expect(onlyRecord(correlated(...captures)).timelines[0]?.mappings).toMatchObject([
      { label: '[heap]', privateBytes: [4096, 8192] },
    ]);
  });
});

describe('unreclaimable memory', () => {
  const at = { ...sensord, takenAt: NINE };
  const unreclaimableOf = (row: VmaRow): number | undefined =>
    onlyRecord(correlated(snapshot(at, [row], 'smaps'))).timelines[0]?.samples[0]?.unreclaimable;
  const area = { start: 0x1000, end: 0x9000 };

  it('counts anonymous pages that a fork shares, and swapped ones', () => {
    const kib = { Rss: 12, Shared_Dirty: 8, Private_Dirty: 4, Swap: 16 };
    expect(unreclaimableOf({ ...area, name: '[heap]', kib })).toBe(28 * KIB);
  });

  it('leaves out what was given back lazily', () => {
    expect(unreclaimableOf({ ...area, kib: { Rss: 12, Private_Dirty: 4, LazyFree: 8, Swap: 0 } })).toBe(4 * KIB);
  });

  it('of a file counts the copied pages, not the dirty ones, which are written back', () => {
    const kib = { Rss: 32, Private_Dirty: 24, Anonymous: 8, Swap: 4 };
    expect(unreclaimableOf({ ...area, name: '/var/log/sensord', kib })).toBe(12 * KIB);
  });

  it('of shared memory counts the pages that nobody else has mapped', () => {
    const kib = { Rss: 32, Shared_Dirty: 8, Private_Dirty: 24, Anonymous: 0, Swap: 4 };
    expect(unreclaimableOf({ ...area, name: '/memfd:frame (deleted)', kib })).toBe(28 * KIB);
  });

  it('is absent where the capture does not tell private pages from others', () => {
    expect(unreclaimableOf({ ...area, kib: { Rss: 12 } })).toBeUndefined();
  });
});
