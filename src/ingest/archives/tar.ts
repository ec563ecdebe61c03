import { Readable } from 'node:stream';
import { extract } from 'tar-stream';
import { type ByteSource, chunkedSource, chunksOf, DamagedSource } from '../byte-source.js';
import type { Allowance } from './allowance.js';
import type { Archive } from './archive.js';
import { memberPath } from './member-path.js';
import { BLOCK } from './signatures.js';
import { wholeBlocks } from './tar-blocks.js';

const CHUNK = 1 << 18;
/** What may have been taken from the disk for a member before its turn. */
const READ_AHEAD = 4 * CHUNK;

/** The first tars, and those of smemcap, have no magic word; their headers have a checksum all the same. */
const OPTIONS: Parameters<typeof extract>[0] & { readonly allowUnknownFormat: true } = { allowUnknownFormat: true };

/** @param taken how many bytes of the file on disk were read for `source` so far */
export function tarArchive(source: ByteSource, taken: () => number, allowance: Allowance): Archive {
  return {
    walk: async (visit, skip) => {
      const unpacker = extract(OPTIONS);
      const end = new ArchiveEnd();
      let damagedBlocks = 0;
      const blocks = wholeBlocks(end.watched(chunksOf(source, CHUNK)), () => damagedBlocks++);
      const input = Readable.from(blocks, { highWaterMark: 1 });
      input.on('error', (error) => {
        unpacker.destroy(error);
      });
      input.pipe(unpacker);
      try {
        for await (const entry of unpacker) {
          allowance.takeEntries();
          const { header } = entry;
          const found = memberPath(header.name);
          if (header.type === 'directory' || found === 'hidden') {
            // A walk through folders does not tell of these either.
          } else if (header.type !== 'file' && header.type !== 'contiguous-file') {
            skip('link, device or pipe');
          } else if (found === 'outside') {
            skip('name that leads out of the archive');
          } else {
            const before = taken();
            const modified = header.mtime?.getTime() ?? 0;
            await visit({
              path: found.path,
              bytes: header.size ?? 0,
              ...(modified > 0 && { modifiedAt: modified }),
              open: () => memberSource(entry),
              taken: () => taken() - before + READ_AHEAD,
            });
          }
          entry.resume();
        }
      } catch (error) {
        throw damageOf(error);
      } finally {
        input.destroy();
        unpacker.destroy();
      }
      if (damagedBlocks > 0) {
        const lost = damagedBlocks * BLOCK;
        throw new DamagedSource(
          `expected a header at the end of each file in the tar archive, found others: ${lost} bytes up to the next are not read`,
        );
      }
      if (!end.isThere)
        throw new DamagedSource('expected zeros at the end of the tar archive, found none: it may be cut');
    },
    close: () => {
      source.close();
    },
  };
}

function memberSource(entry: AsyncIterable<unknown>): ByteSource {
  const chunks = entry[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const told: AsyncIterator<Buffer> = {
    next: () =>
      chunks.next().catch((error: unknown) => {
        throw damageOf(error);
      }),
  };
  return chunkedSource(told, () => undefined);
}

function damageOf(error: unknown): DamagedSource {
  if (error instanceof DamagedSource) return error;
  return new DamagedSource(`expected a whole tar archive, found ${(error as Error).message}`);
}

/**
 * Whether the last block is of zeros: a tar that was cut between two files shows nothing else. smemcap, whose headers
 * have no magic word, writes none.
 */
class ArchiveEnd {
  isThere = false;
  private last = Buffer.alloc(0);
  private isWritten: boolean | undefined;

  async *watched(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      this.isWritten ??= chunk.subarray(MAGIC_AT, MAGIC_AT + MAGIC.length).equals(MAGIC);
      this.last = Buffer.concat([this.last.subarray(-BLOCK), chunk.subarray(-BLOCK)]).subarray(-BLOCK);
      yield chunk;
    }
    this.isThere = this.isWritten !== true || (this.last.length === BLOCK && this.last.every((byte) => byte === 0));
  }
}

const MAGIC = Buffer.from('ustar');
const MAGIC_AT = 257;
