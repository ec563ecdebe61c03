import type { Instant } from '../../model/units.js';
import { BLOCK } from './signatures.js';

/** What a header of a tar archive says of the file behind it. Source: POSIX pax, ustar interchange; GNU tar, formats. */
export interface TarHeader {
  readonly kind: TarKind;
  readonly name: string;
  /** Bytes of content behind the header; NaN or below zero where it says nothing that could be. */
  readonly size: number;
  /** NaN where it says none. */
  readonly modifiedAt: Instant;
}

/** `pax` and `long name` are no files: they say more of the next one. `ignored` are such words of no use. */
export type TarKind = 'file' | 'folder' | 'link, device or pipe' | 'pax' | 'long name' | 'ignored';

/** By the type flag; what is not here is something that has no bytes of its own to read. */
const KINDS: Readonly<Record<string, TarKind>> = {
  '\0': 'file',
  '0': 'file',
  '7': 'file',
  '5': 'folder',
  x: 'pax',
  g: 'ignored',
  L: 'long name',
  N: 'long name',
  K: 'ignored',
};

/** @param block whose checksum is right */
export function tarHeader(block: Buffer): TarHeader {
  const kind = KINDS[block.toString('latin1', 156, 157)] ?? 'link, device or pipe';
  const name = textIn(block.subarray(0, 100));
  // Only POSIX has the beginning of a long name there; GNU tar writes "ustar  ", and times in this place.
  const hasPrefix = block.toString('latin1', 257, 263) === 'ustar\0' && block[345] !== 0;
  return {
    kind,
    name: hasPrefix ? `${textIn(block.subarray(345, 500))}/${name}` : name,
    size: kind === 'folder' ? 0 : numberIn(block.subarray(124, 136)),
    modifiedAt: new Date(1000 * numberIn(block.subarray(136, 148))).getTime(),
  };
}

/** Text up to its NUL. */
export function textIn(field: Buffer): string {
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end === -1 ? field.length : end);
}

/** What a pax header may say in the place of the next file's own. */
export interface PaxWords {
  readonly path?: string;
  readonly size?: number;
}

// "27 path=board-7/812/smaps\n18 size=8589934592\n"
export function paxWords(content: Buffer): PaxWords {
  let words: PaxWords = {};
  for (let at = 0; at < content.length; ) {
    const blank = content.indexOf(0x20, at);
    const length = Number.parseInt(content.toString('latin1', at, blank === -1 ? content.length : blank), 10);
    if (!(length > 0) || blank === -1) break;
    const [, key, value = ''] = /^([^=]*)=(.*)$/s.exec(content.toString('utf8', blank + 1, at + length - 1)) ?? [];
    if (key === undefined) break;
    if (key === 'path' && value !== '') words = { ...words, path: value };
    if (key === 'size' && value !== '') words = { ...words, size: Number.parseInt(value, 10) };
    at += length;
  }
  return words;
}

/** Octal digits, or a binary number where the first bit is set (GNU tar); empty fields are 0. */
function numberIn(field: Buffer): number {
  const first = field[0] as number;
  if (first === 0x80) return field.subarray(1).reduce((number, byte) => number * 256 + byte, 0);
  if (first > 0x80) return Number.NaN;
  const digits = /^ *\0*([^ ]*)/.exec(field.toString('latin1'))?.[1] ?? '';
  return digits === '' ? 0 : Number.parseInt(digits, 8);
}

/** Content fills whole blocks. */
export function paddingOf(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK;
}
