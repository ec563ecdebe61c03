import type { CaptureFormat, Says } from './format.js';
import type { NamedProcess } from './process-headers.js';

/**
 * The process that a section names to those below it, up to the next header: `cat /proc/PID/status /proc/PID/smaps`.
 *
 * Where a file has them the other way round, what stands above is of the process before; and of several processes in a
 * row, none is that of what follows them.
 */
export class ProcessAbove {
  private named: NamedProcess | undefined;
  private areSeveral = false;
  private isOtherWayRound = false;

  /** A header stands here: whose the next section is, it says itself. */
  begin(): void {
    this.named = undefined;
    this.areSeveral = false;
  }

  /** The process of a section that begins here, unless a header names it. */
  of(format: CaptureFormat, told: number | undefined): NamedProcess | undefined {
    if (format.process === 'names') this.begin();
    if (format.process !== 'takes' || told !== undefined) return undefined;
    this.isOtherWayRound ||= this.named === undefined && !this.areSeveral;
    return this.isOtherWayRound ? undefined : this.named;
  }

  told(format: CaptureFormat, { pid, command, commandMayBeCut }: Says): void {
    if (format.process !== 'names' || pid === undefined) return;
    this.areSeveral ||= this.named !== undefined && this.named.pid !== pid;
    this.named = this.areSeveral ? undefined : { pid, ...(command !== undefined && !commandMayBeCut && { command }) };
  }
}
