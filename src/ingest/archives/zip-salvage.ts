import { Unzip, type UnzipFile, UnzipInflate } from 'fflate';
import { type ByteSource, DamagedSource, fileSource } from '../byte-source.js';
import { type Allowance, checkRatio } from './allowance.js';
import type { Archive } from './archive.js';
import { memberPath } from './member-path.js';
import type { ZipPlace } from './zip.js';

/** So much is unpacked at once; it may become a thousand times as much. */
const CHUNK = 1 << 14;

type Visitor = Parameters<Archive['walk']>;

/** Visits the files of a zip archive by the headers in front of each, as far as they are whole. */
export async function walkLocalHeaders(
  place: ZipPlace,
  allowance: Allowance,
  visit: Visitor[0],
  skip: Visitor[1],
): Promise<void> {
  const input = new LocalFiles('path' in place ? fileSource(place.path) : bufferSource(place.bytes));
  const density = 'density' in place ? place.density : 1;
  try {
    for (let file = await input.next(); file; file = await input.next()) {
      allowance.takeEntries();
      const found = memberPath(file.name);
      if (found === 'hidden' || file.name.endsWith('/')) continue;
      if (found === 'outside') {
        skip('name that leads out of the archive');
        continue;
      }
      const current = file;
      const isKnown = current.compression === 0 || current.compression === 8;
      await visit({
        path: found.path,
        bytes: current.size ?? 0,
        ...(!isKnown && { refused: 'a packing other than deflate in a zip archive' }),
        open: () => input.open(current, density),
        taken: () => input.takenFor * density,
      });
    }
  } finally {
    input.close();
  }
}

/** The files of a zip archive as they come along. */
class LocalFiles {
  /** Packed bytes pushed since the current file began, or a few more. */
  takenFor = CHUNK;
  private readonly unzip = new Unzip((file) => this.found.push(file));
  private readonly found: UnzipFile[] = [];
  /** What the current file gave so far. */
  private chunks: Uint8Array[] = [];
  private current: UnzipFile | undefined;
  private isStarted = false;
  private isOver = false;
  private damage: DamagedSource | undefined;
  private hasEnded = false;

  constructor(private readonly source: ByteSource) {
    this.unzip.register(UnzipInflate);
  }

  /** The next file, after what is left of the one before. */
  async next(): Promise<UnzipFile | undefined> {
    // The package keeps the bytes of a file that is never started.
    if (this.current && !this.isStarted) this.start(this.current);
    do this.chunks = [];
    while (this.found.length === 0 && (await this.push()));
    this.current = this.found.shift();
    this.isStarted = false;
    this.isOver = false;
    this.damage = undefined;
    this.takenFor = CHUNK;
    return this.current;
  }

  open(file: UnzipFile, density: number): ByteSource {
    this.start(file);
    let given = 0;
    return {
      read: async (into, offset) => {
        while (this.chunks.length === 0 && !this.isOver) {
          if (this.damage || !(await this.push())) throw this.damage ?? damaged('an end in the middle');
        }
        const [chunk] = this.chunks;
        if (!chunk) return 0;
        const taken = Math.min(chunk.length, into.length - offset);
        into.set(chunk.subarray(0, taken), offset);
        if (taken === chunk.length) this.chunks.shift();
        else this.chunks[0] = chunk.subarray(taken);
        given += taken;
        checkRatio(given, this.takenFor * density);
        return taken;
      },
      close: () => undefined,
    };
  }

  close(): void {
    this.source.close();
  }

  private start(file: UnzipFile): void {
    this.isStarted = true;
    file.ondata = (error: Error | null, chunk: Uint8Array | null, isLast) => {
      if (file !== this.current) return;
      if (error) this.damage ??= damaged(error.message);
      if (chunk && chunk.length > 0) this.chunks.push(chunk);
      if (isLast) this.isOver = true;
    };
    try {
      file.start();
    } catch (error) {
      this.damage ??= damaged((error as Error).message);
    }
  }

  /** Whether more could be pushed. */
  private async push(): Promise<boolean> {
    if (this.hasEnded) return false;
    const buffer = Buffer.allocUnsafe(CHUNK);
    const count = await this.source.read(buffer, 0);
    this.hasEnded = count === 0;
    this.takenFor += count;
    try {
      this.unzip.push(buffer.subarray(0, count), this.hasEnded);
    } catch (error) {
      this.hasEnded = true;
      this.damage ??= damaged((error as Error).message);
    }
    return true;
  }
}

function bufferSource(bytes: Buffer): ByteSource {
  let at = 0;
  return {
    read(into, offset) {
      const taken = bytes.copy(into, offset, at);
      at += taken;
      return taken;
    },
    close: () => undefined,
  };
}

function damaged(found: string): DamagedSource {
  return new DamagedSource(`expected a whole file in a zip archive, found ${found}`);
}
