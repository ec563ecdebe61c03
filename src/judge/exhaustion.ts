import { FURTHEST_FORECAST } from '../model/duration-text.js';
import type { ProgramRecord, Timeline } from '../model/program.js';
import { HOUR } from '../model/units.js';
import type { Exhaustion } from '../model/verdict.js';
import { hoursText, memoryText } from './amounts.js';

/**
 * When memory runs out at a rate in bytes per hour: of the limit that the user named, else of what the device had
 * left (available memory and free swap, as meminfo told it last). Undefined where neither is known.
 *
 * The limit is held against RSS, which is what control groups and most watchdogs count.
 */
export function exhaustionOf(record: ProgramRecord, timeline: Timeline, rate: number): Exhaustion | undefined {
  if (!(rate > 0)) return undefined;
  const ceiling = record.memoryLimit === undefined ? deviceRoom(record, timeline) : limitRoom(record, timeline);
  return ceiling && { ...ceiling, hours: ceiling.room / rate };
}

type Ceiling = Omit<Exhaustion, 'hours'>;

function limitRoom({ memoryLimit = 0 }: ProgramRecord, { samples }: Timeline): Ceiling | undefined {
  const last = samples.findLast(({ rss, uss }) => rss !== undefined || uss !== undefined);
  const used = last?.rss ?? last?.uss;
  return used === undefined ? undefined : { ceiling: 'memory-limit', room: Math.max(0, memoryLimit - used) };
}

/** Of the readings that are timed like the samples, the one nearest to the last sample; else the last of them. */
function deviceRoom({ deviceMemory = [] }: ProgramRecord, { samples, timed }: Timeline): Ceiling | undefined {
  const told = deviceMemory.filter(({ available }) => available !== undefined);
  const end = timed ? samples.at(-1)?.takenAt : undefined;
  const near = end === undefined ? [] : told.filter(({ takenAt }) => takenAt !== undefined);
  const distance = (takenAt: number | undefined): number => Math.abs((takenAt ?? 0) - (end ?? 0));
  const [nearest] = near.toSorted((a, b) => distance(a.takenAt) - distance(b.takenAt));
  const reading = nearest ?? told.at(-1);
  if (reading?.available === undefined) return undefined;
  return { ceiling: 'device', room: reading.available + (reading.swapFree ?? 0) };
}

export function exhaustionText({ ceiling, room, hours }: Exhaustion): string {
  const left =
    ceiling === 'device'
      ? `the ${memoryText(room)} that the device has left`
      : `the ${memoryText(room)} below the limit`;
  return `at this rate ${left} last ${hoursText(hours)}`;
}

/** Nobody plans for what is further away. */
export function isForeseeable({ hours }: Exhaustion): boolean {
  return hours * HOUR <= FURTHEST_FORECAST;
}
