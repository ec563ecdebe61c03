import { HOUR, type Instant, type Milliseconds } from '../model/units.js';

/** A time found inside a text, with the place that it takes there. */
export interface FoundTime {
  readonly at: Instant;
  readonly start: number;
  readonly end: number;
  /** Only a day, no time of day: names a night, not a sample. */
  readonly dayOnly: boolean;
  /** No date is told, or no year: the same text comes again after so long, or `NEVER` (the time since a start). */
  readonly comesAgain?: Milliseconds;
}

/** Longer than anything runs. */
export const NEVER: Milliseconds = 100 * 366 * 24 * HOUR;

/** The parts of a date as they are written. */
export interface DateParts {
  readonly year: number;
  /** From 0. */
  readonly month: number;
  readonly day: number;
  readonly hour?: string | undefined;
  readonly minute?: string | undefined;
  readonly second?: string | undefined;
  /** Decimals of the second. */
  readonly fraction?: string | undefined;
  /** `PM`, `上午`. */
  readonly half?: string | undefined;
  readonly zone?: string | undefined;
}

/** Undefined where the parts make no date (month 13, 31 February), or one that no device's clock shows. */
export function instantOf(parts: DateParts): Instant | undefined {
  const { year, month, day, half, fraction = '0', zone } = parts;
  const [minute, second] = [Number(parts.minute ?? 0), Number(parts.second ?? 0)];
  const told = Number(parts.hour ?? 0);
  const hour = half === undefined || told > 12 ? told : (told % 12) + (/^(?:PM|下午)$/i.test(half) ? 12 : 0);
  if (month < 0 || month > 11 || hour > 23 || minute > 59 || second > 60) return undefined;
  if (day < 1 || day > daysOf(year, month)) return undefined;
  const at = Date.UTC(year, month, day, hour, minute, second, Math.round(Number(`0.${fraction}`) * 1000));
  const instant = at - offsetOf(zone) * 60_000;
  // A clock that was never set begins in 1970.
  return instant < 0 || instant > LATEST ? undefined : instant;
}

const LATEST = Date.UTC(2100, 0, 1);

function daysOf(year: number, month: number): number {
  if (month !== 1) return DAYS[month] as number;
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Minutes east of UTC. Names other than these are ambiguous between countries and count as UTC. */
const ZONES: Readonly<Record<string, number>> = {
  CET: 60,
  CEST: 120,
  MEZ: 60,
  MESZ: 120,
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

/** The names of zones that count. */
export const ZONE_NAMES = Object.keys(ZONES).join('|');

function offsetOf(zone: string | undefined): number {
  if (zone === undefined) return 0;
  const numeric = /^([+-])(\d\d):?(\d\d)?$/.exec(zone);
  if (!numeric) return ZONES[zone] ?? 0;
  const minutes = Number(numeric[2]) * 60 + Number(numeric[3] ?? 0);
  return numeric[1] === '-' ? -minutes : minutes;
}

export function found(match: RegExpExecArray, at: Instant | undefined): FoundTime | undefined {
  return at === undefined ? undefined : { at, start: match.index, end: match.index + match[0].length, dayOnly: false };
}
