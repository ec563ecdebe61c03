import type { ByteSource } from '../byte-source.js';
import { LIMITS } from '../limits.js';

/** A stretch of what a source gave. */
interface Piece {
  readonly bytes: Buffer;
  /** How many bytes on disk had been read for it. */
  readonly taken: number;
}

/** What is read of a source, kept for a second reading as long as it is little. */
export class KeptBytes {
  private pieces: Piece[] = [];
  private length = 0;
  private state: 'growing' | 'whole' | 'too many' = 'growing';
  private failure: Error | undefined;

  /** @param taken how many bytes on disk were read for `source` so far */
  constructor(
    private readonly source: ByteSource,
    private readonly taken: () => number,
  ) {}

  /** The source, for the first reading. */
  first(): ByteSource {
    return {
      read: async (into, offset) => {
        try {
          const count = await this.source.read(into, offset);
          this.keep(into.subarray(offset, offset + count));
          return count;
        } catch (error) {
          this.failure = error as Error;
          if (this.state === 'growing') this.state = 'whole';
          throw error;
        }
      },
      close: () => {
        this.source.close();
      },
    };
  }

  /** The same bytes, and the same damage behind them; undefined: they were too many, or not read to their end. */
  second(): { source: ByteSource; taken: () => number } | undefined {
    if (this.state !== 'whole') return undefined;
    let [next, within, taken] = [0, 0, 0];
    const source: ByteSource = {
      read: (into, offset) => {
        const piece = this.pieces[next];
        if (!piece) {
          if (this.failure) throw this.failure;
          return 0;
        }
        taken = piece.taken;
        const count = piece.bytes.copy(into, offset, within);
        within += count;
        if (within === piece.bytes.length) [next, within] = [next + 1, 0];
        return count;
      },
      close: () => undefined,
    };
    return { source, taken: () => taken };
  }

  private keep(bytes: Buffer): void {
    if (this.state !== 'growing') return;
    if (bytes.length === 0) this.state = 'whole';
    this.length += bytes.length;
    if (this.length > LIMITS.keptArchive.value) {
      this.state = 'too many';
      this.pieces = [];
    } else if (bytes.length > 0) this.pieces.push({ bytes: Buffer.from(bytes), taken: this.taken() });
  }
}
