import { groupBy } from '../model/group-by.js';
import { compareOrigins } from '../model/origin.js';
import type { Member } from './identify.js';
import { restlessOf } from './told-times.js';

/** The readings of one process that can be put in order together. */
export interface Ordered {
  /** All have a time that can be believed (then `timed`), or none is looked at. */
  readonly members: readonly Member[];
  readonly timed: boolean;
  /** Readings that have no place among the others. */
  readonly left: readonly Member[];
  /** Readings whose time says nothing of when they were taken. */
  readonly unbelieved: readonly Member[];
}

/** Modification times closer than this on average were made by a copy or a checkout, not by captures. */
const SHORTEST_STEP = 100;

/**
 * Decides whether a timeline goes by time or by the order of its files; readings of the other sort have no place in
 * it. Time tells a rate, so it is preferred unless it places less than half as many samples.
 */
export function orderedOf(members: readonly Member[]): Ordered {
  const unbelieved = new Set([...unlikelyModifications(members), ...sharedTimes(members), ...restlessTimes(members)]);
  const timed: Member[] = [];
  const untimed: Member[] = [];
  for (const member of members) {
    if (member.reading.sample.takenAt === undefined || unbelieved.has(member)) untimed.push(member);
    else timed.push(member);
  }
  const byTime = instants(timed) * 2 >= largestGroup(untimed);
  return {
    members: byTime ? timed : untimed,
    timed: byTime,
    left: byTime ? untimed : timed,
    unbelieved: [...unbelieved],
  };
}

/** A file's own time tells when it was captured only if the files of a series were written one after the other. */
function unlikelyModifications(members: readonly Member[]): Member[] {
  const modified = members.filter(({ reading }) => reading.timeSource === 'modification-time');
  return [...groupBy(modified, ({ reading }) => reading.format).values()].flatMap((series) => {
    const times = series.toSorted(compareMembers).map(timeOf);
    const rises = times.every((time, i) => i === 0 || time > (times[i - 1] as number));
    const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
    return rises && span >= SHORTEST_STEP * (times.length - 1) ? [] : series;
  });
}

/** One time for several readings of one file is the time of the file, unless the text tells it for each. */
function sharedTimes(members: readonly Member[]): Member[] {
  const outside = members.filter(
    ({ reading: { sample, timeSource } }) =>
      sample.takenAt !== undefined && timeSource !== 'header' && timeSource !== 'content',
  );
  if (outside.length < 2) return [];
  const groups = groupBy(
    outside,
    ({ reading: { sample, format } }) => `${sample.takenAt} ${format} ${sample.origin.file}`,
  );
  return [...groups.values()].filter((group) => group.length > 1).flat();
}

/** Times of a log that fall again and again. */
function restlessTimes(members: readonly Member[]): Member[] {
  const restless = new Set(restlessOf(members.map(({ reading }) => reading)));
  return restless.size === 0 ? [] : members.filter(({ reading }) => restless.has(reading));
}

function instants(members: readonly Member[]): number {
  return new Set(members.map(timeOf)).size;
}

function largestGroup(members: readonly Member[]): number {
  const groups = groupBy(members, ({ reading }) => reading.format);
  return Math.max(0, ...[...groups.values()].map((group) => group.length));
}

function timeOf({ reading }: Member): number {
  return reading.sample.takenAt ?? 0;
}

export function compareMembers(a: Member, b: Member): number {
  return compareOrigins(a.reading.sample.origin, b.reading.sample.origin);
}
