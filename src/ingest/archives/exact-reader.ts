import { type ByteSource, DamagedSource } from '../byte-source.js';

/** Reads stretches of known length from a source. */
export class ExactReader {
  constructor(
    private readonly source: ByteSource,
    private readonly what: string,
  ) {}

  /** The next `count` bytes, or fewer where the source ends. */
  async upTo(count: number): Promise<Buffer> {
    const buffer = Buffer.alloc(count);
    let filled = 0;
    while (filled < count) {
      const taken = await this.source.read(buffer, filled);
      if (taken === 0) break;
      filled += taken;
    }
    return buffer.subarray(0, filled);
  }

  /** @throws DamagedSource where the source ends before. */
  async exactly(count: number): Promise<Buffer> {
    const bytes = await this.upTo(count);
    if (bytes.length < count) throw new DamagedSource(`expected whole ${this.what} data, found an end in the middle`);
    return bytes;
  }
}
