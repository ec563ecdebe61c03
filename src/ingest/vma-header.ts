import { EXECUTE, READ, SHARED, WRITE } from '../model/vma-table.js';

/**
 * Reads the line that begins a VMA in smaps and maps, from bytes:
 * `START-END PERM OFFSET MAJ:MIN INODE[ pad][PATH]`, hexadecimal but for the inode.
 *
 * One object is used for all lines; its fields hold the last one read.
 */
export class VmaHeader {
  start = 0;
  end = 0;
  permissions = 0;
  offset = 0;
  inode = 0;
  /** Where the path begins in the buffer; equal to the line's end for an area without a name. */
  pathStart = 0;
  private value = 0;

  /** Whether the line from `from` to `to` (without its newline) is a header; its fields are then set. */
  read(buffer: Buffer, from: number, to: number): boolean {
    let at = this.hexadecimal(buffer, from, to);
    if (at === from || at - from > MOST_DIGITS || buffer[at] !== DASH) return false;
    this.start = this.value;
    const endFrom = at + 1;
    at = this.hexadecimal(buffer, endFrom, to);
    if (at === endFrom || at - endFrom > MOST_DIGITS) return false;
    if (buffer[at] !== SPACE || at + 6 >= to || buffer[at + 5] !== SPACE) return false;
    this.end = this.value;
    const permissions = permissionsOf(buffer, at + 1);
    if (permissions < 0) return false;
    this.permissions = permissions;
    const offsetFrom = at + 6;
    at = this.hexadecimal(buffer, offsetFrom, to);
    if (at === offsetFrom || at - offsetFrom > MOST_DIGITS || buffer[at] !== SPACE) return false;
    this.offset = this.value;
    const deviceFrom = at + 1;
    at = this.hexadecimal(buffer, deviceFrom, to);
    if (at === deviceFrom || buffer[at] !== COLON) return false;
    const minorFrom = at + 1;
    at = this.hexadecimal(buffer, minorFrom, to);
    if (at === minorFrom || buffer[at] !== SPACE) return false;
    const inodeFrom = at + 1;
    at = this.decimal(buffer, inodeFrom, to);
    if (at === inodeFrom || at - inodeFrom > MOST_INODE_DIGITS) return false;
    if (at < to && buffer[at] !== SPACE && buffer[at] !== TAB) return false;
    this.inode = this.value;
    this.pathStart = pathStartOf(buffer, from, at, to);
    return true;
  }

  /**
   * Reads the hexadecimal digits at `from` into `value`; where they end.
   * Seven at a time as an integer: that is several times as fast as with doubles.
   */
  private hexadecimal(buffer: Buffer, from: number, to: number): number {
    let at = from;
    let part = 0;
    for (const end = Math.min(to, from + 7); at < end; at++) {
      const digit = HEX[buffer[at] as number] as number;
      if (digit > 15) break;
      part = (part << 4) | digit;
    }
    let value = part;
    if (at === from + 7) {
      part = 0;
      for (const end = Math.min(to, from + 14); at < end; at++) {
        const digit = HEX[buffer[at] as number] as number;
        if (digit > 15) break;
        part = (part << 4) | digit;
      }
      value = value * (WEIGHTS[at - from - 7] as number) + part;
    }
    if (at === from + 14) {
      for (; at < to; at++) {
        const digit = HEX[buffer[at] as number] as number;
        if (digit > 15) break;
        value = value * 16 + digit;
      }
    }
    this.value = value;
    return at;
  }

  private decimal(buffer: Buffer, from: number, to: number): number {
    let at = from;
    let value = 0;
    for (; at < to; at++) {
      const digit = HEX[buffer[at] as number] as number;
      if (digit > 9) break;
      value = value * 10 + digit;
    }
    this.value = value;
    return at;
  }
}

/**
 * The kernel pads with blanks to a fixed column (73 on 64-bit, 49 on 32-bit targets), one blank where the line is
 * longer; a name may itself begin with blanks. Text that was copied may be padded otherwise.
 */
function pathStartOf(buffer: Buffer, from: number, afterInode: number, to: number): number {
  const column = from + 73;
  if (column <= to && afterInode < column) {
    let at = afterInode;
    while (at < column && buffer[at] === SPACE) at++;
    if (at === column) return column;
    return at;
  }
  let at = afterInode;
  while (at < to && (buffer[at] === SPACE || buffer[at] === TAB)) at++;
  return at;
}

/** 64 bits in hexadecimal and in decimal digits. */
const MOST_DIGITS = 16;
const MOST_INODE_DIGITS = 20;

/** 16 to the power of up to seven. */
const WEIGHTS = Float64Array.from({ length: 8 }, (_, digits) => 16 ** digits);

const DASH = 45;
const COLON = 58;
const SPACE = 32;
const TAB = 9;

/** The value of a lower-case hexadecimal digit by its byte; 255 for others. */
const HEX = new Uint8Array(256).fill(255);
for (let digit = 0; digit < 16; digit++) HEX['0123456789abcdef'.charCodeAt(digit)] = digit;

/** The bits of `rw-p` and the like, -1 where it is no such word. */
function permissionsOf(buffer: Buffer, at: number): number {
  const r = buffer[at];
  const w = buffer[at + 1];
  const x = buffer[at + 2];
  const p = buffer[at + 3];
  let bits = 0;
  if (r === 114) bits |= READ;
  else if (r !== DASH) return -1;
  if (w === 119) bits |= WRITE;
  else if (w !== DASH) return -1;
  if (x === 120) bits |= EXECUTE;
  else if (x !== DASH) return -1;
  if (p === 115) bits |= SHARED;
  else if (p !== 112 && p !== DASH) return -1;
  return bits;
}

/** A header line as the recognizers look for it, at the beginning of a text. */
export const VMA_HEADER =
  /^[0-9a-f]{1,16}-[0-9a-f]{1,16} [r-][w-][x-][sp-] [0-9a-f]{1,16} [0-9a-f]+:[0-9a-f]+ \d{1,20}(?:[ \t]|\n|$)/;
