import type { ByteWindow } from './byte-window.js';

const NEWLINE = 10;

/** A line that is longer is not kept: a frame of templates may have a few KiB. */
const LONGEST = 4096;
/** So many lines are kept before all are forgotten: a log of a large program has as many different frames. */
const MOST_LINES = 1 << 14;
const MOST_BYTES = 1 << 21;
/** Twice as many as lines, so that a search ends soon. */
const PLACES = MOST_LINES * 2;
/** What follows so short a line (a blank one) is told by the line before it. */
const SHORT = 3;
const NONE = 0;

/**
 * Keeps what the lines of logs tell by their bytes: a log repeats few lines many times, so that each distinct text is
 * decoded and parsed only once.
 *
 * A line is first held against the one that last followed the line before it: where that holds, neither the end of the
 * line is searched nor its bytes are hashed. What is kept is not to be changed; its amount is bounded.
 */
export class InternedLines<T> {
  /** Where the line that was found last ends, behind its newline. */
  next = 0;
  private buffer: Buffer = Buffer.alloc(0);
  private view: DataView = new DataView(new ArrayBuffer(0));
  /** The lines, one behind the other, each with its newline. They are numbered from 1. */
  private readonly bytes = Buffer.alloc(MOST_BYTES);
  private readonly known = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength);
  private used = 0;
  private readonly starts = new Int32Array(MOST_LINES);
  private readonly lengths = new Int32Array(MOST_LINES);
  private readonly hashes = new Int32Array(MOST_LINES);
  /** The line that was last met behind each. */
  private readonly followers = new Int32Array(MOST_LINES);
  /** Numbers of lines by their hash, or at the next free place behind it. */
  private readonly places = new Int32Array(PLACES);
  private told: (T | undefined)[] = [undefined];
  private last = NONE;

  /**
   * @param parse what a text tells; undefined: such lines are left to the caller
   * @param decode the text of a line, without its newline
   */
  constructor(
    private readonly parse: (text: string) => T | undefined,
    private readonly decode = (window: ByteWindow, from: number, to: number): string => window.textOf(from, to),
  ) {}

  /** What the rest of a line tells, from `from` on. Undefined: nothing is known of it, or it has no newline. */
  find(window: ByteWindow, from: number): T | undefined {
    if (this.buffer !== window.buffer) {
      this.buffer = window.buffer;
      this.view = new DataView(window.buffer.buffer, window.buffer.byteOffset, window.buffer.byteLength);
    }
    let id = this.followers[this.last] as number;
    if (id === NONE || !this.is(id, from, window.end)) {
      id = this.search(window, from);
      if (id === NONE) return undefined;
      if (this.last !== NONE && (this.lengths[id] as number) > SHORT) this.followers[this.last] = id;
    }
    const length = this.lengths[id] as number;
    this.next = from + length;
    if (length > SHORT) this.last = id;
    return this.told[id];
  }

  /** Whether these are the bytes of a line, its newline included. */
  private is(id: number, from: number, end: number): boolean {
    const length = this.lengths[id] as number;
    if (from + length > end) return false;
    const { view, known } = this;
    const start = this.starts[id] as number;
    let at = 0;
    // Eight bytes at a time. Only bytes that are no text are a number that differs from itself, or a zero of two kinds.
    for (; at + 8 <= length; at += 8) if (view.getFloat64(from + at) !== known.getFloat64(start + at)) return false;
    for (; at < length; at++) if (view.getUint8(from + at) !== known.getUint8(start + at)) return false;
    return true;
  }

  /** Finds a line by its hash, or takes it in. */
  private search(window: ByteWindow, from: number): number {
    const { buffer } = this;
    const limit = Math.min(window.end, from + LONGEST);
    let hash = 0x811c9dc5;
    let to = from;
    while (to < limit && buffer[to] !== NEWLINE) hash = Math.imul(hash ^ (buffer[to++] as number), 0x01000193);
    if (to >= limit) return NONE;
    hash ^= hash >>> 15;
    const length = to + 1 - from;
    let place = hash & (PLACES - 1);
    for (let id = this.places[place] as number; id !== NONE; id = this.places[place] as number) {
      if (this.hashes[id] === hash && this.lengths[id] === length && this.is(id, from, window.end)) return id;
      place = (place + 1) & (PLACES - 1);
    }
    if (this.told.length === MOST_LINES || this.used + length > MOST_BYTES) {
      this.forget();
      place = hash & (PLACES - 1);
    }
    const id = this.told.push(this.parse(this.decode(window, from, to))) - 1;
    this.starts[id] = this.used;
    this.lengths[id] = length;
    this.hashes[id] = hash;
    this.places[place] = id;
    this.used += buffer.copy(this.bytes, this.used, from, to + 1);
    return id;
  }

  private forget(): void {
    this.told = [undefined];
    this.used = 0;
    this.last = NONE;
    this.followers.fill(NONE);
    this.places.fill(NONE);
  }
}
