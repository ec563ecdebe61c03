import type { StackFrame } from '../../model/leaks.js';
import { InternedLines } from '../interned-lines.js';
import type { FrameHead } from './sanitizer-frame-head.js';
import { type Headline, parseHeadline } from './sanitizer-headline.js';
import { sanitizerLineOf } from './sanitizer-line.js';

/** What the lines of a run's sanitizer logs say, by their bytes. Those that differ in one number only are one line. */
export class KnownSanitizerLines {
  /** Lines as they are. */
  readonly whole = new InternedLines(sanitizerLineOf);
  /** What stands behind `==PID==`, where it is a headline. */
  readonly headlines = new InternedLines(headlineBehindPid);
  /** What stands behind the number and the address of a frame. */
  readonly frames = new InternedLines(frameBehindAddress);
}

function headlineBehindPid(rest: string): Headline | undefined {
  const { opening, isOfValgrind } = sanitizerLineOf(`==1==${rest}`);
  if (opening?.type !== 'headline' || isOfValgrind) return undefined;
  const { headline } = opening;
  // It changes with the prefix, and is not of some other process that is named further on.
  const isOfPrefix = headline.pid === 1 && parseHeadline(`==2==${rest}`)?.pid === 2;
  return isOfPrefix && headline.command === undefined ? headline : undefined;
}

function frameBehindAddress(rest: string): PlacedFrame | undefined {
  const { frame, opening, leak, isOfValgrind } = sanitizerLineOf(`#1 0x1${rest}`);
  if (frame?.frame.address !== '1' || opening || leak || isOfValgrind) return undefined;
  return new PlacedFrame(frame.frame);
}

/** A frame at any address: each process has its own, where the kernel loads programs at random addresses. */
export class PlacedFrame {
  private digits = '';
  private address = -1;

  /** @param latest the frame where it was met last */
  constructor(private latest: StackFrame) {}

  /** The frame at an address; equal ones of one process are one object. */
  at({ address, digits, end }: FrameHead, buffer: Buffer): StackFrame {
    if (address !== this.address || end - digits !== this.digits.length) {
      this.digits = buffer.toString('latin1', digits, end);
      this.address = address;
      this.latest = { ...this.latest, address: this.digits };
    }
    return this.latest;
  }
}
