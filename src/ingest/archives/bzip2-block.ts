import { DamagedSource } from '../byte-source.js';

export function damagedBzip2(found = 'damaged data'): DamagedSource {
  return new DamagedSource(`expected whole bzip2 data, found ${found}`);
}

/** Takes bits off bytes, the highest of each byte first. */
export class BitReader {
  private at = 0;
  private held = 0;
  private heldBits = 0;

  constructor(private data: Uint8Array) {}

  /** Whole bytes that were not looked at; what is held of the last one stays. */
  get rest(): Uint8Array {
    return this.data.subarray(this.at);
  }

  continueWith(data: Uint8Array): void {
    this.data = data;
    this.at = 0;
  }

  /** @param count at most 24 */
  bits(count: number): number {
    while (this.heldBits < count) {
      if (this.at >= this.data.length) throw damagedBzip2('an end in the middle');
      this.held = ((this.held << 8) | (this.data[this.at++] as number)) >>> 0;
      this.heldBits += 8;
    }
    this.heldBits -= count;
    const value = this.held >>> this.heldBits;
    this.held &= (1 << this.heldBits) - 1;
    return value;
  }

  bits32(): number {
    return ((this.bits(16) << 16) | this.bits(16)) >>> 0;
  }

  alignToByte(): void {
    this.bits(this.heldBits % 8);
  }
}

/** A block before its last two steps: `links` chains its bytes (in the low 8 bits) from `first` on. */
export interface Bzip2Block {
  readonly links: Uint32Array;
  readonly count: number;
  readonly first: number;
}

const MOST_CODE_BITS = 20;
const GROUP_SYMBOLS = 50;

interface CodeTable {
  readonly shortest: number;
  /** The highest code of each length; -1 where there is none. */
  readonly limit: Int32Array;
  /** What to take off a code of each length to find its symbol in `symbols`. */
  readonly offset: Int32Array;
  readonly symbols: Uint16Array;
}

/**
 * Reads a block behind its checksum: Huffman codes, move-to-front, runs, and the Burrows-Wheeler transform's links.
 * Every count is checked before it is used: unbzip2-stream can be kept busy for ever by a length of run.
 *
 * @param links room for the largest block of the stream
 */
export function readBlock(input: BitReader, links: Uint32Array): Bzip2Block {
  if (input.bits(1) !== 0) throw damagedBzip2('a randomized block of bzip2 before 0.9.5');
  const origin = input.bits(24);
  const bytes = readUsedBytes(input);
  const tableCount = input.bits(3);
  const selectorCount = input.bits(15);
  if (tableCount < 2 || tableCount > 6 || selectorCount === 0) throw damagedBzip2();
  const selectors = readSelectors(input, tableCount, selectorCount);
  const tables = Array.from({ length: tableCount }, () => readTable(input, bytes.length + 2));

  const order = Uint8Array.from(bytes);
  const endOfBlock = bytes.length + 1;
  const counts = new Uint32Array(256);
  let count = 0;
  let run = 0;
  let runWeight = 1;
  for (let group = 0; ; group++) {
    const table = tables[selectors[group] ?? tableCount];
    if (!table) throw damagedBzip2();
    for (let i = 0; i < GROUP_SYMBOLS; i++) {
      const symbol = readSymbol(input, table);
      if (symbol <= 1) {
        run += runWeight << symbol;
        runWeight *= 2;
        if (run > links.length) throw damagedBzip2();
        continue;
      }
      if (run > 0) {
        if (count + run > links.length) throw damagedBzip2();
        const byte = order[0] as number;
        links.fill(byte, count, count + run);
        count += run;
        counts[byte] = (counts[byte] as number) + run;
        run = 0;
        runWeight = 1;
      }
      if (symbol === endOfBlock) return linked(links, count, counts, origin);
      if (count >= links.length) throw damagedBzip2();
      const byte = order[symbol - 1] as number;
      order.copyWithin(1, 0, symbol - 1);
      order[0] = byte;
      links[count++] = byte;
      counts[byte] = (counts[byte] as number) + 1;
    }
  }
}

function readUsedBytes(input: BitReader): number[] {
  const rows = input.bits(16);
  const bytes: number[] = [];
  for (let row = 0; row < 16; row++) {
    if (!(rows & (0x8000 >> row))) continue;
    const columns = input.bits(16);
    for (let column = 0; column < 16; column++) if (columns & (0x8000 >> column)) bytes.push(row * 16 + column);
  }
  if (bytes.length === 0) throw damagedBzip2();
  return bytes;
}

function readSelectors(input: BitReader, tableCount: number, count: number): Uint8Array {
  const order = [0, 1, 2, 3, 4, 5];
  const selectors = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    let place = 0;
    while (input.bits(1) === 1) if (++place >= tableCount) throw damagedBzip2();
    const [table = 0] = order.splice(place, 1);
    order.unshift(table);
    selectors[i] = table;
  }
  return selectors;
}

function readTable(input: BitReader, symbolCount: number): CodeTable {
  const lengths = new Uint8Array(symbolCount);
  let length = input.bits(5);
  for (let symbol = 0; symbol < symbolCount; symbol++) {
    for (;;) {
      if (length < 1 || length > MOST_CODE_BITS) throw damagedBzip2();
      if (input.bits(1) === 0) break;
      length += input.bits(1) === 0 ? 1 : -1;
    }
    lengths[symbol] = length;
  }
  const limit = new Int32Array(MOST_CODE_BITS + 1).fill(-1);
  const offset = new Int32Array(MOST_CODE_BITS + 1);
  const symbols = new Uint16Array(symbolCount);
  let placed = 0;
  let code = 0;
  for (let bits = 1; bits <= MOST_CODE_BITS; bits++) {
    offset[bits] = code - placed;
    for (let symbol = 0; symbol < symbolCount; symbol++) {
      if (lengths[symbol] !== bits) continue;
      symbols[placed++] = symbol;
      limit[bits] = code++;
    }
    code *= 2;
  }
  return { shortest: Math.min(...lengths), limit, offset, symbols };
}

function readSymbol(input: BitReader, table: CodeTable): number {
  let length = table.shortest;
  let code = input.bits(length);
  while (code > (table.limit[length] as number)) {
    if (++length > MOST_CODE_BITS) throw damagedBzip2();
    code = (code << 1) | input.bits(1);
  }
  const symbol = table.symbols[code - (table.offset[length] as number)];
  if (symbol === undefined) throw damagedBzip2();
  return symbol;
}

/** Chains the bytes in the order in which they stood before the Burrows-Wheeler transform. */
function linked(links: Uint32Array, count: number, counts: Uint32Array, origin: number): Bzip2Block {
  if (origin >= count) throw damagedBzip2();
  const next = new Uint32Array(256);
  for (let byte = 1; byte < 256; byte++) next[byte] = (next[byte - 1] as number) + (counts[byte - 1] as number);
  for (let i = 0; i < count; i++) {
    const byte = (links[i] as number) & 0xff;
    const place = next[byte] as number;
    next[byte] = place + 1;
    links[place] = (links[place] as number) | (i << 8);
  }
  return { links, count, first: (links[origin] as number) >>> 8 };
}
