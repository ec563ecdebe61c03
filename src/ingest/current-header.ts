import type { CaptureFormat, Says } from './format.js';
import { LogClock } from './log-clock.js';
import { type PrefixTimes, timeIn } from './prefix-times.js';
import { ProcessAbove } from './process-above.js';
import { fromTime, type SectionHeader } from './section-header.js';

/** What stands above the text that is read now. */
export class CurrentHeader {
  header: SectionHeader | undefined;
  /** How many headers were met so far. */
  round = 0;
  private place: string | undefined;
  private readonly process = new ProcessAbove();
  private readonly clock = new LogClock();
  private readonly prefixClock = new LogClock();

  constructor(private readonly prefixTimes: PrefixTimes) {}

  /** Lines of another file begin, where each names its own (`grep -H`). Returns their header, if they name one. */
  enter(place: string | undefined): SectionHeader | undefined {
    this.place = place;
    return place === undefined ? undefined : placeHeader(place);
  }

  isIn(place: string | undefined): boolean {
    return this.place === place;
  }

  /**
   * A banner below a date keeps the date, a date among prefixed lines their place, all that follows a device's name the
   * device; a new date begins a new round.
   */
  begin(next: SectionHeader): void {
    const { place } = this;
    const device = next.device ?? this.header?.device;
    this.header = {
      ...(place !== undefined && placeHeader(place)),
      ...next,
      ...(device !== undefined && { device }),
      ...(next.takenAt === undefined ? timeOf(this.header) : onClock(next, this.clock)),
    };
    this.round++;
    this.process.begin();
  }

  /** The header of a section that begins here: what it does not say itself, a section above may have said. */
  ofSection(format: CaptureFormat): SectionHeader | undefined {
    const process = this.process.of(format, this.header?.pid);
    return process ? { ...this.header, ...process } : this.header;
  }

  /** A section has told this of a process. */
  told(format: CaptureFormat, says: Says): void {
    this.process.told(format, says);
  }

  /**
   * What is known of what is read from a line on, below `header`: what a script has printed in front of it tells the
   * time, or, without a time in the header, what a logger did.
   */
  of(header: SectionHeader | undefined, line: number, inFront?: string): SectionHeader | undefined {
    const time = timeIn(inFront) ?? (header?.takenAt === undefined ? this.prefixTimes.before(line) : undefined);
    if (!time) return header;
    this.round++;
    return { ...header, ...onClock(fromTime(time), this.prefixClock) };
  }
}

function timeOf({ takenAt, comesAgain }: SectionHeader = {}): SectionHeader {
  return { ...(takenAt !== undefined && { takenAt }), ...(comesAgain !== undefined && { comesAgain }) };
}

function onClock({ takenAt: at = 0, comesAgain }: SectionHeader, clock: LogClock): SectionHeader {
  if (comesAgain === undefined) return { takenAt: at };
  return { takenAt: clock.instantOf({ at, comesAgain }), comesAgain };
}

/** `grep -H` names the file of each line: `/proc/2/smaps`. */
function placeHeader(place: string): SectionHeader {
  const pid = /\/proc\/(\d{1,7})\//.exec(place)?.[1];
  return pid === undefined ? { path: place } : { path: place, pid: Number(pid) };
}
