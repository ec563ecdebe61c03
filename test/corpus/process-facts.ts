import type { Reading } from '../../src/ingest/format.js';
import type { Sample } from '../../src/model/memory.js';
import { KIB } from '../../src/model/units.js';
import type { Comparison } from './difference.js';

export interface StatTruth {
  readonly pid: number;
  readonly comm: string;
  readonly starttime: number;
  readonly minflt: number;
  readonly majflt: number;
}

export function compareStat(truth: StatTruth, readings: readonly Reading[], comparison: Comparison): void {
  const says = readings.map((reading) => reading.says);
  const expected = [{ pid: truth.pid, comm: truth.comm, starttime: truth.starttime }];
  comparison.same(
    'stat',
    expected,
    says.map(({ pid, command, startTicks }) => ({ pid, comm: command, starttime: startTicks })),
  );
  comparison.same(
    'page faults',
    [[truth.minflt, truth.majflt]],
    readings.map((reading) =>
      reading.type === 'sample' ? [reading.sample.minorFaults, reading.sample.majorFaults] : [],
    ),
  );
}

/** The samples of a series are all of the process that the first line of its samples.tsv names. */
export function comparePid(samples: string, readings: readonly Reading[], comparison: Comparison): void {
  const pid = Number(/\bpid=(\d+)/.exec(samples)?.[1]);
  comparison.same(
    'pid',
    [pid],
    readings.map(({ says }) => says.pid),
  );
}

export interface StatmTruth {
  readonly size: number;
  readonly resident: number;
}

/** @param samples what a loop that printed the line twice amounts to, in pages of 4 KiB */
export function compareStatm({ size, resident }: StatmTruth, samples: readonly Sample[], comparison: Comparison): void {
  const pages = samples.map(({ vss = Number.NaN, rss = Number.NaN }) => [vss / PAGE, rss / PAGE]);
  comparison.same(
    'size and resident in pages',
    [
      [size, resident],
      [size, resident],
    ],
    pages,
  );
}

const PAGE = 4 * KIB;

/** Values as printed, kB where the kernel prints kB. */
export type StatusTruth = Readonly<Record<string, number | string>>;

/** A thread's status is told under the pid of its process, which the kernel prints as Tgid. */
export function compareStatus(truth: StatusTruth, readings: readonly Reading[], comparison: Comparison): void {
  comparison.same('readings', 1, readings.length);
  const [reading] = readings;
  comparison.same('pid', truth.Tgid ?? truth.Pid, reading?.says.pid);
  const isThread = truth.Tgid !== undefined && truth.Tgid !== truth.Pid;
  comparison.same('name', isThread ? undefined : truth.Name, reading?.says.command);
  const sample = reading?.type === 'sample' ? reading.sample : {};
  for (const [name, bytes] of [
    ['VmSize', sample.vss],
    ['VmRSS', sample.rss],
    ['VmSwap', sample.swap],
  ] as const) {
    comparison.same(`${name} in kB`, truth[name], bytes === undefined ? undefined : bytes / KIB);
  }
}
