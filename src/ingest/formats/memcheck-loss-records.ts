import type { LossRecord, StackFrame } from '../../model/leaks.js';
import type { Origin } from '../../model/origin.js';
import type { LossHead } from './memcheck-loss-record.js';

/** The loss records of one process: those of its last leak check, as LEAK SUMMARY sums them up. */
export class LossRecords {
  private records: LossRecord[] = [];
  /** Those that tell anew of a stack that an earlier check told of. */
  private readonly changes = new Set<LossRecord>();
  /** A leak check is over: a record after it belongs to the next one. */
  private isCheckOver = false;
  /** Records behind the last line of the log: who shows it to others quotes it. */
  private behindEnd: LossRecord[] = [];

  /** Begins a record; its frames are to be added to what is returned. */
  begin({ amounts, isChange }: LossHead, origin: Origin, isBehindEnd: boolean): StackFrame[] {
    const record: LossRecord = { tool: 'memcheck', ...amounts, frames: [], origin };
    if (isBehindEnd && this.isCheckOver) {
      this.behindEnd.push(record);
      return record.frames;
    }
    if (isChange) this.changes.add(record);
    else if (this.isCheckOver) this.records = [];
    this.isCheckOver = false;
    this.records.push(record);
    return record.frames;
  }

  endCheck(): void {
    if (this.behindEnd.length > 0) this.records = this.behindEnd;
    this.behindEnd = [];
    this.isCheckOver = this.records.length > 0;
  }

  all(): LossRecord[] {
    for (const quoted of this.behindEnd) {
      if (!this.records.some((record) => isSame(record, quoted))) this.records.push(quoted);
    }
    return this.changes.size === 0 ? this.records : this.asChanged();
  }

  /** A check for changes prints only these: of each stack the last record stands, where it still holds anything. */
  private asChanged(): LossRecord[] {
    const latest = new Map<string, LossRecord>();
    for (const record of this.records) latest.set(stackOf(record), record);
    return this.records.filter((record) => {
      const last = latest.get(stackOf(record)) ?? record;
      return record.blocks > 0 && (last === record || !this.changes.has(last));
    });
  }
}

function isSame(a: LossRecord, b: LossRecord): boolean {
  const isSameAmount = a.bytes === b.bytes && a.blocks === b.blocks && a.indirectBytes === b.indirectBytes;
  return isSameAmount && a.kind === b.kind && addressesOf(a.frames) === addressesOf(b.frames);
}

function stackOf({ kind, frames }: LossRecord): string {
  return `${kind} ${addressesOf(frames)}`;
}

export function addressesOf(frames: readonly StackFrame[]): string {
  return frames.map(({ address }) => address).join();
}
