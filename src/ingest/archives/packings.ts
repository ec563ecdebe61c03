import type { ByteSource } from '../byte-source.js';
import { bunzipped } from './bunzip2.js';
import { gunzipped } from './gunzip.js';
import { unxzed } from './unxz.js';
import { unzstded } from './unzstd.js';

/** A way to pack one stream of bytes. */
export interface Packing {
  readonly name: string;
  /** Whether data that begins so is packed in this way. */
  recognizes(start: Buffer): boolean;
  unpacked(packed: ByteSource): ByteSource;
}

export const packings: readonly Packing[] = [
  { name: 'gzip', recognizes: beginsWith(0x1f, 0x8b), unpacked: gunzipped },
  { name: 'xz', recognizes: beginsWith(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00), unpacked: unxzed },
  { name: 'Zstandard', recognizes: beginsWith(0x28, 0xb5, 0x2f, 0xfd), unpacked: unzstded },
  { name: 'bzip2', recognizes: isBzip2, unpacked: bunzipped },
];

const PACKED_NAME = /\.(?:gz|xz|zst|zstd|bz2)$/i;

/** A file's name without the extension of a packing. */
export function withoutPacking(name: string): string {
  return name.replace(PACKED_NAME, '');
}

function beginsWith(...bytes: number[]): (start: Buffer) => boolean {
  return (start) => bytes.every((byte, i) => start[i] === byte);
}

/** "BZh" alone may begin a text: the level and the first block or the end follow. */
function isBzip2(start: Buffer): boolean {
  return /^BZh[1-9](?:1AY&SY|\x17rE8P\x90)/.test(start.toString('latin1', 0, 10));
}
