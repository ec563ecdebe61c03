import { HOUR, type Milliseconds } from './units.js';

/** `40 s`, `12 min`, `6 h 30 min`, `3 d 4 h`, `12 d`, `3.7 years`; undefined for what is not finite. */
export function durationText(value: Milliseconds): string | undefined {
  if (!Number.isFinite(value)) return undefined;
  const seconds = Math.round(Math.abs(value) / 1000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const days = hours / 24;
  if (days < LEAST_WHOLE_DAYS) return hours % 24 === 0 ? `${days} d` : `${Math.floor(days)} d ${hours % 24} h`;
  if (days < 2 * DAYS_OF_YEAR) return `${Math.floor(days)} d`;
  const years = days / DAYS_OF_YEAR;
  if (years > 1000) return 'more than 1,000 years';
  return `${years < 10 ? years.toFixed(1) : Math.floor(years)} years`;
}

const LEAST_WHOLE_DAYS = 10;
const DAYS_OF_YEAR = 365.25;

/** How far ahead a forecast is of use to anybody. */
export const FURTHEST_FORECAST: Milliseconds = 10 * DAYS_OF_YEAR * 24 * HOUR;
