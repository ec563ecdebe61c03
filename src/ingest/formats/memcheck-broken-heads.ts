import type { MemcheckLine } from './memcheck-line.js';
import { isLossRecord } from './memcheck-loss-record.js';

interface Head {
  readonly text: string;
  readonly number: number;
}

/**
 * The first lines of loss records as people paste them: what was selected begins behind the prefix, or a mail wrapped
 * the line.
 *
 *     2,304 bytes in 1 blocks are possibly lost in loss record 108 of 134
 *     ==14519==    at 0x4848899: malloc (vg_replace_malloc.c:381)
 *
 *     ==3402== 2,352 (128 direct, 2,224 indirect) bytes in 1 blocks are definitely
 *     lost in loss record 9 of 9
 */
export class BrokenHeads {
  private withoutPrefix: Head | undefined;
  private cut: (Head & { readonly pid: number }) | undefined;

  /** Whether the line that was looked at last is a head without its prefix. */
  get isHeld(): boolean {
    return this.withoutPrefix !== undefined;
  }

  /** Looks at a line without prefix: the head that it completes, if it does. */
  goOn(text: string, number: number): (Head & { readonly pid: number }) | undefined {
    const rest = text.replace(/^[>\s]+/, '');
    const { cut } = this;
    this.cut = undefined;
    const whole = cut && `${cut.text} ${rest}`;
    if (whole !== undefined && isLossRecord(whole)) return { ...cut, text: whole } as Head & { readonly pid: number };
    this.withoutPrefix = isLossRecord(rest) ? { text: rest, number } : undefined;
    return undefined;
  }

  /** Looks at a line behind a prefix: the head that stood above it without one, if this is its first frame. */
  before(pid: number, { text, frame }: MemcheckLine, number: number): Head | undefined {
    const { withoutPrefix } = this;
    this.withoutPrefix = undefined;
    this.cut = CUT_HEAD.test(text) ? { pid, text, number } : undefined;
    return frame && withoutPrefix;
  }
}

// 2,352 (128 direct, 2,224 indirect) bytes in 1 blocks are definitely
const CUT_HEAD =
  /^[\d,]+(?: \([^)]{1,80}\))? bytes in [\d,]+ blocks?(?: are(?: [a-z]+(?: (?:lost|reachable)(?: in(?: new)?(?: loss)?)?)?)?)?$/;
