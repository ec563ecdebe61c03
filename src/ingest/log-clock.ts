import type { Instant } from '../model/units.js';
import type { FoundTime } from './instant-of.js';

/** Counts the days, or years, of times that tell none, in the order of a log: past midnight it is the next day. */
export class LogClock {
  private before = Number.NEGATIVE_INFINITY;
  private passed = 0;

  instantOf({ at, comesAgain }: Pick<FoundTime, 'at' | 'comesAgain'>): Instant {
    if (comesAgain === undefined) return at;
    // A fall by less is a clock that was put back.
    if (this.before - (at + this.passed) > comesAgain / 2) this.passed += comesAgain;
    this.before = at + this.passed;
    return this.before;
  }
}
