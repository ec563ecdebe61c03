import { stripVTControlCharacters } from 'node:util';

/** The longest line that is read; the rest of a longer one is skipped with a problem. */
export const LONGEST_LINE = 64 * 1024;

const NEWLINE = 10;
const RETURN = 13;

/**
 * The stretch of a file's bytes that is in memory: whole lines only, from `position` to `end`.
 *
 * Formats that read bulk text work on `buffer` directly and move `position` and `line` on; the others take lines as
 * strings. What a call leaves in the window is there at the next.
 */
export class ByteWindow {
  buffer: Buffer;
  /** Start of the first line that nobody has taken. */
  position = 0;
  /** End of the last whole line in memory (after its newline, or the end of the file). */
  end = 0;
  /** 1-based number of the line at `position`. */
  line = 1;
  /** How many of the lines taken so far were left out by rule: blank ones, and those of `ignoreLine`. */
  ignored = 0;

  constructor(buffer: Buffer) {
    this.buffer = buffer;
  }

  /** Index of the newline that ends the line at `position`, or `end` where the file's last line has none. */
  lineEnd(from = this.position): number {
    const newline = this.buffer.indexOf(NEWLINE, from);
    return newline === -1 || newline >= this.end ? this.end : newline;
  }

  /** The line at `position` as text, without carriage return, NULs and ANSI sequences; undefined: none left. */
  peekLine(): string | undefined {
    if (this.position >= this.end) return undefined;
    return this.textOf(this.position, this.lineEnd());
  }

  /** Whether the line at `position` has its newline: the last of a file may have none. */
  hasWholeLine(): boolean {
    return this.lineEnd() < this.end;
  }

  skipLine(): void {
    const { position, end } = this;
    if (position >= end) return;
    const lineEnd = this.lineEnd();
    if (lineEnd === position || (lineEnd === position + 1 && this.buffer[position] === RETURN)) this.ignored++;
    this.position = Math.min(lineEnd + 1, end);
    this.line++;
  }

  /** The same where it is known that the line has a newline, and the next one begins at `next`. */
  skipLineTo(next: number, isIgnored = false): void {
    const length = next - this.position;
    if (isIgnored || length === 1 || (length === 2 && this.buffer[this.position] === RETURN)) this.ignored++;
    this.position = next;
    this.line++;
  }

  /** Skips a line of which nothing is used, by rule. */
  ignoreLine(): void {
    if (this.position >= this.end) return;
    const { ignored } = this;
    this.skipLine();
    this.ignored = ignored + 1;
  }

  /** Skips lines that hold nothing at all. */
  skipEmptyLines(): void {
    const { buffer, end } = this;
    let at = this.position;
    while (at < end) {
      const after = buffer[at] === RETURN && at + 1 < end ? at + 1 : at;
      if (buffer[after] !== NEWLINE) break;
      at = after + 1;
      this.line++;
      this.ignored++;
    }
    this.position = at;
  }

  /** The next lines as text, at most `bytes` of them; for the recognizers. */
  head(bytes = 4096): string {
    return textFrom(this.buffer, this.position, Math.min(this.position + bytes, this.end));
  }

  /** The lines below the one that ends at `lineEnd` as text, at most `bytes` of them. */
  below(bytes: number, lineEnd = this.lineEnd()): string {
    const from = Math.min(lineEnd + 1, this.end);
    return textFrom(this.buffer, from, Math.min(from + bytes, this.end));
  }

  /** The bytes of a line, or of its end, as text: without carriage return, NULs and ANSI sequences. */
  textOf(start: number, end: number): string {
    if (end > start && this.buffer[end - 1] === RETURN) end--;
    return plain(this.buffer.toString('utf8', start, end));
  }
}

function textFrom(buffer: Buffer, from: number, end: number): string {
  return plain(buffer.toString('latin1', from, end).replaceAll('\r\n', '\n'));
}

function plain(text: string): string {
  const visible = text.includes('\0') ? text.replaceAll('\0', '') : text;
  return visible.includes('\x1b') ? stripVTControlCharacters(visible) : visible;
}
