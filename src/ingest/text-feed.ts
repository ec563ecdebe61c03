import type { ByteSource } from './byte-source.js';
import { type ByteWindow, LONGEST_LINE } from './byte-window.js';
import { LIMITS } from './limits.js';
import { either, type Wrapping } from './line-prefix.js';
import { PrefixTimes } from './prefix-times.js';
import { ShownText } from './shown-text.js';
import { VMA_HEADER } from './vma-header.js';

/** How much is read at a time, and the longest line: 256 KiB to 4 MiB measure the same, 16 KiB costs a sixth more. */
export const CHUNK_BYTES = LIMITS.line.value;

const NEWLINE = 10;

/** A buffer in which every feed can work; files are read one after the other, so one serves all. */
export function windowBuffer(): Buffer {
  return Buffer.allocUnsafeSlow(CHUNK_BYTES + LONGEST_LINE);
}

/**
 * Keeps a window filled from a source.
 *
 * Where every line is wrapped by something else (`grep -H`, syslog, logcat, a mail's indentation), `unwrap` takes that
 * off from there on; `place` then tells the file that the window's lines were taken from, and a window ends where
 * that changes.
 */
export class TextFeed {
  /** The file that the window's lines were taken from, where the text says so on every line. */
  place: string | undefined;
  /** The device that they came from, where it says so. */
  device: string | undefined;
  /** How many lines were too long and skipped. */
  longLines = 0;
  /** Set once the source could not be read to its end. */
  damage: Error | undefined;
  /** Where bytes end; behind `limit` there is the beginning of a line. */
  private filled = 0;
  /** Where whole lines end. */
  private limit = 0;
  private ended = false;
  private wrapping: Wrapping | undefined;
  private readonly shown = new ShownText();
  /** Where in the buffer lines of another place begin, ascending. */
  private changes: { at: number; place: string | undefined; device: string | undefined }[] = [];
  private lastPlace: string | undefined;
  private lastDevice: string | undefined;
  /** What stood in front of the lines, where they were wrapped. */
  readonly prefixTimes = new PrefixTimes();
  /** The number of the next line whose wrapping is taken off. */
  private wrappedLine = 0;

  constructor(
    private readonly source: ByteSource,
    private readonly window: ByteWindow,
    private readonly onLongLine: (line: number) => void,
  ) {
    window.position = 0;
    window.end = 0;
    window.line = 1;
  }

  /**
   * Whether there are lines in the window now; at least `wanted` bytes of them, if there are so many before the end
   * of the file, of the place, or a line that is too long.
   */
  async fill(wanted = 1): Promise<boolean> {
    const { window } = this;
    for (;;) {
      this.showLines();
      const isCut = window.end === this.limit && !this.ended;
      if (window.end - window.position >= wanted || !isCut) return window.position < window.end;
      if (!(await this.readMore())) return window.position < window.end;
    }
  }

  /** Takes the wrapping off all lines from the window's position on, behind what is taken off already. */
  unwrap(wrapping: Wrapping): void {
    const { window } = this;
    this.wrappedLine = window.line;
    const tail = Buffer.from(window.buffer.subarray(this.limit, this.filled));
    this.limit = this.unwrapLines(window.position, this.limit, wrapping);
    this.wrapping = this.wrapping ? either(this.wrapping, wrapping) : wrapping;
    this.filled = this.limit + tail.copy(window.buffer, this.limit);
    this.showLines();
  }

  /** Lets the window end where the place changes, or at the last whole line. */
  private showLines(): void {
    const { window, changes } = this;
    while (changes[0] !== undefined && changes[0].at <= window.position) {
      this.place = changes[0].place;
      this.device = changes[0].device;
      changes.shift();
    }
    window.end = changes[0]?.at ?? this.limit;
  }

  /** False: the buffer is full, and nothing can be read before the lines in the window have been taken. */
  private async readMore(): Promise<boolean> {
    const { window } = this;
    const moved = window.position;
    window.buffer.copyWithin(0, moved, this.filled);
    this.filled -= moved;
    this.limit -= moved;
    window.position = 0;
    for (const change of this.changes) change.at -= moved;

    const from = this.limit;
    while (!this.ended && this.filled < CHUNK_BYTES) {
      const count = await this.read();
      if (count === 0) this.ended = true;
      this.filled += count;
    }
    let end = this.ended ? this.filled : window.buffer.lastIndexOf(NEWLINE, this.filled - 1) + 1;
    if (end <= from && !this.ended) {
      // Full, and the last line goes on: what comes before it has to be taken first.
      if (from === 0) await this.skipLongLine();
      end = Math.max(from, this.limit);
    }
    const tail = Buffer.from(window.buffer.subarray(end, this.filled));
    const shown = this.shown.of(window.buffer, from, end);
    this.limit = this.wrapping ? this.unwrapLines(from, shown, this.wrapping) : shown;
    if (this.limit < end) tail.copy(window.buffer, this.limit);
    this.filled = this.limit + tail.length;
    return this.ended || from === 0 || this.limit > from;
  }

  /** The source's next bytes; a source that is damaged has ended, and says so once. */
  private async read(): Promise<number> {
    try {
      const { buffer } = this.window;
      for (;;) {
        const count = await this.source.read(buffer, this.filled);
        const kept = count === 0 ? 0 : withoutNuls(buffer, this.filled, this.filled + count) - this.filled;
        if (count === 0 || kept > 0) return kept;
      }
    } catch (error) {
      this.ended = true;
      this.damage ??= error as Error;
      return 0;
    }
  }

  /** The buffer is full and holds no line end. */
  private async skipLongLine(): Promise<void> {
    const { window } = this;
    this.onLongLine(window.line);
    this.longLines++;
    this.wrappedLine++;
    window.line++;
    for (;;) {
      this.filled = 0;
      const count = await this.read();
      this.filled = count;
      if (count === 0) {
        this.ended = true;
        return;
      }
      const newline = window.buffer.subarray(0, count).indexOf(NEWLINE);
      if (newline !== -1) {
        window.buffer.copyWithin(0, newline + 1, count);
        this.filled = count - newline - 1;
        return;
      }
    }
  }

  /** Takes the wrapping off the lines between `from` and `to`, in place; where they end then. */
  private unwrapLines(from: number, to: number, wrapping: Wrapping): number {
    const { buffer } = this.window;
    let written = from;
    for (let at = from; at < to; ) {
      const newline = buffer.indexOf(NEWLINE, at);
      const end = newline === -1 || newline >= to ? to : newline + 1;
      const line = buffer.toString('latin1', at, Math.min(end, at + LONGEST_PREFIX));
      const bare = wrapping(line);
      if (bare) this.prefixTimes.note(this.wrappedLine, bare.time ?? line.slice(0, bare.length));
      this.wrappedLine++;
      const { place, device } = bare ?? { place: this.lastPlace, device: this.lastDevice };
      if (place !== this.lastPlace || device !== this.lastDevice) {
        this.changes.push({ at: written, place, device });
        this.lastPlace = place;
        this.lastDevice = device;
      }
      written +=
        bare?.text === undefined
          ? buffer.copy(buffer, written, at + Math.min(bare?.length ?? 0, end - at), end)
          : buffer.write(newline === -1 ? bare.text : `${bare.text}\n`, written, end - written, 'latin1');
      at = end;
    }
    return written;
  }
}

/** What is in front of a line is not longer; nor is a line of JSON. */
const LONGEST_PREFIX = 2048;

/**
 * Takes the NULs (of serial consoles, of sparse files) out of a stretch of a buffer; where it ends then. Those between
 * the words of a line of /proc/PID/cmdline become blanks; one that has no line of its own (`cat cmdline smaps`) goes, so
 * that the first VMA has.
 */
function withoutNuls(buffer: Buffer, from: number, to: number): number {
  // Of the stretch alone: behind it lies what was read before.
  const found = buffer.subarray(from, to).indexOf(0);
  if (found === -1) return to;
  let at = from + found;
  let written = at;
  for (; at < to; at++) {
    const byte = buffer[at] as number;
    if (byte !== 0) buffer[written++] = byte;
    else if (isBeforeVma(buffer, at, to)) written = lineStart(buffer, from, written);
    else if (at > from && at + 1 < to && endsArgument(buffer, at, to)) buffer[written++] = BLANK;
  }
  return written;
}

const BLANK = 0x20;
/** So much of a header tells that it is one: without its path. */
const VMA_BYTES = 96;

function isBeforeVma(buffer: Buffer, at: number, to: number): boolean {
  const next = buffer[at + 1] ?? 0;
  return next > BLANK && VMA_HEADER.test(buffer.toString('latin1', at + 1, Math.min(at + 1 + VMA_BYTES, to)));
}

/** Where the line begins that goes up to `to`, or the stretch. */
function lineStart(buffer: Buffer, from: number, to: number): number {
  return from + buffer.subarray(from, to).lastIndexOf(NEWLINE) + 1;
}

/** Whether a NUL stands between two words, in a line that ends with a NUL as well. */
function endsArgument(buffer: Buffer, at: number, to: number): boolean {
  const isBetween = (buffer[at - 1] as number) > BLANK && (buffer[at + 1] as number) > BLANK;
  const end = isBetween ? buffer.indexOf(NEWLINE, at) : -1;
  return end !== -1 && end < to && buffer[end - 1] === 0;
}
