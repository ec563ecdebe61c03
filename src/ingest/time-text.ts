import { type FoundTime, found, instantOf, ZONE_NAMES } from './instant-of.js';
import { findWrittenDate } from './written-date.js';

/**
 * The first time in a text: ISO 8601 basic or extended (`20260131T210000Z`, `2026-01-31_21-00-00`), also without what
 * divides its parts (`20260131210000`), what `date` prints, a date with a word for its month, epoch seconds or
 * milliseconds, or a date of numbers (`23.11.2026 01:06:25`) where it is sure which of them is the month.
 * A time without a zone is taken as UTC: the zone of the machine that reads a capture says nothing about the target's.
 */
export function findTime(text: string): FoundTime | undefined {
  return (
    findWrittenDate(text) ??
    findIso(text) ??
    findCompact(text) ??
    findEpoch(text) ??
    findDay(text) ??
    findByNumbers(text)
  );
}

// 2026-01-31T21:00:00.250+01:00 · 2026-01-31_21-00-00 · 20260131T210000Z · 20260131-210000 · 2026/01/31 21:00:00
// 2026_01_31_21_00_00 · 2026-01-31_21h00m00s
const ISO = new RegExp(
  String.raw`(?<!\d)(?<year>(?:19|20)\d\d)(?<d1>[-./_]?)(?<month>[01]\d)\k<d1>(?<day>[0-3]\d)[T _-]` +
    String.raw`(?<hour>[0-2]\d)(?<t1>[:._h-]?)(?<minute>[0-5]\d)` +
    String.raw`(?:(?:\k<t1>|(?<=h\d\d)m)(?<second>[0-6]\d)s?(?:[.,](?<fraction>\d{1,9})(?=Z|[+-]\d|[^\w.]|$))?|(?<=h\d\d)m)?` +
    String.raw`(?:[\s_]?(?<zone>Z|UTC|GMT|[+-](?:0\d|1[0-4]):?(?:00|15|30|45)|${ZONE_NAMES}))?(?![\dA-Za-z])`,
);

function findIso(text: string): FoundTime | undefined {
  const match = ISO.exec(text);
  const part = match?.groups;
  if (!match || !part) return undefined;
  // 2026-01-31_21-00-00-1200: not a zone, where the same sign divides the parts of the time.
  const zone = part.zone?.startsWith('-') && /[-._]/.test(part.t1 ?? '') ? undefined : part.zone;
  const place = found(match, instantOf({ ...part, ...dayOf(part), zone }));
  return place && zone !== part.zone ? { ...place, end: place.end - (part.zone ?? '').length } : place;
}

function dayOf({ year, month, day }: Readonly<Record<string, string | undefined>>): {
  year: number;
  month: number;
  day: number;
} {
  return { year: Number(year), month: Number(month) - 1, day: Number(day) };
}

// 20260131210000 · 202601312100 · 20260131210000250
const COMPACT =
  /(?<![\da-fA-F])(?<year>20\d\d)(?<month>[01]\d)(?<day>[0-3]\d)(?<hour>[0-2]\d)(?<minute>[0-5]\d)(?:(?<second>[0-6]\d)(?<fraction>\d{3})?)?(?![\da-fA-F]|\.\d)/;

// 260131_210000
const SHORT_YEAR =
  /(?<![\dA-Za-z])(?<year>[2-4]\d)(?<month>[01]\d)(?<day>[0-3]\d)[_T-](?<hour>[0-2]\d)(?<minute>[0-5]\d)(?<second>[0-5]\d)(?![\dA-Za-z]|\.\d)/;

function findCompact(text: string): FoundTime | undefined {
  const match = COMPACT.exec(text) ?? SHORT_YEAR.exec(text);
  if (!match?.groups) return undefined;
  const { year, ...parts } = match.groups;
  const day = dayOf({ ...parts, year: year?.length === 2 ? `20${year}` : year });
  return found(match, instantOf({ ...parts, ...day }));
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
  const day = match ? found(match, instantOf(dayOf(match.groups ?? {}))) : undefined;
  return day && { ...day, dayOnly: true };
}

// 23.11.2026 01:06:25 · 23-11-2026_01-06-25 · 11/23/2026 1:06:25 AM
const BY_NUMBERS = new RegExp(
  String.raw`(?<![\d./-])(?<first>[0-3]?\d)(?<d>[./-])(?<other>[0-3]?\d)\k<d>(?<year>20\d\d)` +
    String.raw`(?:[ T_,-]{1,2}(?<hour>[0-2]?\d)(?<t>[:._-]?)(?<minute>[0-5]\d)(?:\k<t>(?<second>[0-6]\d)(?:[.,](?<fraction>\d{1,9}))?)?(?: (?<half>[AP]M))?)?(?![\dA-Za-z]|\.\d)`,
);

/** Some countries write the month first, but not with full stops: where both may be months, nothing tells. */
function findByNumbers(text: string): FoundTime | undefined {
  const match = BY_NUMBERS.exec(text);
  const { first, other, d, year, ...time } = match?.groups ?? {};
  if (!match || (d === '.' && (first?.length !== 2 || other?.length !== 2))) return undefined;
  const [one, two] = [Number(first), Number(other)];
  if (d !== '.' && one <= 12 && two <= 12 && one !== two) return undefined;
  const [day, month] = d !== '.' && two > 12 ? [two, one] : [one, two];
  const date = found(match, instantOf({ ...time, year: Number(year), month: month - 1, day }));
  return date && { ...date, dayOnly: time.hour === undefined };
}
