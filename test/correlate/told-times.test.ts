import { expect, it } from 'vitest';
import { devicesOf } from '../../src/correlate/device/device-memory.js';
import { emptyLedger, fold } from '../../src/correlate/ledger.js';
import type { SnapshotCapture } from '../../src/model/capture.js';
import { correlated, MINUTE, meminfo, NINE, onlyRecord, sample, smaps } from './build-captures.js';

const HOUR = 60 * MINUTE;
const told = { takenAt: 'header' as const };

/** A log with a date above each snapshot, of which each holds a KiB more. */
function log(times: readonly number[], pid = 812): SnapshotCapture[] {
  return times.map((takenAt, i) => {
    const who = { command: `sensord-${pid}`, pid, takenAt, sources: told };
    return smaps(who, 10 + i, 'night.log', 1 + i * 100 + (pid % 100));
  });
}

const everyMinute = Array.from({ length: 12 }, (_, i) => NINE + i * MINUTE);
const putBack = everyMinute.map((time, i) => (i < 8 ? time + HOUR : time));

it('a log is in the order of its lines where its clock was put back', () => {
  const [timeline] = onlyRecord(correlated(...log(putBack))).timelines;
  expect(timeline?.samples.map(({ takenAt, privateDirty }) => [takenAt, privateDirty])).toEqual(
    everyMinute.map((time, i) => [time, (10 + i) * 1024]),
  );
});

it('a clock that was set is told once for all processes of a file', () => {
  const { problems } = correlated(...log(putBack, 812), ...log(putBack, 813));
  expect(problems).toEqual([
    {
      severity: 'warning',
      code: 'clock-set',
      message:
        'expected times that follow each other, found "2026-01-31 21:08:00" after "2026-01-31 22:07:00": the clock was ' +
        'set in between, and the two captures are taken to lie 60 s apart',
      file: 'night.log',
      line: 813,
    },
  ]);
});

it('a log that is out of order is in that of its times, and says so', () => {
  const captures = log([...everyMinute.slice(6), ...everyMinute.slice(0, 6)]);
  const result = correlated(...captures);
  const [timeline] = onlyRecord(result).timelines;
  expect(timeline?.samples.map(({ takenAt }) => takenAt)).toEqual(everyMinute);
  expect(result.problems).toMatchObject([{ code: 'clock-set', line: 613 }]);
  expect(result.problems[0]?.message).toContain('out of order');
});

it('a second source below the first in one file tells of no clock', () => {
  const rows = everyMinute.map((takenAt, i) =>
    sample(
      { command: 'sensord-812', pid: 812, takenAt, sources: told },
      { rss: 9e6 + i },
      'night.log',
      'smem',
      5000 + i,
    ),
  );
  const result = correlated(...log(everyMinute), ...rows);
  expect(onlyRecord(result).timelines[0]?.samples).toHaveLength(12);
  expect(result.problems.filter(({ code }) => code === 'clock-set')).toEqual([]);
});

it('the order of files says nothing against their times', () => {
  const captures = putBack.map((takenAt, i) => smaps({ command: 'sensord', pid: 812, takenAt }, 10, `${i}/smaps`));
  const [timeline] = onlyRecord(correlated(...captures)).timelines;
  expect(timeline?.samples.map(({ takenAt }) => takenAt)).toEqual(putBack.toSorted((a, b) => a - b));
});

it('the time of a board that begins in 1970 is told from when it knew the date, of its memory as well', () => {
  const times = everyMinute.map((time, i) => (i < 8 ? i * MINUTE : time));
  const captures = times.map((takenAt, i) => smaps({ command: 'sensord', pid: 812, takenAt }, 10, `${i}/smaps`));
  expect(onlyRecord(correlated(...captures)).timelines[0]?.samples.map(({ takenAt }) => takenAt)).toEqual(everyMinute);
  const ledger = emptyLedger();
  for (const [i, takenAt] of times.entries()) fold(ledger, meminfo({ takenAt }, { MemTotal: 1e6 }, `${i}/meminfo`));
  expect(devicesOf(ledger.deviceMemory)[0]?.memory.map(({ takenAt }) => takenAt)).toEqual(everyMinute);
});

/** Files with times of day alone, each with some snapshots. */
function undated(...files: readonly (readonly number[])[]): SnapshotCapture[] {
  let heap = 10;
  return files.flatMap((minutes, at) =>
    minutes.map((minute, i) => {
      const who = { command: 'sensord', pid: 812, takenAt: minute * MINUTE, sources: told };
      return smaps(who, heap++, `night-${at + 1}.log`, 1 + i * 100);
    }),
  );
}

function heapsOf(captures: readonly SnapshotCapture[]): (number | undefined)[] {
  return (
    onlyRecord(correlated(...captures)).timelines[0]?.samples.map(({ privateDirty = 0 }) => privateDirty / 1024) ?? []
  );
}

it.each([
  [
    'nights at the same hours',
    [
      [1320, 1330, 1340, 1350],
      [1320, 1330, 1340, 1350],
      [1320, 1330, 1340, 1350],
    ],
  ],
  ['a night of one capture each', [[1420], [1430], [0], [10], [20], [30]]],
])('files whose times tell no date are in the order of their names: %s', (_, files) => {
  expect(heapsOf(undated(...files))).toEqual(files.flat().map((_minute, i) => 10 + i));
});

it('files whose times tell no date are in that of their times where these go on evenly', () => {
  expect(heapsOf(undated([30, 40, 50], [0, 10, 20]))).toEqual([13, 14, 15, 10, 11, 12]);
});

it('times that fall again and again tell nothing: the order of the lines does', () => {
  const alternate = everyMinute.map((time, i) => (i % 2 === 0 ? time + 2.4 * HOUR + i : time));
  const result = correlated(...log(alternate));
  const [timeline] = onlyRecord(result).timelines;
  expect(timeline?.timed).toBe(false);
  expect(timeline?.samples.map(({ privateDirty = 0 }) => privateDirty / 1024)).toEqual(
    everyMinute.map((_, i) => 10 + i),
  );
  expect(result.problems.map(({ message }) => message)).toEqual([
    'the files\' times do not tell when the 12 captures of "sensord-812" (pid 812) were taken: not used',
  ]);
});
