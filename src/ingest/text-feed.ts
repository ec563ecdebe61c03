import type { ByteSource } from './byte-source.js';
import { type ByteWindow, LONGEST_LINE } from './byte-window.js';

/** How much is read at a time: 256 KiB to 4 MiB measure the same, 16 KiB costs a sixth more. */
export const CHUNK_BYTES = 1 << 20;

const NEWLINE = 10;

/** A buffer in which every feed can work; files are read one after the other, so one serves all. */
export function windowBuffer(): Buffer {
  return Buffer.allocUnsafeSlow(CHUNK_BYTES + 2 * LONGEST_LINE);
}

/**
 * Keeps a window filled from a source.
 *
 * Where every line begins with the name of the file that it was taken from (`grep -H`), the names are taken off and
 * `place` tells the one of the window's lines; a window then ends where the name changes.
 */
export class TextFeed {
  /** The file that the window's lines were taken from, where the text says so on every line. */
  place: string | undefined;
  private filled = 0;
  private ended = false;
  private prefixed: PrefixedLines | undefined;
  private started = false;

  constructor(
    private readonly source: ByteSource,
    private readonly window: ByteWindow,
    private readonly onLongLine: (line: number) => void,
  ) {
    window.position = 0;
    window.end = 0;
    window.line = 1;
  }

  /** Whether there are lines in the window now. @throws DamagedSource as the source does; call again to go on. */
  async fill(): Promise<boolean> {
    if (this.window.position < this.window.end) return true;
    if (this.prefixed) return this.fillPrefixed(this.prefixed);
    if (!(await this.fillPlain())) return false;
    if (!this.started) {
      this.started = true;
      const prefix = PREFIXED.exec(this.window.head())?.groups?.place;
      if (prefix !== undefined) {
        this.prefixed = { pending: Buffer.from(this.window.buffer.subarray(this.window.position, this.window.end)) };
        return this.fillPrefixed(this.prefixed);
      }
    }
    return true;
  }

  private async fillPlain(): Promise<boolean> {
    const { window } = this;
    for (;;) {
      // What is left is the beginning of a line: to the front with it.
      window.buffer.copyWithin(0, window.end, this.filled);
      this.filled -= window.end;
      window.position = 0;
      window.end = 0;
      while (!this.ended && this.filled < CHUNK_BYTES) {
        const count = await this.read();
        if (count === 0) this.ended = true;
        this.filled += count;
      }
      window.end = this.ended ? this.filled : window.buffer.lastIndexOf(NEWLINE, this.filled - 1) + 1;
      if (window.end > 0 || this.ended) return this.window.end > 0;
      await this.skipLongLine();
    }
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

  /** Set once the source could not be read to its end. */
  damage: Error | undefined;

  /** The buffer is full and holds no line end. */
  private async skipLongLine(): Promise<void> {
    const { window } = this;
    this.onLongLine(window.line);
    for (;;) {
      this.filled = 0;
      const count = await this.read();
      if (count === 0) {
        this.ended = true;
        return;
      }
      const newline = window.buffer.subarray(0, count).indexOf(NEWLINE);
      if (newline !== -1) {
        window.buffer.copyWithin(0, newline + 1, count);
        this.filled = count - newline - 1;
        window.line++;
        return;
      }
    }
  }

  /** The next lines that carry the same name, without it. */
  private async fillPrefixed(lines: PrefixedLines): Promise<boolean> {
    const { window } = this;
    if (lines.pending.length === 0) {
      window.position = window.end;
      if (!(await this.fillPlain())) return false;
      lines.pending = Buffer.from(window.buffer.subarray(0, window.end));
      window.position = window.end;
    }
    const kept = this.filled - window.end;
    const rest = Buffer.from(window.buffer.subarray(window.end, this.filled));
    let from = 0;
    let written = 0;
    let place: string | undefined;
    while (from < lines.pending.length) {
      const newline = lines.pending.indexOf(NEWLINE, from);
      const end = newline === -1 ? lines.pending.length : newline + 1;
      const text = lines.pending.toString('latin1', from, Math.min(end, from + 512));
      const prefix = PREFIX.exec(text)?.groups?.place;
      if (place !== undefined && prefix !== place && prefix !== undefined) break;
      place ??= prefix;
      const skip = prefix === undefined ? 0 : prefix.length + 1;
      written += lines.pending.copy(window.buffer, written, from + skip, end);
      from = end;
    }
    lines.pending = lines.pending.subarray(from);
    rest.copy(window.buffer, written);
    window.position = 0;
    window.end = written;
    this.filled = written + kept;
    this.place = place;
    return written > 0;
  }
}

/** Takes the NULs (of serial consoles, of sparse files) out of a stretch of a buffer; where it ends then. */
function withoutNuls(buffer: Buffer, from: number, to: number): number {
  let at = buffer.indexOf(0, from);
  if (at === -1 || at >= to) return to;
  let written = at;
  for (; at < to; at++) {
    const byte = buffer[at] as number;
    if (byte !== 0) buffer[written++] = byte;
  }
  return written;
}

interface PrefixedLines {
  pending: Buffer;
}

// /proc/2/smaps_rollup:Rss:                2272 kB
const PREFIX = /^(?<place>(?:[^\s:]*\/)?[^\s:/]*(?:smaps|smaps_rollup|maps|status|stat)[^\s:/]*):/;
// Two lines of it: a line alone may be a sentence.
const PREFIXED = new RegExp(`${PREFIX.source}[^\\n]*\\n\\k<place>:`, 'm');
