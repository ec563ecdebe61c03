import { BLOCK, isTar } from './signatures.js';

/** A pax header with more is none that says something of a size. */
const LONGEST_PAX = 1 << 16;

/**
 * The blocks of a tar archive without its damaged headers, and without what stands behind each up to the next whole
 * one: so one lost header costs one file. A header is whole where its checksum is right.
 *
 * @param skipped called for each block that is left out
 */
export async function* wholeBlocks(chunks: AsyncIterable<Buffer>, skipped: () => void): AsyncGenerator<Buffer> {
  let held: Buffer = Buffer.alloc(0);
  /** How many bytes of the current file's content are still to come. */
  let content = 0;
  /** What a pax header says of the next file's size, which may be too large for its own header. */
  let paxSize: number | undefined;
  for await (const chunk of chunks) {
    const bytes = held.length > 0 ? Buffer.concat([held, chunk]) : chunk;
    let good = 0;
    let at = 0;
    while (at < bytes.length) {
      if (content > 0) {
        const taken = Math.min(content, bytes.length - at);
        content -= taken;
        at += taken;
        continue;
      }
      if (bytes.length - at < BLOCK) break;
      const block = bytes.subarray(at, at + BLOCK);
      if (isTar(block)) {
        const size = sizeIn(block);
        const isPax = block[TYPE_AT] === LETTER_X && size <= LONGEST_PAX;
        if (isPax && bytes.length - at < BLOCK + size) break;
        content = roundedUp(paxSize ?? size);
        paxSize = isPax ? sizeInPax(bytes.toString('latin1', at + BLOCK, at + BLOCK + size)) : undefined;
      } else if (!isZero(block)) {
        if (at > good) yield bytes.subarray(good, at);
        good = at + BLOCK;
        skipped();
      }
      at += BLOCK;
    }
    if (at > good) yield bytes.subarray(good, at);
    held = bytes.subarray(Math.max(at, good));
  }
  if (held.length > 0) yield held;
}

const SIZE_AT = 124;
const TYPE_AT = 156;
const LETTER_X = 120;
const DIRECTORY = 53;

/** The bytes of content behind a header: octal digits, or a binary number whose first bit is set. */
function sizeIn(header: Buffer): number {
  if (header[TYPE_AT] === DIRECTORY) return 0;
  const first = header[SIZE_AT] ?? 0;
  if (first >= 0x80) return first === 0x80 ? Number(header.readBigUInt64BE(SIZE_AT + 4)) : 0;
  const digits = /^[ 0]*([0-7]{1,12})/.exec(header.toString('latin1', SIZE_AT, SIZE_AT + 12))?.[1];
  return digits === undefined ? 0 : Number.parseInt(digits, 8);
}

// "18 size=8589934592\n"
function sizeInPax(records: string): number | undefined {
  const digits = /(?:^|\n)\d{1,5} size=(\d{1,15})\n/.exec(records)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function roundedUp(size: number): number {
  return Math.ceil(size / BLOCK) * BLOCK;
}

function isZero(block: Buffer): boolean {
  return block.every((byte) => byte === 0);
}
