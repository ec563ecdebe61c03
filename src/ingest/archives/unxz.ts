import xz from 'xz-decompress';
import { type ByteSource, chunkedSource, chunksOf, DamagedSource } from '../byte-source.js';

// The package lets one stream wait until another is over: an xz file inside an xz archive would wait for ever.
Object.assign(xz.XzReadableStream, { _contextMutex: { acquire: () => Promise.resolve(), release: () => undefined } });

/** What xz-embedded's codes mean (xz.h). */
const REASONS: Readonly<Record<string, string>> = {
  3: 'a dictionary too large for memory',
  4: 'a dictionary of more than 64 MiB',
  5: 'something else behind it',
  6: 'a filter or check that is not supported: unpack it first (xz -dk FILE)',
  7: 'damaged data',
  8: 'an end in the middle',
};

/** Xz data, unpacked as it is read; several streams after each other are one text. */
export function unxzed(packed: ByteSource): ByteSource {
  const chunks = chunksOf(packed, 1 << 14);
  const input = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await chunks.next();
        if (next.done) controller.close();
        else controller.enqueue(next.value);
      },
    },
    { highWaterMark: 0 },
  );
  const reader = new xz.XzReadableStream(input).getReader();
  return chunkedSource(unpackedChunks(reader), () => {
    // A stream that failed rejects this with its failure, which was told already.
    reader.cancel().catch(() => undefined);
    packed.close();
  });
}

async function* unpackedChunks(reader: ReadableStreamDefaultReader<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (;;) {
    const next = await reader.read().catch((error: unknown) => {
      if (error instanceof DamagedSource) throw error;
      const code = /error code (\d+)/.exec((error as Error).message)?.[1] ?? '8';
      throw new DamagedSource(`expected whole xz data, found ${REASONS[code] ?? 'damaged data'}`);
    });
    if (next.done) return;
    yield next.value;
  }
}
