import type { ByteWindow } from '../byte-window.js';

/**
 * Where in a window the tags stand that a reader can begin again at, whatever is broken before them.
 * A document holds them nowhere else: valgrind writes the "<" of a text as `&lt;`.
 */
export class Cuts {
  private readonly tags: readonly TagScan[];
  private readonly errorEnd: TagScan;

  constructor(window: ByteWindow) {
    this.tags = [ERROR, DECLARATION, ROOT, ROOT_END].map((tag) => new TagScan(window, tag));
    this.errorEnd = new TagScan(window, ERROR_END);
  }

  /** The first `<error>`, `<?xml `, `<valgrindoutput>` or `</valgrindoutput>` from `from` on, else the window's end. */
  tag(from: number): number {
    return Math.min(...this.tags.map((scan) => scan.from(from)));
  }

  /** The place behind the first `</error>` from `from` on, else the window's end. */
  behindError(from: number): number {
    return this.errorEnd.behind(from);
  }
}

const ERROR = Buffer.from('<error>');
const ERROR_END = Buffer.from('</error>');
const DECLARATION = Buffer.from('<?xml ');
const ROOT = Buffer.from('<valgrindoutput>');
const ROOT_END = Buffer.from('</valgrindoutput>');

/** Finds one tag again and again; a window is searched once, however often one asks. */
class TagScan {
  private found = -1;

  constructor(
    private readonly window: ByteWindow,
    private readonly tag: Buffer,
  ) {}

  from(from: number): number {
    const { buffer, end } = this.window;
    if (this.found < from) {
      const at = buffer.indexOf(this.tag, from);
      this.found = at === -1 || at + this.tag.length > end ? end : at;
    }
    return this.found;
  }

  behind(from: number): number {
    const at = this.from(from);
    return at === this.window.end ? at : at + this.tag.length;
  }
}
