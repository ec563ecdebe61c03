import { describe, expect, it } from 'vitest';
import type { SampleCapture } from '../../src/model/capture.js';
import { correlated, MINUTE, NINE, onlyRecord, sample, smaps } from './build-captures.js';

const who = { command: 'sensord', pid: 812 };
const stat = (at: number | undefined, minorFaults: number, file: string, line = 1): SampleCapture =>
  sample(
    { ...who, ...(at === undefined ? {} : { takenAt: at }) },
    { minorFaults, majorFaults: minorFaults * 2 },
    file,
    'stat',
    line,
  );

function faultsOf(...captures: Parameters<typeof correlated>): unknown[] {
  const [timeline] = onlyRecord(correlated(...captures)).timelines;
  return (timeline?.samples ?? []).map(({ minorFaults, majorFaults, faultsOrigin }) =>
    minorFaults === undefined ? undefined : [minorFaults, majorFaults, faultsOrigin?.line],
  );
}

describe('counts of page faults', () => {
  it('complete the samples of the same instant, with their own place', () => {
    expect(
      faultsOf(
        smaps({ ...who, takenAt: NINE }, 8, 'a/smaps'),
        stat(NINE + MINUTE, 20, 'b/stat', 4),
        stat(NINE, 10, 'a/stat', 3),
        smaps({ ...who, takenAt: NINE + MINUTE }, 16, 'b/smaps'),
      ),
    ).toEqual([
      [10, 20, 3],
      [20, 40, 4],
    ]);
  });

  it('complete the sample that is nearest, if it is near', () => {
    expect(
      faultsOf(
        smaps({ ...who, takenAt: NINE }, 8, 'a/smaps'),
        smaps({ ...who, takenAt: NINE + MINUTE }, 16, 'b/smaps'),
        smaps({ ...who, takenAt: NINE + 2 * MINUTE }, 24, 'c/smaps'),
        stat(NINE + 30, 10, 'a/stat', 1),
        stat(NINE + 900, 11, 'a/stat', 2),
        stat(NINE + MINUTE - 300, 20, 'b/stat', 3),
        stat(NINE + 90_000, 30, 'c/stat', 4),
      ),
    ).toEqual([[10, 20, 1], [20, 40, 3], undefined]);
  });

  it('belong to samples without times one by one, where there are as many', () => {
    const memory = [1, 5, 9].map((line) => smaps(who, 8 + line, 'night.log', line));
    const counts = [2, 6, 10].map((line) => stat(undefined, line * 10, 'night.log', line));
    expect(faultsOf(...memory, ...counts)).toEqual([
      [20, 40, 2],
      [60, 120, 6],
      [100, 200, 10],
    ]);
    expect(faultsOf(...memory, ...counts.slice(1))).toEqual([undefined, undefined, undefined]);
  });

  it('make no sample, and no program, by themselves', () => {
    const kernelThread = sample(
      { command: 'kworker', pid: 9, takenAt: NINE },
      { minorFaults: 0, majorFaults: 0 },
      'stat',
      'stat',
    );
    const { records } = correlated(
      smaps({ ...who, takenAt: NINE }, 8, 'smaps'),
      kernelThread,
      stat(NINE + MINUTE, 9, 'b/stat'),
    );
    expect(records.map(({ program, timelines }) => [program.command, timelines[0]?.samples.length])).toEqual([
      ['sensord', 1],
    ]);
  });

  it('are of the life that their start time tells', () => {
    const life = (startTicks: number, at: number): Parameters<typeof correlated> => [
      smaps({ ...who, startTicks, takenAt: at }, 8, `${at}/smaps`),
      sample({ ...who, startTicks, takenAt: at }, { minorFaults: startTicks, majorFaults: 0 }, `${at}/stat`, 'stat'),
    ];
    const { timelines } = onlyRecord(correlated(...life(100, NINE), ...life(7, NINE + MINUTE)));
    expect(timelines.map(({ samples }) => samples.map(({ minorFaults }) => minorFaults))).toEqual([[100], [7]]);
  });
});
