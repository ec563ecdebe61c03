import type { MemcheckLine } from './memcheck-line.js';
import { isLossRecord } from './memcheck-loss-record.js';

interface Head {
  readonly text: string;
  readonly number: number;
}

/**
 * The first lines of loss records as people paste them: what was selected begins behind the prefix.
 *
 *     2,304 bytes in 1 blocks are possibly lost in loss record 108 of 134
 *     ==14519==    at 0x4848899: malloc (vg_replace_malloc.c:381)
 */
export class BrokenHeads {
  private head: Head | undefined;

  /** Looks at a line without prefix: whether it is a head. */
  take(text: string, number: number): boolean {
    const head = text.replace(/^[>\s]+/, '');
    this.head = isLossRecord(head) ? { text: head, number } : undefined;
    return this.head !== undefined;
  }

  /** Looks at a line behind a prefix: the head that stood above it without one, if this is its first frame. */
  before({ frame }: MemcheckLine): Head | undefined {
    const { head } = this;
    this.head = undefined;
    return frame && head;
  }
}
