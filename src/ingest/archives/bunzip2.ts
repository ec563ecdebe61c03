import { type ByteSource, chunkedSource } from '../byte-source.js';
import { checkRatio } from './allowance.js';
import { BitReader, type Bzip2Block, damagedBzip2, readBlock } from './bzip2-block.js';
import { ExactReader } from './exact-reader.js';

/** The bits of pi and of its square root, which begin a block and the end of a stream. */
const BLOCK = 0x314159265359;
const END = 0x177245385090;
/** No block is longer, even with the longest code for each of its 900,000 symbols. */
const LONGEST_PACKED_BLOCK = 2.5 * 1024 * 1024;
const CHUNK = 1 << 17;

/** Bzip2 data, unpacked a block at a time; several streams after each other are one text. */
export function bunzipped(packed: ByteSource): ByteSource {
  return chunkedSource(unpackedStreams(new ExactReader(packed, 'bzip2')), () => {
    packed.close();
  });
}

async function* unpackedStreams(source: ExactReader): AsyncGenerator<Uint8Array> {
  const input = new BitReader(new Uint8Array(0));
  let taken = 0;
  let given = 0;
  const refill = async (): Promise<void> => {
    const { rest } = input;
    if (rest.length >= LONGEST_PACKED_BLOCK) return;
    const more = await source.upTo(2 * LONGEST_PACKED_BLOCK - rest.length);
    taken += more.length;
    if (more.length > 0) input.continueWith(rest.length === 0 ? more : Buffer.concat([rest, more]));
  };
  for (;;) {
    await refill();
    if (input.rest.length === 0) return;
    if (input.bits(24) !== 0x425a68) throw damagedBzip2('something else behind it');
    const level = input.bits(8) - 0x30;
    if (level < 1 || level > 9) throw damagedBzip2();
    const links = new Uint32Array(level * 100_000);
    let streamCheck = 0;
    for (;;) {
      await refill();
      const start = input.bits(24) * 2 ** 24 + input.bits(24);
      const expected = input.bits32();
      if (start === END) {
        if (expected !== streamCheck) throw damagedBzip2('a wrong checksum');
        break;
      }
      if (start !== BLOCK) throw damagedBzip2();
      const check = new Checksum();
      for (const bytes of blockBytes(readBlock(input, links), check)) {
        given += bytes.length;
        // Judged here, since far more is taken from the source than one block needs.
        checkRatio(given, taken - input.rest.length);
        yield bytes;
      }
      if (check.value !== expected) throw damagedBzip2('a wrong checksum');
      streamCheck = (((streamCheck << 1) | (streamCheck >>> 31)) ^ expected) >>> 0;
    }
    input.alignToByte();
  }
}

/** The bytes of a block; four equal ones are followed by the number of further ones. */
function* blockBytes({ links, count, first }: Bzip2Block, check: Checksum): Generator<Uint8Array> {
  let chunk = Buffer.allocUnsafe(CHUNK);
  let filled = 0;
  let link = first;
  let equal = 0;
  let last = -1;
  for (let i = 0; i < count; i++) {
    const word = links[link] as number;
    const byte = word & 0xff;
    link = word >>> 8;
    if (filled + 256 > CHUNK) {
      check.add(chunk.subarray(0, filled));
      yield chunk.subarray(0, filled);
      chunk = Buffer.allocUnsafe(CHUNK);
      filled = 0;
    }
    if (equal === 4) {
      chunk.fill(last, filled, filled + byte);
      filled += byte;
      equal = 0;
      last = -1;
      continue;
    }
    equal = byte === last ? equal + 1 : 1;
    last = byte;
    chunk[filled++] = byte;
  }
  check.add(chunk.subarray(0, filled));
  yield chunk.subarray(0, filled);
}

/** CRC-32 with the highest bit first, as only bzip2 has it. */
class Checksum {
  private register = -1;

  add(bytes: Uint8Array): void {
    let register = this.register;
    for (const byte of bytes) register = (register << 8) ^ (CHECKSUM_TABLE[(register >>> 24) ^ byte] as number);
    this.register = register;
  }

  get value(): number {
    return ~this.register >>> 0;
  }
}

const CHECKSUM_TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let register = byte << 24;
  for (let bit = 0; bit < 8; bit++) register = (register << 1) ^ (register < 0 ? 0x04c11db7 : 0);
  return register;
});
