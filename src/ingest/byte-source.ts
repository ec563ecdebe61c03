import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { createGunzip, type Gunzip } from 'node:zlib';

/** Bytes of one capture after decompression, in order. */
export interface ByteSource {
  /** Fills part of `into` from `offset`; the number of bytes written, 0 at the end. */
  read(into: Buffer, offset: number): Promise<number> | number;
  close(): void;
}

/** Thrown by a source that cannot be read to its end; what it gave before stands. */
export class DamagedSource extends Error {}

/** A plain file, read synchronously: it costs a third of a stream. */
export function fileSource(path: string): ByteSource {
  const descriptor = openSync(path, 'r');
  return {
    read: (into, offset) => readSync(descriptor, into, offset, into.length - offset, null),
    close: () => {
      closeSync(descriptor);
    },
  };
}

/** Real smaps text packs about 22 to 1, two hundred repeated snapshots 32 to 1; deflate cannot exceed 1032 to 1. */
export const HIGHEST_RATIO = 250;
/** The ratio is judged only beyond this many bytes. */
export const RATIO_FREE_BYTES = 8 * 1024 * 1024;
/** The most that one compressed file may hold. */
export const LARGEST_INFLATED = 16 * 1024 ** 3;

/**
 * A gzip file, inflated as it is read; several members after each other are one text.
 * @throws DamagedSource at the place where it is broken, cut short, or packed beyond HIGHEST_RATIO.
 */
export function gzipSource(path: string): ByteSource {
  // The default of 16 KiB costs 2.5 times as much.
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  const gunzip: Gunzip = createGunzip({ chunkSize: 1 << 20 });
  file.on('error', (error) => gunzip.destroy(error));
  const chunks = file.pipe(gunzip)[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let chunk: Buffer = Buffer.alloc(0);
  let inflated = 0;
  let damage: DamagedSource | undefined;
  return {
    async read(into, offset) {
      if (chunk.length === 0) {
        const next = await chunks.next().catch((error: unknown): IteratorReturnResult<undefined> => {
          damage ??= new DamagedSource(`expected whole gzip data, found ${(error as Error).message}`);
          return { done: true, value: undefined };
        });
        if (damage) throw damage;
        if (next.done) return 0;
        chunk = next.value;
        inflated += chunk.length;
        if (inflated > RATIO_FREE_BYTES && inflated > HIGHEST_RATIO * Math.max(1, file.bytesRead)) {
          throw new DamagedSource(
            `expected at most ${HIGHEST_RATIO} bytes of text for each packed byte, found more: this is no capture`,
          );
        }
        if (inflated > LARGEST_INFLATED) throw new DamagedSource('expected at most 16 GiB of text, found more');
      }
      const taken = chunk.copy(into, offset);
      chunk = chunk.subarray(taken);
      return taken;
    },
    close() {
      gunzip.destroy();
      file.destroy();
    },
  };
}

/** Text in UTF-16 (PowerShell's redirection of adb), as UTF-8. */
export function utf16Source(inner: ByteSource, encoding: 'utf-16le' | 'utf-16be'): ByteSource {
  const decoder = new TextDecoder(encoding);
  const raw = Buffer.alloc(1 << 16);
  let chunk: Buffer = Buffer.alloc(0);
  let ended = false;
  return {
    async read(into, offset) {
      while (chunk.length === 0) {
        if (ended) return 0;
        const count = await inner.read(raw, 0);
        ended = count === 0;
        chunk = Buffer.from(decoder.decode(raw.subarray(0, count), { stream: !ended }), 'utf8');
      }
      const taken = chunk.copy(into, offset);
      chunk = chunk.subarray(taken);
      return taken;
    },
    close: () => {
      inner.close();
    },
  };
}

/** Gives back bytes that were read to look at them, then the rest of `inner`. */
export function prependedSource(first: Buffer, inner: ByteSource): ByteSource {
  let rest = first;
  return {
    read(into, offset) {
      if (rest.length === 0) return inner.read(into, offset);
      const taken = rest.copy(into, offset);
      rest = rest.subarray(taken);
      return taken;
    },
    close: () => {
      inner.close();
    },
  };
}
