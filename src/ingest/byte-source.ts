import { closeSync, openSync, readSync } from 'node:fs';

/** Bytes of one capture, in order. */
export interface ByteSource {
  /** Fills part of `into` from `offset`; the number of bytes written, 0 at the end. */
  read(into: Buffer, offset: number): Promise<number> | number;
  close(): void;
}

/** Thrown by a source that cannot be read to its end; what it gave before stands. */
export class DamagedSource extends Error {}

/** Thrown by a source that goes beyond one of the LIMITS. */
export class OverLimit extends DamagedSource {}

/** A plain file, read synchronously: it costs a third of a stream. */
export function fileSource(path: string): ByteSource {
  const descriptor = openSync(path, 'r');
  let isOpen = true;
  return {
    read: (into, offset) => readSync(descriptor, into, offset, into.length - offset, null),
    close: () => {
      if (isOpen) closeSync(descriptor);
      isOpen = false;
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

/** Text whose lines end with a carriage return alone (terminal programs of old), with line feeds. */
export function lineFedSource(inner: ByteSource): ByteSource {
  return {
    async read(into, offset) {
      const count = await inner.read(into, offset);
      for (let at = into.indexOf(RETURN, offset); at !== -1 && at < offset + count; at = into.indexOf(RETURN, at))
        into[at] = NEWLINE;
      return count;
    },
    close: () => {
      inner.close();
    },
  };
}

const RETURN = 13;
const NEWLINE = 10;

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

/**
 * What an iteration yields, one chunk after the other. A failure of it is told again at each further call.
 * @param close called once, when nobody will read on
 */
export function chunkedSource(chunks: AsyncIterator<Uint8Array>, close: () => void): ByteSource {
  let chunk: Uint8Array = new Uint8Array(0);
  let isOpen = true;
  let failure: Error | undefined;
  return {
    async read(into, offset) {
      while (chunk.length === 0) {
        if (failure) throw failure;
        const next = await chunks.next().catch((error: unknown) => {
          failure = error as Error;
          throw failure;
        });
        if (next.done) return 0;
        chunk = next.value;
      }
      const taken = Math.min(chunk.length, into.length - offset);
      into.set(chunk.subarray(0, taken), offset);
      chunk = chunk.subarray(taken);
      return taken;
    },
    close() {
      if (isOpen) close();
      isOpen = false;
    },
  };
}

/** A source as buffers of their own, for what takes an iteration. */
export async function* chunksOf(source: ByteSource, size: number): AsyncGenerator<Buffer> {
  for (;;) {
    const buffer = Buffer.allocUnsafe(size);
    const count = await source.read(buffer, 0);
    if (count === 0) return;
    yield buffer.subarray(0, count);
  }
}
