import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type ByteSource, chunkedSource, chunksOf, DamagedSource } from '../byte-source.js';

/** Smaller chunks cost up to 2.5 times as much. */
const CHUNK = 1 << 20;

/**
 * Gzip data, inflated as it is read; several members after each other are one text.
 * It ends with DamagedSource at the place where it is broken or cut short.
 */
export function gunzipped(packed: ByteSource): ByteSource {
  const input = Readable.from(chunksOf(packed, 1 << 18), { highWaterMark: 1 });
  const gunzip = createGunzip({ chunkSize: CHUNK });
  input.on('error', (error) => gunzip.destroy(error));
  return chunkedSource(inflatedChunks(input.pipe(gunzip)), () => {
    input.destroy();
    gunzip.destroy();
    packed.close();
  });
}

async function* inflatedChunks(gunzip: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* gunzip;
  } catch (error) {
    if (error instanceof DamagedSource) throw error;
    throw new DamagedSource(`expected whole gzip data, found ${(error as Error).message}`);
  }
}
