import { medianOf } from '../../stats/robust-noise.js';
import { memoryText } from '../amounts.js';
import { type FaultCounts, type FaultInterval, perSecond, sumOf } from './fault-counts.js';
import type { Course } from './fault-course.js';
import { FAULT_LIMITS } from './fault-limits.js';
import { majorText } from './fault-text.js';

/** What says that the kernel takes pages away that are in use; undefined where nothing does. */
export function thrashingText(counts: FaultCounts, course: Course, page: number): string | undefined {
  return shrinkingText(counts, course, page) ?? circlingText(counts, course, page);
}

/** RSS falls from its peak, and at least as much as it fell by is read back: the kernel takes what is in use. */
function shrinkingText({ intervals }: FaultCounts, { values, most }: Course, page: number): string | undefined {
  const since = intervals.slice(values.indexOf(most));
  const rest = medianOf(values.slice(-Math.min(LAST_SAMPLES, since.length)));
  const fall = most - rest;
  const sum = sumOf(since);
  if (fall < Math.max(FAULT_LIMITS.leastPages * page, FAULT_LIMITS.leastFall * most)) return undefined;
  if (!goesOn(since) || sum.major * page < fall) return undefined;
  return (
    `RSS fell from ${memoryText(most)} to ${memoryText(rest)} while ${majorText(sum)} read ` +
    `${memoryText(sum.major * page)} from disk or swap: the kernel takes away pages that are in use, the working ` +
    'set does not fit. That RSS falls is no proof that memory was given back'
  );
}

/** What RSS fell to is read off so many samples: the last alone may be between two reads. */
const LAST_SAMPLES = 5;

/** RSS stays, and all of it and more is read again. */
function circlingText({ intervals }: FaultCounts, { most, values }: Course, page: number): string | undefined {
  const from = Math.ceil(intervals.length * FAULT_LIMITS.startUp);
  const since = intervals.slice(from);
  const sum = sumOf(since);
  const change = (values.at(-1) ?? 0) - (values[from] ?? 0);
  if (!goesOn(since) || perSecond(sum.major, sum) < FAULT_LIMITS.readsPerSecond) return undefined;
  if (sum.major * page < most || Math.abs(change) > FAULT_LIMITS.leastFall * most) return undefined;
  return (
    `${majorText(sum)} read ${memoryText(sum.major * page)} from disk or swap while RSS stayed near ` +
    `${memoryText(medianOf(values.slice(from)))}: what is read does not stay. The working set does not fit, or a ` +
    'mapped file that is larger is read through'
  );
}

function goesOn(intervals: readonly FaultInterval[]): boolean {
  const reading = intervals.filter(({ major }) => major > 0).length;
  return intervals.length >= 3 && reading >= FAULT_LIMITS.goesOn * intervals.length;
}
