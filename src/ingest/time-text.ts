import type { Instant } from '../model/units.js';

/** A time found inside a text, with the place that it takes there. */
export interface FoundTime {
  readonly at: Instant;
  readonly start: number;
  readonly end: number;
  /** Only a day, no time of day: names a night, not a sample. */
  readonly dayOnly: boolean;
}

/**
 * The first time in a text: ISO 8601 basic or extended (`20260131T210000Z`, `2026-01-31_21-00-00`), the output of
 * `date` (`Mon Nov 23 01:06:25 UTC 2026`, `Mon, 23 Nov 2026 01:06:25 +0000`), epoch seconds or milliseconds, or a day
 * before its month, between full stops (`23.11.2026`, `23.11.2026 01:06:25`).
 * A time without a zone is taken as UTC: the zone of the machine that reads a capture says nothing about the target's.
 */
export function findTime(text: string): FoundTime | undefined {
  const byDate = WEEKDAY.test(text) ? findDateCommand(text) : undefined;
  return byDate ?? findIso(text) ?? findEpoch(text) ?? findDay(text) ?? findDayFirst(text);
}

const WEEKDAY = /(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[, ]/;

/** Minutes east of UTC. Names other than these are ambiguous between countries and count as UTC. */
const ZONES: Readonly<Record<string, number>> = {
  CET: 60,
  CEST: 120,
  EET: 120,
  EEST: 180,
  MSK: 180,
  JST: 540,
  KST: 540,
  EST: -300,
  EDT: -240,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
};

// 2026-01-31T21:00:00.250+01:00 · 2026-01-31_21-00-00 · 20260131T210000Z · 20260131-210000 · 2026-01-31 21:00:00
const ISO = new RegExp(
  String.raw`(?<!\d)(?<year>(?:19|20)\d\d)(?<d1>[-.]?)(?<month>[01]\d)\k<d1>(?<day>[0-3]\d)[T _-]` +
    String.raw`(?<hour>[0-2]\d)(?<t1>[:._-]?)(?<minute>[0-5]\d)` +
    String.raw`(?:\k<t1>(?<second>[0-6]\d)(?:[.,](?<fraction>\d{1,9})(?=Z|[+-]\d|[^\w.]|$))?)?` +
    String.raw`(?:\s?(?<zone>Z|UTC|GMT|[+-](?:0\d|1[0-4]):?(?:00|15|30|45)|${Object.keys(ZONES).join('|')}))?(?![\dA-Za-z])`,
);

function findIso(text: string): FoundTime | undefined {
  const match = ISO.exec(text);
  const part = match?.groups;
  if (!match || !part) return undefined;
  // 2026-01-31_21-00-00-1200: not a zone, where the same sign divides the parts of the time.
  const zone = part.zone?.startsWith('-') && /[-._]/.test(part.t1 ?? '') ? undefined : part.zone;
  const at = instantOf(
    Number(part.year),
    Number(part.month) - 1,
    Number(part.day),
    Number(part.hour),
    Number(part.minute),
    Number(part.second ?? 0),
    Number(`0.${part.fraction ?? 0}`) * 1000,
    zone,
  );
  if (at === undefined) return undefined;
  const place = found(match, at);
  return zone === part.zone ? place : { ...place, end: place.end - (part.zone ?? '').length };
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MONTH = MONTHS.join('|');
// Mon Nov 23 01:06:25 UTC 2026 · Mon Nov 23 01:06:25 AM CET 2026
const DATE_C = new RegExp(
  String.raw`(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?<month>${MONTH}) +(?<day>\d{1,2}) (?<time>\d\d:\d\d:\d\d)(?: (?<half>AM|PM))?(?: (?<zone>[A-Z][A-Za-z]{1,5}|[+-]\d{2,4}))? (?<year>\d{4})(?!\d)`,
);
// Mon, 23 Nov 2026 01:06:25 +0000 · Mon 23 Nov 2026 01:06:25 AM UTC
const DATE_R = new RegExp(
  String.raw`(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? (?<day>\d{1,2}) (?<month>${MONTH}) (?<year>\d{4}),? (?<time>\d\d:\d\d:\d\d)(?: (?<half>AM|PM))?(?: (?<zone>[A-Z][A-Za-z]{1,5}|[+-]\d{2,4}))?`,
);

function findDateCommand(text: string): FoundTime | undefined {
  const match = DATE_C.exec(text) ?? DATE_R.exec(text);
  const part = match?.groups;
  if (!match || !part) return undefined;
  const [hour = 0, minute = 0, second = 0] = (part.time ?? '').split(':').map(Number);
  const at = instantOf(
    Number(part.year),
    MONTHS.indexOf(part.month ?? ''),
    Number(part.day),
    part.half === undefined || hour > 12 ? hour : (hour % 12) + (part.half === 'PM' ? 12 : 0),
    minute,
    second,
    0,
    part.zone,
  );
  return at === undefined ? undefined : found(match, at);
}

// 1763858524 · 1763858524.12 · 1763858524123, from the year 2001 to 2100
// A longer word of hexadecimal digits is an address.
const EPOCH =
  /(?<!\d|\b0\.)(?<!\b[\da-fA-F]+)(?<seconds>[1-3]\d{9})(?:(?<milliseconds>\d{3})|\.(?<fraction>\d{1,9}))?(?![\da-fA-F]|\.\d)/;
const YEAR_2001 = 978_307_200;
const YEAR_2100 = 4_102_444_800;

function findEpoch(text: string): FoundTime | undefined {
  const match = EPOCH.exec(text);
  const part = match?.groups;
  if (!match || !part) return undefined;
  const seconds = Number(part.seconds);
  if (seconds < YEAR_2001 || seconds > YEAR_2100) return undefined;
  const milliseconds = part.milliseconds
    ? Number(part.milliseconds)
    : Math.round(Number(`0.${part.fraction ?? 0}`) * 1000);
  return found(match, seconds * 1000 + milliseconds);
}

const DAY = /(?<!\d)(?<year>20\d\d)(?<d>[-._]?)(?<month>[01]\d)\k<d>(?<day>[0-3]\d)(?!\d)/;

function findDay(text: string): FoundTime | undefined {
  const match = DAY.exec(text);
  const part = match?.groups;
  if (!match || !part) return undefined;
  const at = instantOf(Number(part.year), Number(part.month) - 1, Number(part.day), 0, 0, 0, 0, 'Z');
  return at === undefined ? undefined : { ...found(match, at), dayOnly: true };
}

// Only with full stops: with other signs, some countries write the month first.
const DAY_FIRST = new RegExp(
  String.raw`(?<![\d.])(?<day>[0-3]\d)\.(?<month>[01]\d)\.(?<year>20\d\d)` +
    String.raw`(?:[T _-](?<hour>[0-2]\d)(?<t>[:._-]?)(?<minute>[0-5]\d)(?:\k<t>(?<second>[0-6]\d))?)?(?![\dA-Za-z]|\.\d)`,
);

function findDayFirst(text: string): FoundTime | undefined {
  const match = DAY_FIRST.exec(text);
  const part = match?.groups;
  if (!match || !part) return undefined;
  const { year, month, day, hour, minute = 0, second = 0 } = part;
  const at = instantOf(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour ?? 0),
    Number(minute),
    Number(second),
    0,
    undefined,
  );
  return at === undefined ? undefined : { ...found(match, at), dayOnly: hour === undefined };
}

function found(match: RegExpExecArray, at: Instant): FoundTime {
  return { at, start: match.index, end: match.index + match[0].length, dayOnly: false };
}

/** Undefined where the parts make no date (month 13, 31 February), or one that no device's clock shows. */
function instantOf(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  millisecond: number,
  zone: string | undefined,
): Instant | undefined {
  if (month < 0 || month > 11 || hour > 23 || minute > 59 || second > 60) return undefined;
  if (day < 1 || day > daysOf(year, month)) return undefined;
  const at = Date.UTC(year, month, day, hour, minute, second, Math.round(millisecond));
  const instant = at - offsetOf(zone) * 60_000;
  // A clock that was never set begins in 1970.
  return instant < 0 || instant > YEAR_2100 * 1000 ? undefined : instant;
}

function daysOf(year: number, month: number): number {
  if (month !== 1) return DAYS[month] as number;
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function offsetOf(zone: string | undefined): number {
  if (zone === undefined) return 0;
  const numeric = /^([+-])(\d\d):?(\d\d)?$/.exec(zone);
  if (!numeric) return ZONES[zone] ?? 0;
  const minutes = Number(numeric[2]) * 60 + Number(numeric[3] ?? 0);
  return numeric[1] === '-' ? -minutes : minutes;
}
