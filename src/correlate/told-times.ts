import type { ContextSource } from '../model/capture.js';
import { groupBy } from '../model/group-by.js';
import { compareNames, compareOrigins, type Origin } from '../model/origin.js';
import type { Problem } from '../model/problem.js';
import type { Instant } from '../model/units.js';
import { EARLIEST_SET, isOutOfOrder, steadied } from './clock-steps.js';

/** Something that was read, with the time that is told of it. */
export interface Told {
  readonly sample: { readonly takenAt?: Instant; readonly origin: Origin };
  readonly format: string;
  readonly timeSource?: ContextSource;
}

/** When things were taken, where that differs from what is told, and why. */
export interface RightTimes<T extends Told> {
  readonly times: ReadonlyMap<T, Instant>;
  readonly problems: readonly Problem[];
}

/**
 * When things of one process, or of the memory of one device, were taken, where the clock was set in between.
 *
 * A log is written as time goes by, so that the order of its lines says more than its times; of files, nothing but
 * their times tells an order.
 */
export function rightTimesOf<T extends Told>(told: readonly T[]): RightTimes<T> {
  const times = new Map<T, Instant>();
  const problems: Problem[] = [];
  const timeOf = (one: T): Instant => times.get(one) ?? one.sample.takenAt ?? 0;
  const setRight = (order: readonly T[]): void => {
    const known = order.map(timeOf);
    const set = steadied(known);
    if (!set) return;
    for (const [i, one] of order.entries()) times.set(one, set.times[i] as Instant);
    for (const at of set.sets) {
      const apart = Math.round(((set.times[at] as Instant) - (set.times[at - 1] as Instant)) / 1000);
      const why = `the clock was set in between, and the two captures are taken to lie ${apart} s apart`;
      problems.push(problemOf(known, at, why, order[at] as T));
    }
  };
  for (const log of fallingLogsOf(told)) {
    const fall = fallOf(log);
    if (isOutOfOrder(eachOnce(log))) problems.push(problemOf(log.map(timeOf), fall, BY_TIME, log[fall] as T));
    else setRight(log);
  }
  const compare = (a: T, b: T): number => timeOf(a) - timeOf(b) || compareOrigins(a.sample.origin, b.sample.origin);
  if (mayLeap(told)) setRight(told.toSorted(compare));
  return { times, problems };
}

/** Clocks are set now and then: times that fall more often than each fourth are of no clock, or of several. */
const MOST_FALLS = 1 / 4;

/** Things of logs whose times fall again and again: these do not tell when they were taken. */
export function restlessOf<T extends Told>(told: readonly T[]): T[] {
  return fallingLogsOf(told)
    .filter((log) => {
      const falls = log.filter((one, i) => isFall(log[i - 1], one)).length;
      return falls > 2 && falls > MOST_FALLS * log.length && !isOutOfOrder(eachOnce(log));
    })
    .flat();
}

/** Whether times are so far apart that a clock may have been set between them. */
function mayLeap(told: readonly Told[]): boolean {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const { sample } of told) {
    const { takenAt = 0 } = sample;
    from = Math.min(from, takenAt);
    to = Math.max(to, takenAt);
  }
  return steadied([from, to]) !== undefined;
}

/** The things of one format in one log, in its order, where the times that its text tells fall. */
function fallingLogsOf<T extends Told>(told: readonly T[]): T[][] {
  const inText = told.filter(({ timeSource }) => timeSource === 'header' || timeSource === 'content');
  const files = [...groupBy(inText, ({ sample }) => sample.origin.file)];
  for (const [, ofFile] of files) ofFile.sort(compareLines);
  return joined(files)
    .filter((log) => fallOf(log) !== -1)
    .flatMap((log) => [...groupBy(log, ({ format }) => format).values()])
    .filter((log) => fallOf(log) !== -1);
}

/** Times without a date begin anew in each file: such files are one log, in the order of their names. */
function joined<T extends Told>(files: readonly (readonly [string, T[]])[]): T[][] {
  const isUndated = ({ sample: { takenAt = 0 } }: Told): boolean => takenAt < EARLIEST_SET;
  const undated = files.filter(([, ofFile]) => ofFile.every(isUndated));
  if (undated.length < 2) return files.map(([, ofFile]) => ofFile);
  const others = files.filter(([, ofFile]) => !ofFile.every(isUndated)).map(([, ofFile]) => ofFile);
  return [undated.toSorted(([a], [b]) => compareNames(a, b)).flatMap(([, ofFile]) => ofFile), ...others];
}

function compareLines({ sample: a }: Told, { sample: b }: Told): number {
  return a.origin.line - b.origin.line || (a.takenAt ?? 0) - (b.takenAt ?? 0);
}

/** The first that has a time before that of the one above it; -1 where none has. */
function fallOf(log: readonly Told[]): number {
  return log.findIndex((one, i) => isFall(log[i - 1], one));
}

function isFall(before: Told | undefined, one: Told): boolean {
  return (one.sample.takenAt ?? 0) < (before?.sample.takenAt ?? 0);
}

/** The times in the order of the file; of what stands in it twice one. */
function eachOnce(log: readonly Told[]): Instant[] {
  const known = new Map(log.map(({ sample }) => [JSON.stringify({ ...sample, origin: undefined }), sample]));
  return [...known.values()].map(({ takenAt = 0 }) => takenAt);
}

const BY_TIME = 'parts of the log are out of order, and its captures are put in that of their times';

function problemOf(known: readonly Instant[], at: number, why: string, { sample: { origin } }: Told): Problem {
  const message = `expected times that follow each other, found "${textOf(known[at])}" after "${textOf(known[at - 1])}": ${why}`;
  return { severity: 'warning', code: 'clock-set', message, file: origin.file, line: origin.line };
}

function textOf(at: Instant | undefined): string {
  return new Date(at ?? 0)
    .toISOString()
    .replace(/(?:\.000)?Z$/, '')
    .replace('T', ' ');
}
