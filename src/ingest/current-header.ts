import type { CaptureFormat, Says } from './format.js';
import { LogClock } from './log-clock.js';
import { type PrefixTimes, timeIn } from './prefix-times.js';
import { ProcessAbove } from './process-above.js';
import { ProcessNames } from './process-names.js';
import { fromTime, type SectionHeader } from './section-header.js';

/** What stands above the text that is read now. */
export class CurrentHeader {
  header: SectionHeader | undefined;
  /** How many headers were met so far. */
  round = 0;
  private place: string | undefined;
  private device: string | undefined;
  private readonly process = new ProcessAbove();
  private readonly names = new ProcessNames();
  private readonly clock = new LogClock();
  private readonly prefixClock = new LogClock();

  constructor(private readonly prefixTimes: PrefixTimes) {}

  /** Lines of another file or device begin, where each names its own (`grep -H`, `clush`). Returns their header, if any. */
  enter(place: string | undefined, device: string | undefined): SectionHeader | undefined {
    this.place = place;
    this.device = device;
    return place === undefined && device === undefined ? undefined : this.placeHeader();
  }

  isIn(place: string | undefined, device: string | undefined): boolean {
    return this.place === place && this.device === device;
  }

  /** `grep -H` names the file of each line: `/proc/2/smaps`. */
  private placeHeader(): SectionHeader {
    const { place, device } = this;
    const pid = /\/proc\/(\d{1,7})\//.exec(place ?? '')?.[1];
    return {
      ...(place !== undefined && { path: place }),
      ...(pid !== undefined && { pid: Number(pid) }),
      ...(device !== undefined && { device }),
    };
  }

  /**
   * A banner below a date keeps the date, a date among prefixed lines their place, all that follows a device's name the
   * device; a new date begins a new round.
   */
  begin(next: SectionHeader): void {
    const device = next.device ?? this.device ?? this.header?.device;
    this.header = {
      ...this.placeHeader(),
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
    const header = process ? { ...this.header, ...process } : this.header;
    const command = this.names.of(format, header);
    return command === undefined ? header : { ...header, command };
  }

  /** A section has told this of a process. */
  told(format: CaptureFormat, says: Says): void {
    this.process.told(format, says);
    this.names.told(format, says);
  }

  /** Takes a line that is no more than the name of a process, by the file that the lines are from now. */
  takesName(line: string): boolean {
    return this.names.takes(this.place ?? this.header?.path, line);
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
