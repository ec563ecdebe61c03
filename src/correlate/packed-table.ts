import type { VmaTable } from '../model/vma-table.js';

/** A VMA table as bytes go: a fifth of its arrays, of which most are zero, and nearly all in whole kB. */
export interface PackedTable {
  readonly count: number;
  readonly counters: readonly string[];
  readonly paths: readonly string[];
  /** The columns one after the other, each behind a word that tells its form. */
  readonly words: Uint32Array;
}

/** How the values of a column are written: not at all, as kB or bytes in a word each, or as doubles. */
const ZERO = 0;
const KILOBYTES = 1;
const WHOLE = 2;
const DOUBLES = 3;

const KIB = 1024;
const WORD_END = 2 ** 32;

export function packedTable(table: VmaTable): PackedTable {
  const { count, start, end, permissions, offset, inode, path, line, paths, counters } = table;
  const writer = new ColumnWriter(count, 7 + counters.size);
  const sizes = new Float64Array(count);
  for (let row = 0; row < count; row++) sizes[row] = (end[row] as number) - (start[row] as number);
  for (const column of [start, sizes, permissions, offset, inode, path, line]) writer.write(column);
  for (const column of counters.values()) writer.write(column);
  return { count, counters: [...counters.keys()], paths, words: writer.words() };
}

export function unpackedTable({ count, counters, paths, words }: PackedTable): VmaTable {
  const reader = new ColumnReader(count, words);
  const start = reader.read(new Float64Array(count));
  const end = reader.read(new Float64Array(count));
  for (let row = 0; row < count; row++) end[row] = (end[row] as number) + (start[row] as number);
  return {
    count,
    start,
    end,
    permissions: reader.read(new Uint8Array(count)),
    offset: reader.read(new Float64Array(count)),
    inode: reader.read(new Float64Array(count)),
    path: reader.read(new Uint32Array(count)),
    line: reader.read(new Uint32Array(count)),
    paths,
    counters: new Map(counters.map((name) => [name, reader.read(new Float64Array(count))])),
  };
}

type Column = Float64Array | Uint32Array | Uint8Array;

class ColumnWriter {
  private readonly buffer: Uint32Array;
  private at = 0;

  constructor(
    private readonly count: number,
    columns: number,
  ) {
    this.buffer = new Uint32Array(columns * (1 + 2 * count));
  }

  write(column: Column): void {
    const form = formOf(column, this.count);
    this.buffer[this.at++] = form;
    if (form === ZERO) return;
    if (form === DOUBLES) {
      const doubles = Float64Array.from(column.subarray(0, this.count));
      this.buffer.set(new Uint32Array(doubles.buffer), this.at);
      this.at += 2 * this.count;
      return;
    }
    const unit = form === KILOBYTES ? KIB : 1;
    for (let row = 0; row < this.count; row++) this.buffer[this.at++] = (column[row] as number) / unit;
  }

  words(): Uint32Array {
    return this.buffer.slice(0, this.at);
  }
}

function formOf(column: Column, count: number): number {
  let most = 0;
  let isWhole = true;
  let isKilobytes = true;
  for (let row = 0; row < count; row++) {
    const value = column[row] as number;
    if (value === 0) continue;
    if (!(value > 0 && value === Math.floor(value))) isWhole = false;
    if (value % KIB !== 0) isKilobytes = false;
    if (value > most) most = value;
  }
  if (!isWhole) return DOUBLES;
  if (most === 0) return ZERO;
  if (isKilobytes && most / KIB < WORD_END) return KILOBYTES;
  return most < WORD_END ? WHOLE : DOUBLES;
}

class ColumnReader {
  private at = 0;

  constructor(
    private readonly count: number,
    private readonly words: Uint32Array,
  ) {}

  /** Fills the column, which is of zeros, with what was written of it. */
  read<C extends Column>(column: C): C {
    const form = this.words[this.at++];
    if (form === ZERO) return column;
    if (form === DOUBLES) {
      const words = this.words.slice(this.at, this.at + 2 * this.count);
      this.at += words.length;
      column.set(new Float64Array(words.buffer));
      return column;
    }
    const unit = form === KILOBYTES ? KIB : 1;
    for (let row = 0; row < this.count; row++) column[row] = (this.words[this.at++] as number) * unit;
    return column;
  }
}
