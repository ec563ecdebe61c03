import { Decompress } from 'fzstd';
import xxhash from 'xxhash-wasm';
import { type ByteSource, chunkedSource, DamagedSource, OverLimit } from '../byte-source.js';
import { LIMITS } from '../limits.js';
import { ExactReader } from './exact-reader.js';

const FRAME = 0xfd2fb528;
/** Frames of other programs, to be passed over: 0x184D2A50 to 0x184D2A5F. */
const SKIPPABLE = 0x184d2a50;
const LARGEST_BLOCK = 128 * 1024;
const CHECKSUM_FLAG = 4;

/**
 * Zstandard data, unpacked a block at a time; several frames after each other are one text.
 *
 * The package neither verifies checksums nor bounds its window, so frames are taken apart here (RFC 8878, 3.1.1).
 */
export function unzstded(packed: ByteSource): ByteSource {
  return chunkedSource(unpackedFrames(new ExactReader(packed, 'Zstandard')), () => {
    packed.close();
  });
}

async function* unpackedFrames(input: ExactReader): AsyncGenerator<Uint8Array> {
  for (;;) {
    const magic = await input.upTo(4);
    if (magic.length === 0) return;
    const number = magic.length === 4 ? magic.readUInt32LE() : 0;
    if ((number & 0xfffffff0) >>> 0 === SKIPPABLE) {
      let left = (await input.exactly(4)).readUInt32LE();
      for (; left > 0; left -= Math.min(left, 1 << 16)) await input.exactly(Math.min(left, 1 << 16));
    } else if (number === FRAME) {
      yield* unpackedFrame(input, magic);
    } else {
      throw damaged('something else behind it');
    }
  }
}

async function* unpackedFrame(input: ExactReader, magic: Buffer): AsyncGenerator<Uint8Array> {
  const header = await readHeader(input);
  const hash = header.hasChecksum ? (await xxhash()).create64() : undefined;
  let blocks: Uint8Array[] = [];
  const unpacker = new Decompress((block) => {
    if (block.length > 0) blocks.push(block);
  });
  push(unpacker, Buffer.concat([magic, header.bytes]), false);
  for (let isLast = false; !isLast; ) {
    const start = await input.exactly(3);
    const word = start.readUIntLE(0, 3);
    isLast = (word & 1) === 1;
    const size = word >> 3;
    const isRepeated = ((word >> 1) & 3) === 1;
    if (size > LARGEST_BLOCK) throw damaged('a block that is too large');
    push(unpacker, Buffer.concat([start, await input.exactly(isRepeated ? 1 : size)]), isLast);
    for (const block of blocks) {
      hash?.update(block);
      yield block;
    }
    blocks = [];
  }
  if (!hash) return;
  const expected = (await input.exactly(4)).readUInt32LE();
  if (Number(hash.digest() & 0xffffffffn) !== expected) throw damaged('a wrong checksum');
}

/** Where the package's decoder is told that no checksum follows: it would only pass over it. */
async function readHeader(input: ExactReader): Promise<{ bytes: Buffer; hasChecksum: boolean }> {
  const [descriptor = 0] = await input.exactly(1);
  const isSingle = (descriptor & 0x20) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
  const rest = await input.exactly((isSingle ? 0 : 1) + dictionaryBytes + sizeBytes);
  if (dictionaryBytes > 0) throw damaged('data that needs a dictionary: unpack it first (zstd -dk FILE)');
  const window = isSingle ? contentSize(rest, sizeBytes) : windowOf(rest[0] ?? 0);
  if (window > LIMITS.window.value) {
    throw new OverLimit('expected a window of at most 128 MiB in Zstandard data, found a larger one: unpack it first');
  }
  const bytes = Buffer.concat([Buffer.from([descriptor & ~CHECKSUM_FLAG]), rest]);
  return { bytes, hasChecksum: (descriptor & CHECKSUM_FLAG) !== 0 };
}

function contentSize(field: Buffer, bytes: number): number {
  if (bytes === 8) return Number(field.readBigUInt64LE());
  // Two bytes count from 256 on.
  return field.readUIntLE(0, bytes) + (bytes === 2 ? 256 : 0);
}

function windowOf(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

function push(unpacker: Decompress, bytes: Uint8Array, isLast: boolean): void {
  try {
    unpacker.push(bytes, isLast);
  } catch {
    throw damaged('damaged data');
  }
}

function damaged(found: string): DamagedSource {
  return new DamagedSource(`expected whole Zstandard data, found ${found}`);
}
