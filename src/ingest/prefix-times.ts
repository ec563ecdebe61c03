import { findClock, findSinceBoot } from './clock-text.js';
import type { FoundTime } from './instant-of.js';
import { findTime } from './time-text.js';

/** Of so many lines is kept what stands in front of them, until something is read of them. */
const MOST_KEPT = 100_000;

/** The times that a logger put in front of the lines of a text. */
export class PrefixTimes {
  /** Ascending; `prefixes[i]` stands in front of the lines from `lines[i]` to before the next. */
  private lines: number[] = [];
  private prefixes: string[] = [];
  private areTimes = true;

  note(line: number, prefix: string): void {
    if (!this.areTimes || prefix === this.prefixes.at(-1)) return;
    this.lines.push(line);
    this.prefixes.push(prefix);
    if (this.lines.length > MOST_KEPT) this.forget(MOST_KEPT / 2);
  }

  /** What is told in front of a line; lines are asked for in their order, those before are forgotten. */
  before(line: number): FoundTime | undefined {
    const next = this.lines.findIndex((from) => from > line);
    const here = (next === -1 ? this.lines.length : next) - 1;
    if (here < 0) return undefined;
    this.forget(here);
    const time = timeIn(this.prefixes[0]);
    const after = timeIn(this.prefixes[1]);
    // Of one capture they may not fall: they tell how long it was since the line before (ts -i).
    const fall = (time?.at ?? 0) - (after?.at ?? time?.at ?? 0);
    if (fall > 0 && fall < (time?.comesAgain ?? 0) / 2) {
      this.areTimes = false;
      this.forget(this.lines.length);
      return undefined;
    }
    return time;
  }

  private forget(count: number): void {
    this.lines.splice(0, count);
    this.prefixes.splice(0, count);
  }
}

/** The time that stands in front of a line, if one does. */
export function timeIn(prefix: string | undefined): FoundTime | undefined {
  if (prefix === undefined || !/\d/.test(prefix)) return undefined;
  const time = findTime(prefix);
  return time && !time.dayOnly ? time : (findClock(prefix) ?? findSinceBoot(prefix));
}
