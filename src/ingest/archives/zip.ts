import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { type Entry, fromBufferPromise, fromRandomAccessReaderPromise, getFileNameLowLevel, type ZipFile } from 'yauzl';
import { type ByteSource, chunkedSource, DamagedSource, OverLimit } from '../byte-source.js';
import { LIMITS } from '../limits.js';
import { type Allowance, checkRatio } from './allowance.js';
import type { Archive, ArchiveMember } from './archive.js';
import { memberPath } from './member-path.js';
import { ZipBlocks } from './zip-blocks.js';
import { walkLocalHeaders } from './zip-salvage.js';

/** Where a zip archive is: a file, or its bytes with the part of a byte on disk that each of them needed. */
export type ZipPlace = { readonly path: string } | { readonly bytes: Buffer; readonly density: number };

const LOCAL_HEADER = 30;
/** Of the Unix mode in the upper half of the attributes. */
const FILE_TYPE = 0o170000;
const REGULAR = 0o100000;
const DIRECTORY = 0o040000;

/** A zip archive, by the directory at its end; where that is damaged, by the headers in front of the files. */
export function zipArchive(place: ZipPlace, allowance: Allowance): Archive {
  return {
    walk: async (visit, skip) => {
      const listed = await list(place);
      if (listed instanceof OverLimit) throw listed;
      if (listed instanceof DamagedSource) {
        await walkLocalHeaders(place, allowance, visit, skip);
        throw listed;
      }
      const { zip, entries } = listed;
      try {
        allowance.takeEntries(entries.length);
        const overlapping = overlappingEntries(entries);
        for (const entry of entries) {
          const found = memberPath(nameOf(entry));
          const type = (entry.externalFileAttributes >>> 16) & FILE_TYPE;
          if (found === 'hidden' || type === DIRECTORY || nameOf(entry).endsWith('/')) continue;
          if (type !== 0 && type !== REGULAR) skip('link, device or pipe');
          else if (found === 'outside') skip('name that leads out of the archive');
          else if (overlapping.has(entry)) skip('file inside the bytes of another');
          else await visit(memberOf(zip, entry, found.path, 'density' in place ? place.density : 1));
        }
      } finally {
        zip.close();
      }
    },
    close: () => undefined,
  };
}

/** The directory, or why there is none. */
async function list(place: ZipPlace): Promise<{ zip: ZipFile; entries: Entry[] } | DamagedSource> {
  const options = { lazyEntries: true, autoClose: false, decodeStrings: false };
  const blocks = 'path' in place ? new ZipBlocks(place.path) : undefined;
  let zip: ZipFile | undefined;
  try {
    zip = blocks
      ? await fromRandomAccessReaderPromise(blocks, blocks.size, options)
      : await fromBufferPromise('bytes' in place ? place.bytes : Buffer.alloc(0), options);
    if (zip.entryCount > LIMITS.entries.value) {
      zip.close();
      return new OverLimit('expected at most 100,000 entries in an archive, found more: it is not read');
    }
    const entries: Entry[] = [];
    for await (const entry of zip.eachEntry()) entries.push(entry);
    return { zip, entries };
  } catch (error) {
    zip?.close();
    blocks?.close(() => undefined);
    return new DamagedSource(
      `expected a whole zip archive, found no directory at its end (${(error as Error).message}): ` +
        'the files are read one after the other',
    );
  }
}

/**
 * Entries whose bytes lie inside those of another: a few kilobytes, listed a thousand times, unpack to terabytes.
 * The first of them is not among these.
 */
function overlappingEntries(entries: readonly Entry[]): Set<Entry> {
  const overlapping = new Set<Entry>();
  let end = 0;
  for (const entry of entries.toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)) {
    const { relativeOffsetOfLocalHeader: start, fileNameLength, compressedSize } = entry;
    if (start < end) overlapping.add(entry);
    else end = start + LOCAL_HEADER + fileNameLength + compressedSize;
  }
  return overlapping;
}

function nameOf(entry: Entry): string {
  return getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
}

function memberOf(zip: ZipFile, entry: Entry, path: string, density: number): ArchiveMember {
  const modified = entry.getLastModDate({ timezone: 'UTC' }).getTime();
  const refused = entry.isEncrypted()
    ? 'an encrypted file'
    : [0, 8].includes(entry.compressionMethod)
      ? undefined
      : 'a packing other than deflate';
  return {
    path,
    bytes: entry.compressedSize,
    ...(modified > 0 && { modifiedAt: modified }),
    ...(refused !== undefined && { refused: `${refused} in a zip archive` }),
    open: async () => {
      checkRatio(entry.uncompressedSize, entry.compressedSize * density);
      return entrySource(await openEntry(zip, entry), entry);
    },
    taken: () => entry.compressedSize * density,
  };
}

async function openEntry(zip: ZipFile, entry: Entry): Promise<Readable> {
  try {
    return await zip.openReadStreamPromise(entry);
  } catch (error) {
    throw damageOf(error);
  }
}

/** The package verifies the length; whether the bytes are right is verified here. */
function entrySource(stream: Readable, entry: Entry): ByteSource {
  const chunks = async function* (): AsyncGenerator<Buffer> {
    let check = 0;
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        check = crc32(chunk, check);
        yield chunk;
      }
    } catch (error) {
      throw damageOf(error);
    }
    if (check !== entry.crc32) throw damageOf(new Error('a wrong checksum'));
  };
  return chunkedSource(chunks(), () => stream.destroy());
}

function damageOf(error: unknown): DamagedSource {
  if (error instanceof DamagedSource) return error;
  return new DamagedSource(`expected a whole file in a zip archive, found ${(error as Error).message}`);
}
