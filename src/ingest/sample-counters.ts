import { groupBy } from '../model/group-by.js';
import { HOUR, type Milliseconds } from '../model/units.js';
import type { FoundTime } from './instant-of.js';
import { findTime } from './time-text.js';

/** Where a number stands in a name. */
export interface CounterPlace {
  readonly start: number;
  readonly end: number;
  /** The time that it tells: of the day, or since the first. */
  readonly at?: Milliseconds;
}

/** A name with the time that stands in it anyway. */
interface Timed {
  readonly name: string;
  readonly time: FoundTime | undefined;
}

interface Numbered {
  /** The name without the number. */
  readonly pattern: string;
  readonly name: string;
  readonly digits: string;
  readonly place: CounterPlace;
}

/**
 * The names of one folder with a number that counts samples: names that differ in one number only, which runs from 0
 * or 1 without a hole (`smaps.00.txt` to `smaps.29.txt`), or is filled up with zeros, or is a time that goes on evenly
 * (`smaps_1413.txt`, `141320/`, `smaps_600s.txt`). Process numbers do none of that.
 */
export function sampleCounters(names: readonly string[]): Map<string, CounterPlace> {
  const counters = new Map<string, CounterPlace>();
  const timed = names.map((name) => ({ name, time: findTime(name) }));
  for (const group of groupsOf(timed, /(?<![\dA-Za-z])\d{1,6}(?![\dA-Za-z])/g)) {
    const values = group.map(({ digits }) => Number(digits)).sort((a, b) => a - b);
    const first = values[0] as number;
    const counts = first <= 1 && values.length >= 3 && values.every((value, i) => value === first + i);
    const padded = group.some(({ digits }) => digits.length > 1 && digits.startsWith('0'));
    if (counts || padded) for (const { name, place } of group) counters.set(name, place);
  }
  for (const [numbers, timeOf] of TIMES) {
    for (const group of groupsOf(timed, numbers)) {
      const times = group.map(({ digits }) => timeOf(digits));
      if (!times.every((time) => time !== undefined)) continue;
      const inOrder = timeOf === timeOfDay ? pastMidnight(times) : times;
      if (goOnEvenly(inOrder) && (timeOf === timeOfRun || areClocks(group, inOrder))) {
        for (const [i, { name, place }] of group.entries()) counters.set(name, { ...place, at: inOrder[i] as number });
      }
    }
  }
  return counters;
}

/** Names that differ in one number only, with it. */
function groupsOf(names: readonly Timed[], numbers: RegExp): Numbered[][] {
  const members: Numbered[] = [];
  for (const { name, time } of names) {
    for (const number of name.matchAll(numbers)) {
      const [digits] = number;
      const place = { start: number.index, end: number.index + digits.length };
      if (time && place.start < time.end && place.end > time.start) continue;
      const pattern = `${name.slice(0, place.start)}#${name.slice(place.end)}`;
      members.push({ pattern, name, digits, place });
    }
  }
  return [...groupBy(members, ({ pattern }) => pattern).values()];
}

/**
 * Whether it is the clock that goes on evenly, not the numbers, as those of processes and days do: it carries at 60 or
 * at midnight. Else only full hours, or signs that nothing else has, tell.
 */
function areClocks(group: readonly Numbered[], times: readonly Milliseconds[]): boolean {
  if (group.every(({ digits }) => /[:h]/.test(digits))) return true;
  const inOrder = group
    .map(({ digits }, i) => ({ time: times[i] as Milliseconds, number: Number(digits.replaceAll(/\D/g, '')) }))
    .sort((a, b) => a.time - b.time);
  if (inOrder.every(({ number }) => number < 2400 && number % 100 === 0)) return true;
  const steps = inOrder.slice(1).map(({ time, number }, i) => ({
    time: time - (inOrder[i]?.time ?? time),
    number: number - (inOrder[i]?.number ?? number),
  }));
  const usual = medianOf(steps.map(({ time }) => time));
  const alike = steps.filter(({ time }) => Math.abs(time - usual) <= usual / 5);
  const [least, most] = [
    Math.min(...alike.map(({ number }) => number)),
    Math.max(...alike.map(({ number }) => number)),
  ];
  return most - least >= CARRY;
}

/** From :59 to :00 the digits go on by 41 instead of 1. */
const CARRY = 40;

const DAY = 24 * HOUR;
/** So many times that go on evenly are no coincidence of process numbers. */
const FEWEST_TIMES = 4;

/** How times are written, and what they are. */
const TIMES: readonly (readonly [RegExp, (text: string) => Milliseconds | undefined])[] = [
  // 1413 · 141320 · 14-13-20 · 14:13 · 14h13m20s
  [/(?<![\dA-Za-z])(?:\d{4}|\d{6}|\d\d([-:._h])\d\d(?:(?:\1|m)\d\d)?[ms]?)(?![\dA-Za-z])/g, timeOfDay],
  // 600s · t+600s · 10min
  [/(?<![\dA-Za-z])t?\+?\d{1,7}(?:s|sec|min|h)(?![\dA-Za-z])/g, timeOfRun],
];

function timeOfDay(text: string): Milliseconds | undefined {
  const [hour = 0, minute = 0, second = 0] = (text.match(/\d\d/g) ?? []).map(Number);
  return hour > 23 || minute > 59 || second > 59 ? undefined : ((hour * 60 + minute) * 60 + second) * 1000;
}

function timeOfRun(text: string): Milliseconds {
  const unit = text.endsWith('h') ? HOUR : text.endsWith('min') ? 60_000 : 1000;
  return Number(/\d+/.exec(text)?.[0]) * unit;
}

/** Times of a night: those before its longest pause are of the next day. */
function pastMidnight(times: readonly Milliseconds[]): Milliseconds[] {
  const sorted = times.toSorted((a, b) => a - b);
  const [first = 0] = sorted;
  let pause = first + DAY - (sorted.at(-1) ?? 0);
  let begin = first;
  for (const [i, time] of sorted.entries()) {
    const before = sorted[i - 1] ?? time;
    if (time - before <= pause) continue;
    pause = time - before;
    begin = time;
  }
  return times.map((time) => (time < begin ? time + DAY : time));
}

function medianOf(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;
}

/** Whether most steps are alike: a sample may be missing, and take its time. */
function goOnEvenly(times: readonly Milliseconds[]): boolean {
  const sorted = times.toSorted((a, b) => a - b);
  const steps = sorted.slice(1).map((time, i) => time - (sorted[i] ?? time));
  const usual = medianOf(steps);
  const alike = steps.filter((step) => Math.abs(step - usual) <= usual / 5);
  return times.length >= FEWEST_TIMES && usual > 0 && alike.length * 4 >= steps.length * 3;
}
