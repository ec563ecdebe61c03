import { type BigIntStats, closeSync, openSync, readSync, statSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import xxhash from 'xxhash-wasm';
import { type EntryStore, keyOf } from './entry-store.js';

/**
 * A file that was modified this shortly before it was hashed may have been modified once more since without its time
 * telling so: file systems keep times to as much as two seconds. git calls such files racily clean.
 */
const RACY_MILLISECONDS = 2_000;
const CHUNK_BYTES = 1 << 20;

/** What was known of a file when it was hashed. */
interface KnownFile {
  /** Of its inode; another one, and the content may be another. */
  readonly signature: string;
  readonly hash: string;
}

/**
 * Hashes of the contents of files, which are not read again as long as their size, times and inode stay as they were.
 *
 * XXH64 beside the size: nobody gains by making two captures of one hash, since whoever writes a capture may write
 * into it what he likes; and it costs a quarter of SHA-256.
 */
export class ContentHashes {
  private readonly indexKey: string;
  private readonly known: Map<string, KnownFile>;
  /** Files that were asked for in this run. */
  private readonly asked = new Map<string, KnownFile>();
  private readonly racy = new Set<string>();
  private readonly buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  private hasNews = false;

  private constructor(
    private readonly store: EntryStore,
    private readonly clock: () => number,
    folders: readonly string[],
    private readonly hasher: Awaited<ReturnType<typeof xxhash>>,
  ) {
    this.indexKey = keyOf(['hashes of files', ...folders]);
    this.known = indexIn(store.read(this.indexKey));
  }

  /**
   * @param folders the captures folders, as they were named: their files share an index
   * @param clock milliseconds since 1970
   */
  static async open(store: EntryStore, clock: () => number, folders: readonly string[]): Promise<ContentHashes> {
    return new ContentHashes(store, clock, folders, await xxhash());
  }

  /** undefined: it cannot be read, or was written to meanwhile. */
  of(path: string): string | undefined {
    const asked = this.asked.get(path);
    if (asked) return asked.hash;
    const now = this.clock();
    const stat = statOf(path);
    if (!stat) return undefined;
    const signature = signatureOf(stat);
    const known = this.knownAs(path, signature);
    if (known !== undefined) return known;
    const hash = this.hashed(path);
    if (hash === undefined || signatureOf(statOf(path)) !== signature) return undefined;
    this.asked.set(path, { signature, hash });
    this.hasNews = true;
    if (Number(stat.mtimeMs > stat.ctimeMs ? stat.mtimeMs : stat.ctimeMs) > now - RACY_MILLISECONDS) {
      this.racy.add(path);
    }
    return hash;
  }

  /** As `of`; undefined also for a file that would have to be read. */
  ifKnown(path: string): string | undefined {
    return this.asked.get(path)?.hash ?? this.knownAs(path, signatureOf(statOf(path)));
  }

  /** Another one, and the file may have been written to; undefined where its hash was not asked for. */
  signature(path: string): string | undefined {
    return this.asked.get(path)?.signature;
  }

  /** Whether the file is as it was when its hash was asked for. */
  isUnchanged(path: string): boolean {
    return this.asked.get(path)?.signature === signatureOf(statOf(path));
  }

  /** Keeps what was learned for the next run. */
  save(): void {
    if (!this.hasNews) return;
    const lasting = [...this.asked].filter(([path]) => !this.racy.has(path));
    this.store.write(this.indexKey, serialize(new Map(lasting)));
  }

  private knownAs(path: string, signature: string): string | undefined {
    const known = this.known.get(path);
    if (known?.signature !== signature) return undefined;
    this.asked.set(path, known);
    return known.hash;
  }

  private hashed(path: string): string | undefined {
    try {
      const descriptor = openSync(path, 'r');
      try {
        const hash = this.hasher.create64();
        let bytes = 0;
        for (;;) {
          const count = readSync(descriptor, this.buffer, 0, CHUNK_BYTES, null);
          if (count === 0) break;
          hash.update(this.buffer.subarray(0, count));
          bytes += count;
        }
        return `${hash.digest().toString(16)}-${bytes}`;
      } finally {
        closeSync(descriptor);
      }
    } catch {
      return undefined;
    }
  }
}

function indexIn(entry: Buffer | undefined): Map<string, KnownFile> {
  return entry === undefined ? new Map<string, KnownFile>() : (deserialize(entry) as Map<string, KnownFile>);
}

function statOf(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true });
  } catch {
    return undefined;
  }
}

function signatureOf(stat: BigIntStats | undefined): string {
  if (!stat) return '';
  const { dev, ino, size, mtimeNs, ctimeNs } = stat;
  return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
}
