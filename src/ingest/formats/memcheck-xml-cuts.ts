import type { ByteWindow } from '../byte-window.js';

/** So many bytes are searched at once: an error has some 2 KiB. */
const REACH = 16 * 1024;

const NEWLINE = 10;

/**
 * Where in a window the tags stand that a reader can begin again at, whatever is broken before them.
 * A document holds them nowhere else: valgrind writes the "<" of a text as `&lt;`.
 *
 * Searches a stretch of lines at a time, for each tag once: neither many tags nor none at all make it slow.
 */
export class Cuts {
  /** Where the stretch ends. */
  reach = 0;
  private tags: readonly TagScan[] = [];
  private errorEnd: TagScan | undefined;

  constructor(private readonly window: ByteWindow) {}

  /** The first `<error>`, `<?xml `, `<valgrindoutput>` or `</valgrindoutput>` from `from` on, else `reach`. */
  tag(from: number): number {
    this.stretch(from);
    return Math.min(...this.tags.map((scan) => scan.at(from)));
  }

  /** The place behind the first `</error>` from `from` on, else `reach`. */
  behindError(from: number): number {
    this.stretch(from);
    const at = this.errorEnd?.at(from) ?? this.reach;
    return at === this.reach ? at : at + ERROR_END.length;
  }

  /** Lets a stretch begin here: what is not whole in one may be in the next. */
  beginAt(from: number): void {
    this.reach = from;
  }

  private stretch(from: number): void {
    if (from < this.reach) return;
    const { buffer, end } = this.window;
    const newline = from + REACH < end ? buffer.indexOf(NEWLINE, from + REACH) : -1;
    this.reach = newline === -1 ? end : Math.min(newline + 1, end);
    this.tags = TAGS.map((tag) => new TagScan(buffer, this.reach, tag));
    this.errorEnd = new TagScan(buffer, this.reach, ERROR_END);
  }
}

const TAGS = ['<error>', '<?xml ', '<valgrindoutput>', '</valgrindoutput>'].map((tag) => Buffer.from(tag));
const ERROR_END = Buffer.from('</error>');

/** Finds one tag again and again, from place to place. */
class TagScan {
  private found = -1;

  constructor(
    private readonly buffer: Buffer,
    private readonly end: number,
    private readonly tag: Buffer,
  ) {}

  at(from: number): number {
    if (this.found < from) {
      const at = this.buffer.subarray(from, this.end).indexOf(this.tag);
      this.found = at === -1 ? this.end : from + at;
    }
    return this.found;
  }
}
