import type { MemoryError, StackFrame } from '../../model/leaks.js';

/** Sorts the frames of one report into its stacks, by their numbers and by the titles above them. */
export class ReportStacks {
  /** Where the next frame goes. */
  private frames: StackFrame[] | undefined;
  /** Of leaks whose heads were printed before the stack of the first of them: two processes wrote at once. */
  private waiting: StackFrame[][] = [];
  private title: string | undefined;
  /** Whether it is a title for sure, and the next stack its own. */
  private isCertain = false;
  private lastNumber = Number.NaN;

  /** @param prefix what something else put in front of the report's first line */
  constructor(
    private readonly error: MemoryError | undefined,
    private readonly prefix: string,
  ) {
    this.frames = error?.frames;
  }

  /** Takes a frame, with its number in the stack; those inlined into the first count down to it: 0.2, 0.1, 0. */
  frame(number: number, frame: StackFrame): void {
    const isFirst = number < 1 && !(this.lastNumber < 1 && number < this.lastNumber);
    this.lastNumber = number;
    if (isFirst && this.error && this.error.frames.length > 0) {
      // Further stacks have a title; one without is not this report's.
      this.frames = undefined;
      if (this.title !== undefined) {
        const stack = { title: this.title, frames: [] };
        this.error.related.push(stack);
        this.frames = stack.frames;
      }
    }
    // A leak has one stack; a blank line is none where a logger or a mail marks it.
    if (isFirst && !this.error && this.frames && this.frames.length > 0) this.frames = undefined;
    if (isFirst) this.frames ??= this.waiting.shift();
    this.title = undefined;
    this.frames?.push(frame);
  }

  /** The frames below are a leak's. */
  begin(frames: StackFrame[]): void {
    if (this.frames?.length === 0) this.waiting.push(frames);
    else {
      this.frames = frames;
      this.waiting = [];
    }
  }

  /** The frames below are none of the report's. */
  stop(): void {
    if (this.frames?.length === 0) this.waiting = [];
    this.frames = undefined;
    this.title = undefined;
  }

  /** Takes a line that may be the title of the stack below it. */
  line(text: string): void {
    const title = behind(this.prefix, text).trim();
    const isCertain = CERTAIN_TITLE.test(title);
    // A symbolizer may complain, or the program print, between a title and its stack.
    if (this.title !== undefined && this.isCertain && !isCertain) return;
    this.title = title;
    this.isCertain = isCertain;
  }

  /** Takes a blank line: what has a title above it only has no stack, "[failed to restore the stack]". */
  blank(): void {
    this.isCertain = false;
  }
}

// "freed by thread T0 here:", "Mutex M0 (0x7b64) created at:", "  Previous write of size 8 at 0x7b0c by thread T1:"
const CERTAIN_TITLE = /\b(?:here|at|sleep|thread(?: T\d+)?(?: \([^()]*\))?):$/;

/**
 * A line without what stands in front of it as in front of the report's first, other numbers apart. Something may stand
 * there once only: `I DEBUG   : Abort message: '==77==ERROR: …`, and then `I DEBUG   : freed by thread T0 here:`.
 */
function behind(prefix: string, text: string): string {
  let length = 0;
  while (length < prefix.length && isAlike(prefix.charAt(length), text.charAt(length))) length++;
  if (length < prefix.length) length = /^.*[:|>\])] +/.exec(prefix.slice(0, length))?.[0].length ?? 0;
  return text.slice(length);
}

function isAlike(a: string, b: string): boolean {
  return a === b || (/\d/.test(a) && /\d/.test(b));
}
