import { HOUR, type Instant, type Milliseconds } from '../model/units.js';
import { NEVER } from './instant-of.js';
import type { PathContext } from './path-context.js';
import type { SectionHeader } from './section-header.js';

const MINUTE: Milliseconds = 60_000;
/** Zones differ by quarters of an hour. */
const QUARTER = 15 * MINUTE;
const DAY = 24 * HOUR;

/**
 * Gives times of a log that tell no date, or no year, those of its path: the first of them lies at the time in the path,
 * or nearest to it. Where the path tells none, headers stay as they are.
 */
export class DatedByPath {
  private shift: Milliseconds | undefined;

  constructor(private readonly path: PathContext) {}

  dated(header: SectionHeader | undefined): SectionHeader | undefined {
    if (header?.takenAt === undefined || header.comesAgain === undefined) return header;
    const { takenAt, comesAgain, ...rest } = header;
    this.shift ??= shiftOf(takenAt, comesAgain, this.path);
    return this.shift === undefined ? header : { ...rest, takenAt: takenAt + this.shift };
  }
}

function shiftOf(
  at: Instant,
  comesAgain: Milliseconds,
  { takenAt, day, lacksDay }: PathContext,
): Milliseconds | undefined {
  if (lacksDay) return undefined;
  if (takenAt === undefined) {
    if (day === undefined || comesAgain === NEVER) return undefined;
    return comesAgain > DAY ? inYearOf(day, at) - at : day;
  }
  if (comesAgain === NEVER) return takenAt - at;
  if (comesAgain > DAY) return inYearOf(takenAt, at) - at;
  const nearest = at + Math.round((takenAt - at) / DAY) * DAY;
  const apart = nearest - takenAt;
  const zones = Math.round(apart / QUARTER) * QUARTER;
  // The same moment, told in another zone: the path is what other files are told by.
  return Math.abs(apart - zones) <= 2 * MINUTE ? takenAt - at : nearest - at;
}

/** The day and time of `at` in the year that brings it nearest to `near`. */
function inYearOf(near: Instant, at: Instant): Instant {
  const year = new Date(near).getUTCFullYear();
  const candidates = [year - 1, year, year + 1].map((one) => new Date(at).setUTCFullYear(one));
  return candidates.reduce((best, one) => (Math.abs(one - near) < Math.abs(best - near) ? one : best));
}
