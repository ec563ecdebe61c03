import { groupBy } from '../model/group-by.js';
import type { Instant } from '../model/units.js';
import type { Member } from './identify.js';
import { totalsText } from './merge-samples.js';
import type { Reading } from './readings.js';
import { compareMembers } from './times.js';

const SECOND = 1000;

/**
 * The times of readings, with those that a log tells of one second laid evenly into it, in the order of the log: who
 * samples more often than a clock of seconds tells has the same time above several.
 */
export function withinSeconds(
  members: readonly Member[],
  rightTimes: ReadonlyMap<Reading, Instant>,
): ReadonlyMap<Reading, Instant> {
  const ofClock = members.filter(
    ({ reading: { sample, timeSource } }) =>
      sample.takenAt !== undefined &&
      sample.takenAt % SECOND === 0 &&
      (timeSource === 'header' || timeSource === 'content'),
  );
  const seconds = groupBy(ofClock, ({ reading: { sample, format } }) => `${sample.takenAt} ${format}`);
  if (seconds.size === ofClock.length) return rightTimes;
  const times = new Map(rightTimes);
  for (const ofSecond of seconds.values()) {
    // The same capture may be there twice.
    const distinct = [
      ...groupBy(ofSecond.toSorted(compareMembers), ({ reading }) => totalsText(reading.sample)).values(),
    ];
    for (const [i, copies] of distinct.entries()) {
      for (const { reading } of copies) {
        const told = rightTimes.get(reading) ?? reading.sample.takenAt ?? 0;
        if (i > 0) times.set(reading, told + Math.round((i * SECOND) / distinct.length));
      }
    }
  }
  return times;
}
