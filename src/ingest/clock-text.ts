import { HOUR, type Milliseconds } from '../model/units.js';
import { type FoundTime, found, instantOf, NEVER } from './instant-of.js';
import { MONTH, monthOf } from './written-date.js';

const DAY: Milliseconds = 24 * HOUR;
const YEAR: Milliseconds = 366 * DAY;
/** Has a 29 February, and is before any clock that was set. */
const NO_YEAR = 1972;

/**
 * The first time in a text that tells no date, or none that is sure, or no year: `14:13:20`, `Sep 21 14:13:20` (syslog),
 * `09-21 14:13:20.123` (logcat); or how long something runs: `uptime: 3600`, `t+600s`.
 */
export function findClock(text: string): FoundTime | undefined {
  return findNoYear(text) ?? findTimeOfDay(text) ?? findRunning(text);
}

const TIME = String.raw`(?<hour>[01]\d|2[0-3]):(?<minute>[0-5]\d)(?::(?<second>[0-6]\d)(?:[.,](?<fraction>\d{1,9}))?)?(?![\d:])`;
// Sep 21 14:13:20
const BY_NAME = new RegExp(String.raw`(?<![A-Za-z])${MONTH} +(?<day>[0-3]?\d) ${TIME}`);
// 09-21 14:13:20.123
const BY_NUMBER = new RegExp(String.raw`(?<![\d-])(?<number>[01]\d)-(?<day>[0-3]\d) ${TIME}`);

function findNoYear(text: string): FoundTime | undefined {
  const match = BY_NAME.exec(text) ?? BY_NUMBER.exec(text);
  if (!match) return undefined;
  const { month, number, day, ...clock } = match.groups ?? {};
  const at = instantOf({
    ...clock,
    year: NO_YEAR,
    month: month === undefined ? Number(number) - 1 : monthOf(month),
    day: Number(day),
  });
  const time = found(match, at);
  return time && { ...time, comesAgain: YEAR };
}

// 14:13:20 · 14:13:20.123 · 2:13:20 PM; with 09/08/2026 before it, of which nothing tells which is the month
const TIME_OF_DAY = new RegExp(
  String.raw`(?:(?<!\d)\d{1,2}([/.-])\d{1,2}\1(?:20)?\d\d[ T_,]{1,2})?(?<![\d:.-])${TIME.replace('[01]\\d', '[01]?\\d')}(?: (?<half>[AP]M))?`,
);

function findTimeOfDay(text: string): FoundTime | undefined {
  const match = TIME_OF_DAY.exec(text);
  if (!match) return undefined;
  const time = found(match, instantOf({ ...match.groups, year: 1970, month: 0, day: 1 }));
  return time && { ...time, comesAgain: DAY };
}

// 3600.12 10800.07 (/proc/uptime) · uptime: 3600 · t+600s · elapsed = 10 min
const PROC_UPTIME = /^(?<amount>\d{1,9}\.\d\d) \d{1,11}\.\d\d$/;
const LABELLED =
  /(?<!\w)(?:uptime|elapsed|seconds|t)(?: ?[:=+] ?| )(?<amount>\d{1,9}(?:\.\d{1,9})?) ?(?<unit>ms|s|sec|seconds|min|minutes|h|hours)?(?![\w:.])/i;

function findRunning(text: string): FoundTime | undefined {
  const match = PROC_UPTIME.exec(text) ?? LABELLED.exec(text);
  const { amount, unit = 's' } = match?.groups ?? {};
  return match ? running(match, Number(amount) * unitOf(unit)) : undefined;
}

// [ 3600.345678]
const SINCE_BOOT = /^\W{0,16}(?<amount>\d{1,9}\.\d{3,9})\b/;

/** What the kernel and some loggers put in front of a line: seconds since the start of the device. */
export function findSinceBoot(text: string): FoundTime | undefined {
  const match = SINCE_BOOT.exec(text);
  return match ? running(match, Number(match.groups?.amount) * 1000) : undefined;
}

function running(match: RegExpExecArray, at: Milliseconds): FoundTime | undefined {
  const time = found(match, Math.round(at));
  return time && { ...time, comesAgain: NEVER };
}

function unitOf(unit: string): Milliseconds {
  if (unit === 'ms') return 1;
  if (/^h/i.test(unit)) return HOUR;
  return /^m/i.test(unit) ? 60_000 : 1000;
}
