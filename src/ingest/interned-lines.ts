import type { ByteWindow } from './byte-window.js';

const NEWLINE = 10;

/** Longer lines are not kept: a frame of templates may have a few KiB. */
const LONGEST = 4096;
/** Of as many lines the texts and what they tell are kept, before all are forgotten: a log of a large program has as many different frames. */
const MOST_LINES = 1 << 15;
const MOST_BYTES = 1 << 21;
/** Twice as many places as lines, so that a search ends soon. */
const PLACES = MOST_LINES * 2;
/** What follows so short a line (a blank one) is told by the line before it. */
const SHORT = 3;
const NONE = -1;

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
  private readonly bytes = Buffer.alloc(MOST_BYTES);
  private readonly known = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength);
  private readonly starts = new Int32Array(MOST_LINES);
  private readonly lengths = new Int32Array(MOST_LINES);
  private readonly kinds = new Uint8Array(MOST_LINES);
  private readonly hashes = new Int32Array(MOST_LINES);
  private readonly followers = new Int32Array(MOST_LINES).fill(NONE);
  private readonly places = new Int32Array(PLACES).fill(NONE);
  private told: (T | undefined)[] = [];
  private used = 0;
  private last = NONE;

  /** @param parse what a text tells that stands in a line of a kind; undefined: such lines are not kept */
  constructor(private readonly parse: (text: string, kind: number) => T | undefined) {}

  /**
   * What the rest of a line tells, from `from` on. Undefined: it is not kept, or has no newline.
   *
   * @param kind what stands before it: the same text may tell something else there. Below 256
   */
  find(window: ByteWindow, from: number, kind = 0): T | undefined {
    if (this.buffer !== window.buffer) this.work(window.buffer);
    const expected = this.last === NONE ? NONE : (this.followers[this.last] as number);
    const id =
      expected !== NONE && this.is(expected, from, window.end, kind) ? expected : this.search(window, from, kind);
    if (id === NONE) return undefined;
    const length = this.lengths[id] as number;
    this.next = from + length;
    if (length > SHORT) this.last = id;
    return this.told[id];
  }

  private work(buffer: Buffer): void {
    this.buffer = buffer;
    this.view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  }

  /** Whether a line has these bytes, its newline included. */
  private is(id: number, from: number, end: number, kind: number): boolean {
    const length = this.lengths[id] as number;
    if (from + length > end || this.kinds[id] !== kind) return false;
    const { view, known } = this;
    const start = this.starts[id] as number;
    let at = 0;
    for (; at + 4 <= length; at += 4) if (view.getInt32(from + at) !== known.getInt32(start + at)) return false;
    for (; at < length; at++) if (view.getUint8(from + at) !== known.getUint8(start + at)) return false;
    return true;
  }

  /** Finds a line by its hash, or takes it in. */
  private search(window: ByteWindow, from: number, kind: number): number {
    const { buffer } = this;
    const limit = Math.min(window.end, from + LONGEST);
    let hash = kind;
    let to = from;
    while (to < limit && buffer[to] !== NEWLINE) hash = Math.imul(hash ^ (buffer[to++] as number), 0x01000193);
    if (to >= limit) return NONE;
    hash ^= hash >>> 15;
    const length = to + 1 - from;
    let place = hash & (PLACES - 1);
    for (let id = this.places[place] as number; id !== NONE; id = this.places[place] as number) {
      if (this.hashes[id] === hash && this.lengths[id] === length && this.is(id, from, window.end, kind)) {
        return this.follow(id, length);
      }
      place = (place + 1) & (PLACES - 1);
    }
    return this.follow(this.add(window, from, to, kind, hash, place), length);
  }

  private add(window: ByteWindow, from: number, to: number, kind: number, hash: number, place: number): number {
    const length = to + 1 - from;
    if (this.told.length === MOST_LINES || this.used + length > MOST_BYTES) {
      this.forget();
      place = hash & (PLACES - 1);
    }
    const id = this.told.push(this.parse(window.textOf(from, to), kind)) - 1;
    this.buffer.copy(this.bytes, this.used, from, to + 1);
    this.starts[id] = this.used;
    this.lengths[id] = length;
    this.kinds[id] = kind;
    this.hashes[id] = hash;
    this.places[place] = id;
    this.used += length;
    return id;
  }

  /** A line is expected where it was met: behind the one before. */
  private follow(id: number, length: number): number {
    if (this.last !== NONE && length > SHORT) this.followers[this.last] = id;
    return id;
  }

  private forget(): void {
    this.told = [];
    this.used = 0;
    this.last = NONE;
    this.places.fill(NONE);
    this.followers.fill(NONE);
  }
}
