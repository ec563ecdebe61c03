import type { ByteSource } from '../byte-source.js';
import { gunzipped } from './gunzip.js';

/** A way to pack one stream of bytes. */
export interface Packing {
  readonly name: string;
  /** Whether data that begins so is packed in this way. */
  readonly recognizes: (start: Buffer) => boolean;
  /** Loads what it takes when it is asked for: most runs meet none of the rarer packings. */
  readonly unpacked: (packed: ByteSource) => Promise<ByteSource>;
  /** Whether unpacking anew costs no more than keeping what it gave does. */
  readonly isCheap?: boolean;
}

export const packings: readonly Packing[] = [
  {
    name: 'gzip',
    recognizes: beginsWith(0x1f, 0x8b),
    unpacked: (packed) => Promise.resolve(gunzipped(packed)),
    isCheap: true,
  },
  {
    name: 'xz',
    recognizes: beginsWith(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00),
    unpacked: async (packed) => (await import('./unxz.js')).unxzed(packed),
  },
  {
    name: 'Zstandard',
    recognizes: beginsWith(0x28, 0xb5, 0x2f, 0xfd),
    unpacked: async (packed) => (await import('./unzstd.js')).unzstded(packed),
  },
  { name: 'bzip2', recognizes: isBzip2, unpacked: async (packed) => (await import('./bunzip2.js')).bunzipped(packed) },
];

const PACKED_NAME = /\.(?:gz|xz|zst|zstd|bz2)$/i;

/** A file's name without the extension of a packing. */
export function withoutPacking(name: string): string {
  return name.replace(PACKED_NAME, '');
}

function beginsWith(...bytes: number[]): (start: Buffer) => boolean {
  return (start) => bytes.every((byte, i) => start[i] === byte);
}

/** "BZh" alone may begin a text: the level and the first block, or the end of an empty one, follow. */
function isBzip2(start: Buffer): boolean {
  const block = start.toString('hex', 4, 10);
  return /^BZh[1-9]$/.test(start.toString('latin1', 0, 4)) && (block === '314159265359' || block === '177245385090');
}
