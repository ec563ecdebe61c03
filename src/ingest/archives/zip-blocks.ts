import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { RandomAccessReader } from 'yauzl';

const BLOCK = 1 << 20;

/** Reads a zip archive's file in large blocks: the directory is asked for a few bytes at a time, twice for each entry. */
export class ZipBlocks extends RandomAccessReader {
  private readonly descriptor: number;
  private readonly block = Buffer.allocUnsafe(BLOCK);
  private start = 0;
  private length = 0;
  private isOpen = true;

  /** @throws the system's error where the file cannot be opened. */
  constructor(private readonly path: string) {
    super();
    this.descriptor = openSync(path, 'r');
  }

  get size(): number {
    return fstatSync(this.descriptor).size;
  }

  override read(
    into: Buffer,
    offset: number,
    length: number,
    position: number,
    done: (error: Error | null, count?: number) => void,
  ): void {
    let count = 0;
    let failure: Error | null = null;
    try {
      while (count < length) {
        const taken = this.readHeld(into, offset + count, length - count, position + count);
        if (taken === 0) break;
        count += taken;
      }
    } catch (error) {
      failure = error as Error;
    }
    queueMicrotask(() => {
      done(failure, count);
    });
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return createReadStream(this.path, { start, end: end - 1 });
  }

  override close(done: (error: Error | null) => void): void {
    if (this.isOpen) closeSync(this.descriptor);
    this.isOpen = false;
    queueMicrotask(() => {
      done(null);
    });
  }

  private readHeld(into: Buffer, offset: number, length: number, position: number): number {
    if (position < this.start || position >= this.start + this.length) {
      this.start = position;
      this.length = readSync(this.descriptor, this.block, 0, BLOCK, position);
    }
    const from = position - this.start;
    return this.block.copy(into, offset, from, Math.min(this.length, from + length));
  }
}
