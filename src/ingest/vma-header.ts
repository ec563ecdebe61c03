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

  /** Whether a header begins at `from`, in the bytes up to `to`; its fields are then set. Its line may end before. */
  read(buffer: Buffer, from: number, to: number): boolean {
    let at = this.hexadecimal(buffer, from, to);
    if (at === from || at - from > MOST_DIGITS || buffer[at] !== DASH) return false;
    this.start = this.value;
    const endFrom = at + 1;
    at = this.hexadecimal(buffer, endFrom, to);
    if (at === endFrom || at - endFrom > MOST_DIGITS) return false;
    if (at + 6 >= to || buffer[at] !== SPACE || buffer[at + 5] !== SPACE) return false;
    this.end = this.value;
    const permissions = permissionsOf(buffer, at + 1);
    if (permissions < 0) return false;
    this.permissions = permissions;
    const offsetFrom = at + 6;
    at = this.hexadecimal(buffer, offsetFrom, to);
    if (at === offsetFrom || at - offsetFrom > MOST_DIGITS || buffer[at] !== SPACE) return false;
    this.offset = this.value;
    const deviceFrom = at + 1;
    at = afterHexadecimal(buffer, deviceFrom, to);
    if (at === deviceFrom || buffer[at] !== COLON) return false;
    const minorFrom = at + 1;
    at = afterHexadecimal(buffer, minorFrom, to);
    if (at === minorFrom || buffer[at] !== SPACE) return false;
    const inodeFrom = at + 1;
    at = this.decimal(buffer, inodeFrom, to);
    if (at === inodeFrom || at - inodeFrom > MOST_INODE_DIGITS) return false;
    if (at < to && !isBlank(buffer[at] as number) && !isLineEnd(buffer, at)) return false;
    this.inode = this.value;
    this.pathStart = pathStartOf(buffer, from, at, to);
    return true;
  }

  /** Reads the hexadecimal digits at `from` into `value`, one more than are allowed at most; where they end. */
  private hexadecimal(buffer: Buffer, from: number, to: number): number {
    // Kernels print at least eight digits of an address.
    const eight = from + 8 <= to ? eightDigits(buffer, from) : -1;
    const restFrom = eight < 0 ? from : from + 8;
    const end = Math.min(to, from + MOST_DIGITS + 1);
    let at = restFrom;
    let rest = 0;
    for (; at < end; at++) {
      const digit = HEX[buffer[at] as number] as number;
      if (digit > 15) break;
      rest = (rest << 4) | digit;
    }
    rest >>>= 0;
    this.value = eight < 0 ? rest : eight * (WEIGHTS[at - restFrom] as number) + rest;
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
  const last = Math.min(to, column);
  let at = afterInode;
  while (at < last && buffer[at] === SPACE) at++;
  if (at !== column || afterInode === column) while (at < to && isBlank(buffer[at] as number)) at++;
  return at;
}

function isBlank(byte: number): boolean {
  return byte === SPACE || byte === TAB;
}

/** Whether a line ends at `at`, by a newline or a carriage return before one. */
function isLineEnd(buffer: Buffer, at: number): boolean {
  return buffer[at] === NEWLINE || (buffer[at] === RETURN && buffer[at + 1] === NEWLINE);
}

/** 64 bits in hexadecimal and in decimal digits. */
const MOST_DIGITS = 16;
const MOST_INODE_DIGITS = 20;

/** 16 to the power of up to nine. */
const WEIGHTS = Float64Array.from({ length: 10 }, (_, digits) => 16 ** digits);

const DASH = 45;
const COLON = 58;
const SPACE = 32;
const TAB = 9;
const NEWLINE = 10;
const RETURN = 13;

/** The value of a lower-case hexadecimal digit by its byte; 255 for others. */
const HEX = new Uint8Array(256).fill(255);
for (let digit = 0; digit < 16; digit++) HEX['0123456789abcdef'.charCodeAt(digit)] = digit;

/** The value of two such digits by their bytes, the first as the lower one; -1 for others. */
const PAIRS = new Int16Array(1 << 16).fill(-1);
for (let pair = 0; pair < 256; pair++) PAIRS[Buffer.from(pair.toString(16).padStart(2, '0')).readUInt16LE(0)] = pair;

/** The value of eight digits; -1 where there are fewer. */
function eightDigits(buffer: Buffer, at: number): number {
  const high = (digitPair(buffer, at) << 8) | digitPair(buffer, at + 2);
  const low = (digitPair(buffer, at + 4) << 8) | digitPair(buffer, at + 6);
  return (high | low) < 0 ? -1 : high * 65_536 + low;
}

function digitPair(buffer: Buffer, at: number): number {
  return PAIRS[(buffer[at] as number) | ((buffer[at + 1] as number) << 8)] as number;
}

function afterHexadecimal(buffer: Buffer, from: number, to: number): number {
  let at = from;
  while (at < to && (HEX[buffer[at] as number] as number) < 16) at++;
  return at;
}

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
