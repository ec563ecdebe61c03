import { type ByteSource, DamagedSource } from '../byte-source.js';
import { BLOCK } from './signatures.js';

/** How much is read at a time where nobody takes the bytes. */
const CHUNK = 1 << 18;

export const ZEROS = Buffer.alloc(BLOCK);
const MAGIC = 'ustar';
const MAGIC_AT = 257;

/** What has been read of a tar archive: its blocks one after the other, contents without a copy in between. */
export class TarBytes {
  private readonly buffer = Buffer.allocUnsafe(CHUNK);
  private start = 0;
  private end = 0;
  private readonly last = Buffer.alloc(BLOCK, 1);
  private failure: DamagedSource | undefined;
  /** Whether tar wrote it: its first header has the magic word. */
  private isWritten: boolean | undefined;

  constructor(private readonly source: ByteSource) {}

  /**
   * Whether what was read up to now may be all of the archive: its last block is of zeros. A tar that was cut between
   * two files shows nothing else. smemcap, whose headers have no magic word, writes none.
   */
  get isWhole(): boolean {
    return this.isWritten !== true || this.last.equals(ZEROS);
  }

  /** The next block, valid until the next call; undefined: the archive is over. @throws DamagedSource where it is cut. */
  async block(): Promise<Buffer | undefined> {
    while (this.end - this.start < BLOCK) {
      this.buffer.copyWithin(0, this.start, this.end);
      this.end -= this.start;
      this.start = 0;
      const count = await this.readSource(this.buffer, this.end);
      if (count === 0 && this.end > 0) throw this.cut();
      if (count === 0) return undefined;
      this.end += count;
    }
    const block = this.buffer.subarray(this.start, this.start + BLOCK);
    this.start += BLOCK;
    this.isWritten ??= block.toString('latin1', MAGIC_AT, MAGIC_AT + MAGIC.length) === MAGIC;
    return block;
  }

  /** Some of the next `most` bytes, at least one of them. @throws DamagedSource where the archive is cut or damaged. */
  async read(into: Buffer, offset: number, most: number): Promise<number> {
    const room = Math.min(into.length, offset + most);
    const held = this.buffer.copy(into, offset, this.start, Math.min(this.end, this.start + room - offset));
    this.start += held;
    if (held > 0) return held;
    const count = await this.readSource(room === into.length ? into : into.subarray(0, room), offset);
    if (count === 0) throw this.cut();
    return count;
  }

  /** @throws DamagedSource where the archive is cut or damaged. */
  async skip(count: number): Promise<void> {
    let left = count;
    while (left > this.end - this.start) {
      left -= this.end - this.start;
      this.start = 0;
      this.end = await this.readSource(this.buffer, 0);
      if (this.end === 0) throw this.cut();
    }
    this.start += left;
  }

  private async readSource(into: Buffer, offset: number): Promise<number> {
    if (this.failure) throw this.failure;
    try {
      const count = await this.source.read(into, offset);
      this.watch(into, offset, count);
      return count;
    } catch (error) {
      this.failure = error instanceof DamagedSource ? error : damagedTar((error as Error).message);
      throw this.failure;
    }
  }

  private watch(read: Buffer, from: number, count: number): void {
    const kept = Math.min(BLOCK, count);
    this.last.copyWithin(0, kept);
    read.copy(this.last, BLOCK - kept, from + count - kept, from + count);
  }

  private cut(): DamagedSource {
    this.failure = damagedTar('an end in the middle');
    return this.failure;
  }
}

export function damagedTar(found: string): DamagedSource {
  return new DamagedSource(`expected a whole tar archive, found ${found}`);
}
