import type { VmaTable } from '../../model/vma-table.js';

/** The most bytes of a snapshot that are remembered: about 5,000 VMAs. What is behind them is always read. */
const MOST_BYTES = 4 << 20;
const FIRST_BYTES = 64 * 1024;
const FIRST_ROWS = 256;
/** How many rows may be moved in a snapshot for each that it has: to move one costs a fiftieth of reading it. */
const MOST_MOVES = 16;

/** The row stands for its text, which did not change from the snapshot before the last: mostly it comes again. */
const STEADY = 0;
/** Else it is counted how often the row was read anew, 1 to this and from 1 on again. */
const MOST_CHANGES = 8;
/** Up to so many of them its text is kept; what changes all the time costs half as much to copy as to read. */
const KEPT_CHANGES = 2;

/**
 * The text of the last snapshot, VMA by VMA, beside the rows that it was read into.
 *
 * A series is one program again and again, and most of its VMAs are byte for byte what they were: to compare the text
 * of many at once costs a tenth of reading it. What compares equal gives the same rows, whatever they hold.
 */
export class RememberedVmas {
  private bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
  /** Where the text of each row begins, and where that of the last one ends. */
  private at = new Uint32Array(FIRST_ROWS + 1);
  /** How many lines the text of each row has. */
  lines = new Uint32Array(FIRST_ROWS);
  private state = new Uint8Array(FIRST_ROWS);
  private count = 0;
  /** How many rows were moved for the snapshot at hand. */
  private moved = 0;
  /** Where the first VMA of the last snapshot began: another one is another process. */
  private first = -1;
  /** Whether the last snapshot was of the same process as the one before. */
  private isSeries = true;
  /** Whether the snapshot at hand is remembered. */
  private isOpen = false;

  /**
   * A snapshot begins, with a VMA at `start`. Where each is of another process (a file for each process and instant),
   * remembering would be for nothing: what is of no series is remembered only behind a series.
   */
  beginSnapshot(start: number): void {
    const isSame = start === this.first;
    if (!isSame) this.keepFirst(0);
    this.isOpen = isSame || this.isSeries;
    this.isSeries = isSame;
    this.first = start;
    this.moved = 0;
  }

  /** How many VMAs from `row` on stand in `buffer` at `from` again, as far as `to`. */
  repeatedAt(row: number, buffer: Buffer, from: number, to: number): number {
    const { at, bytes } = this;
    let end = row;
    while (end < this.count && this.state[end] === STEADY) end++;
    const begin = at[row] as number;
    // Mostly all are the same up to the next that varies; else the first that differs is found by halving.
    let same = 0;
    let differs = end - row + 1;
    for (let tried = end - row; tried > same; tried = (same + differs) >> 1) {
      const known = at[row + same] as number;
      const next = at[row + tried] as number;
      const there = from + known - begin;
      const length = next - known;
      if (there + length <= to && bytes.compare(buffer, there, there + length, known, next) === 0) same = tried;
      else differs = tried;
    }
    return same;
  }

  /** How many bytes the text of `rows` rows from `row` on has. */
  bytesOf(row: number, rows: number): number {
    return (this.at[row + rows] as number) - (this.at[row] as number);
  }

  /**
   * The next row of `table` is read anew, of the VMA from `start` to `end`: what was remembered of it holds no longer.
   *
   * @returns by how many rows those from there on must be moved: down where a VMA came, up (below 0) where some went
   */
  begin(table: VmaTable, start: number, end: number): number {
    const row = table.count;
    if (!this.isOpen || row > this.count) return 0;
    const move = this.moveFor(table, start, end);
    if (row === this.count) this.makeRoom(row + 1);
    if (row === this.count) this.at[++this.count] = this.at[row] as number;
    this.state[row] = ((this.state[row] as number) % MOST_CHANGES) + 1;
    return move;
  }

  /** A row no longer stands for its text alone. */
  forget(row: number): void {
    this.state[row] = MOST_CHANGES;
  }

  /** The layout is another from the row behind `row` on. */
  forgetTo(row: number): void {
    this.keepFirst(row + 1);
    this.state.fill(MOST_CHANGES, 0, row + 1);
  }

  /** The row last begun was read from this text, and from nothing else. */
  remember(row: number, buffer: Buffer, from: number, to: number, lines: number): void {
    if (row >= this.count) return;
    const start = this.at[row] as number;
    const before = (this.at[row + 1] as number) - start;
    const isKnown = before === to - from && this.bytes.compare(buffer, from, to, start, start + before) === 0;
    if (!isKnown) {
      if (before > 0 && (this.state[row] as number) > KEPT_CHANGES) return;
      if (before !== to - from && !this.resize(row, to - from)) {
        this.keepFirst(row);
        return;
      }
      buffer.copy(this.bytes, start, from, to);
    }
    if (isKnown || before === 0) this.state[row] = STEADY;
    this.lines[row] = lines;
  }

  /** Forgets all rows but the first `count`. */
  keepFirst(count: number): void {
    this.count = Math.min(this.count, count);
  }

  private moveFor({ count: row, start: starts, end: ends }: VmaTable, start: number, end: number): number {
    const { count } = this;
    const isBefore = row < count && end <= (starts[row] as number);
    const isBehind = row < count && start >= (ends[row] as number);
    // One that overlaps is the same, perhaps larger now.
    if (!isBefore && !isBehind) return 0;
    if (!this.mayMove(row)) {
      this.keepFirst(row);
      return 0;
    }
    if (isBefore) {
      this.insert(row);
      this.keepFirst(starts.length);
      return 1;
    }
    let next = row + 1;
    while (next < count && start >= (ends[next] as number)) next++;
    this.remove(row, next);
    return row - next;
  }

  private mayMove(row: number): boolean {
    this.moved += this.count - row;
    return this.moved <= MOST_MOVES * this.count;
  }

  /** A row without text, before the one that is now `row`. */
  private insert(row: number): void {
    const { count } = this;
    this.makeRoom(count + 1);
    this.at.copyWithin(row + 1, row, count + 1);
    this.lines.copyWithin(row + 1, row, count);
    this.state.copyWithin(row + 1, row, count);
    this.count++;
  }

  private remove(row: number, next: number): void {
    const { count } = this;
    this.moveText(next, (this.at[row] as number) - (this.at[next] as number));
    this.at.copyWithin(row, next, count + 1);
    this.lines.copyWithin(row, next, count);
    this.state.copyWithin(row, next, count);
    this.count -= next - row;
  }

  /** Gives the text of a row so many bytes. False: there is no room. */
  private resize(row: number, length: number): boolean {
    if (row + 1 < this.count && !this.mayMove(row)) this.keepFirst(row + 1);
    const by = length - this.bytesOf(row, 1);
    while (this.count > row + 1 && (this.at[this.count] as number) + by > MOST_BYTES) this.count--;
    const needed = (this.at[this.count] as number) + by;
    if (needed > MOST_BYTES) return false;
    if (needed > this.bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.min(MOST_BYTES, 2 * needed));
      this.bytes.copy(larger);
      this.bytes = larger;
    }
    this.moveText(row + 1, by);
    return true;
  }

  /** Moves the text of the rows from `row` on. */
  private moveText(row: number, by: number): void {
    const { at, count } = this;
    const from = at[row] as number;
    if (row < count) this.bytes.copyWithin(from + by, from, at[count]);
    for (let next = row; next <= count; next++) at[next] = (at[next] as number) + by;
  }

  private makeRoom(rows: number): void {
    if (rows <= this.state.length) return;
    this.at = enlarged(this.at, new Uint32Array(2 * rows + 1));
    this.lines = enlarged(this.lines, new Uint32Array(2 * rows));
    this.state = enlarged(this.state, new Uint8Array(2 * rows));
  }
}

function enlarged<A extends Uint8Array | Uint32Array>(old: A, larger: A): A {
  larger.set(old);
  return larger;
}
