import type { ByteSource } from '../../src/ingest/byte-source.js';

/** Bytes that are in memory, as a capture file gives them. */
export function memorySource(bytes: Uint8Array): ByteSource {
  let at = 0;
  return {
    read(into, offset) {
      const count = Math.min(bytes.length - at, into.length - offset);
      into.set(bytes.subarray(at, at + count), offset);
      at += count;
      return count;
    },
    close: () => undefined,
  };
}
