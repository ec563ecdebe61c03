import { describe, expect, it } from 'vitest';
import type { SampleCapture, SnapshotCapture } from '../../src/model/capture.js';
import { rollupLayout } from '../../src/model/rollup-layout.js';
import { correlated, MINUTE, NINE, onlyRecord, sample, smaps } from './build-captures.js';

/** A snapshot of a process of which nothing tells the pid, a minute after the one before it. */
function seen(layout: string | undefined, minute: number | undefined, kB: number, line: number): SnapshotCapture {
  const when = minute === undefined ? {} : { takenAt: NINE + minute * MINUTE };
  return smaps({ command: 'worker', ...when, ...(layout !== undefined && { layout }) }, kB, 'log', line);
}

/** What each process of the program held. */
function processes(captures: readonly (SampleCapture | SnapshotCapture)[]): (number | undefined)[][] {
  return onlyRecord(correlated(...captures)).timelines.map(({ samples }) =>
    samples.map(({ privateDirty }) => (privateDirty ?? 0) / 1024),
  );
}

describe('processes of one program without pids', () => {
  it('are told apart by where they lie, when one is seen before and after the other', () => {
    const captures = [100, 110, 120].flatMap((kB, i) => [seen('a', i, kB, 2 * i), seen('b', i, 500, 2 * i + 1)]);
    expect(processes(captures)).toEqual([
      [100, 110, 120],
      [500, 500, 500],
    ]);
  });

  it('also in a log without times', () => {
    const captures = [100, 110, 120].flatMap((kB, i) => [
      seen('a', undefined, kB, 2 * i),
      seen('b', undefined, 500, 2 * i + 1),
    ]);
    expect(processes(captures)).toEqual([
      [100, 110, 120],
      [500, 500, 500],
    ]);
  });

  it('also by the range of rollups, but not by one of these against one of VMAs', () => {
    const rollup = (layout: string, minute: number, kB: number, line: number): SampleCapture => {
      const who = { command: 'worker', takenAt: NINE + minute * MINUTE, layout: rollupLayout(`${layout} ---p`) };
      return sample(who, { privateDirty: kB * 1024 }, 'log', 'smaps_rollup', line);
    };
    const apart = [100, 110, 120].flatMap((kB, i) => [rollup('1-a', i, kB, 2 * i), rollup('2-a', i, 500, 2 * i + 1)]);
    expect(processes(apart)).toEqual([
      [100, 110, 120],
      [500, 500, 500],
    ]);
    const ofOne = [100, 120, 140].flatMap((kB, i) => [
      seen('a', 2 * i, kB, 2 * i),
      rollup('1-a', 2 * i + 1, kB + 10, 2 * i + 1),
    ]);
    expect(processes(ofOne)).toEqual([[100, 110, 120, 130, 140, 150]]);
  });

  it('are one, started again, when one is seen after the other only', () => {
    const captures = [100, 110, 120, 100, 110].map((kB, i) => seen(i < 3 ? 'a' : 'b', i, kB, i));
    expect(processes(captures)).toEqual([[100, 110, 120, 100, 110]]);
  });

  it('take in what was seen in part, where it lies amidst one of them', () => {
    const captures = [
      seen('a', 0, 100, 1),
      seen('b', 1, 500, 2),
      seen('a', 2, 110, 3),
      seen(undefined, 3, 510, 4),
      seen('b', 4, 520, 5),
    ];
    expect(processes(captures)).toEqual([
      [100, 110],
      [500, 510, 520],
    ]);
  });
});
