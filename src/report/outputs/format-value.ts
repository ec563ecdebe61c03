import { durationText } from '../../model/duration-text.js';
import { KIB } from '../../model/units.js';

/**
 * Numbers as people read them: the only place where a number of the report becomes text.
 *
 * Independent of locale and time zone. A value that is not finite is "not known": no output ever says NaN.
 */
export const NOT_KNOWN = '–';

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** `512 B`, `432 KiB`, `1.57 MiB`: three significant digits; whole bytes and KiB as they are. */
export function formatBytes(value: number): string {
  if (!Number.isFinite(value)) return NOT_KNOWN;
  let amount = Math.abs(value);
  let unit = 0;
  // A value that would be rounded up to "1,024 KiB" belongs to the next unit.
  while (unit < UNITS.length - 1 && amount >= (unit === 0 ? KIB : KIB - 0.5)) {
    amount /= KIB;
    unit++;
  }
  return `${value < 0 ? MINUS : ''}${unit < 2 && Number.isInteger(amount) ? formatCount(amount) : threeDigits(amount)} ${UNITS[unit] ?? 'B'}`;
}

/** `+1.57 MiB`, `−12 KiB`, `0 B`. */
export function formatGrowth(value: number): string {
  return value > 0 && Number.isFinite(value) ? `+${formatBytes(value)}` : formatBytes(value);
}

export function formatRate(value: number, per: 'hour' | 'sample'): string {
  return Number.isFinite(value)
    ? `${formatGrowth(Math.abs(value) < 1 ? 0 : value)}/${per === 'hour' ? 'h' : 'sample'}`
    : NOT_KNOWN;
}

/** `1,611,776 bytes`: the exact number behind a rounded one. */
export function formatExactBytes(value: number): string {
  return Number.isFinite(value) ? `${formatCount(value)} ${Math.round(value) === 1 ? 'byte' : 'bytes'}` : '';
}

/** `152/s`, `2.1/min`, `0.4/h`: of the units that in which it is once or more. */
export function formatFrequency(perHour: number): string {
  if (!Number.isFinite(perHour)) return NOT_KNOWN;
  const [amount, unit] =
    perHour >= 3600 ? [perHour / 3600, 's'] : perHour >= 60 ? [perHour / 60, 'min'] : [perHour, 'h'];
  const text = amount < 9.95 && amount > 0 ? amount.toFixed(1).replace(/\.0$/, '') : formatCount(amount);
  return `${text}/${unit}`;
}

/** `12,345`. */
export function formatCount(value: number): string {
  if (!Number.isFinite(value)) return NOT_KNOWN;
  const whole = Math.round(value);
  return `${whole < 0 ? MINUS : ''}${Math.abs(whole).toString().replace(THOUSANDS, ',')}`;
}

/** `98 %`, `0.4 %`. */
export function formatShare(value: number): string {
  if (!Number.isFinite(value)) return NOT_KNOWN;
  const percent = value * 100;
  return `${percent !== 0 && Math.abs(percent) < 1 ? percent.toFixed(1) : percent.toFixed(0)} %`;
}

/** `0.032`, `0.0012`, `< 0.0001`. */
export function formatProbability(value: number): string {
  if (!Number.isFinite(value)) return NOT_KNOWN;
  return value < 0.0001 ? '< 0.0001' : value.toFixed(value < 0.01 ? 4 : 3);
}

/** `2026-01-31 21:00 UTC`, with seconds where they are not zero. */
export function formatInstant(value: number): string {
  return isInstant(value) ? `${formatZoneless(value)} UTC` : NOT_KNOWN;
}

/** `2026-01-31 21:00`: for a start and for a table, where the zone is said elsewhere. */
export function formatZoneless(value: number): string {
  return isInstant(value) ? dateAndClock(value).join(' ') : NOT_KNOWN;
}

/** `22:30 UTC` on the day of `start`, else with its date. */
export function formatEnd(value: number, start: number): string {
  if (!isInstant(value) || !isInstant(start)) return formatInstant(value);
  const [date, clock] = dateAndClock(value);
  return date === dateAndClock(start)[0] ? `${clock} UTC` : formatInstant(value);
}

function dateAndClock(value: number): [date: string, clock: string] {
  const [date = '', clock = ''] = new Date(value).toISOString().split('T');
  return [date, clock.slice(6, 8) === '00' ? clock.slice(0, 5) : clock.slice(0, 8)];
}

/** `40 s`, `12 min`, `6 h 30 min`, `3 d 4 h`. */
export function formatDuration(value: number): string {
  return durationText(value) ?? NOT_KNOWN;
}

/** Whether JavaScript's dates can hold it. */
export function isInstant(value: number): boolean {
  return Math.abs(value) <= 8.64e15;
}

function threeDigits(amount: number): string {
  return amount < 999.5 ? amount.toFixed(amount < 9.995 ? 2 : amount < 99.95 ? 1 : 0) : formatCount(amount);
}

const MINUS = '\u2212';
const THOUSANDS = /\B(?=(?:\d{3})+$)/g;
