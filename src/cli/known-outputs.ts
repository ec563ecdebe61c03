import { type BigIntStats, lstatSync } from 'node:fs';
import { resolve } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { RunCache } from '../run-cache.js';

/** A file as the run that wrote it left it. */
interface KnownOutput {
  /** Of what it was made from. */
  readonly digest: string;
  /** Of its inode; another one, and the content may be another. */
  readonly signature: string;
}

/**
 * What the files of an output folder were made from by the last run that came to its end: one that would be made from
 * the same again, and was not touched since, need not even be composed.
 */
export class KnownOutputs {
  private readonly known: ReadonlyMap<string, KnownOutput>;
  private readonly seen = new Map<string, KnownOutput>();
  private hasNews = false;

  private constructor(
    private readonly cache: RunCache,
    private readonly key: string,
  ) {
    const entry = cache.store.read(key);
    this.known = entry ? (deserialize(entry) as Map<string, KnownOutput>) : new Map<string, KnownOutput>();
  }

  static of(folder: string, cache: RunCache): KnownOutputs {
    return new KnownOutputs(cache, cache.key('outputs', resolve(folder)));
  }

  /** @param digest of what the file would be made from now */
  has(name: string, path: string, digest: string): boolean {
    const known = this.known.get(name);
    if (known?.digest !== digest || known.signature !== signatureOf(path)) return false;
    this.seen.set(name, known);
    return true;
  }

  /** To be called when the file is there. */
  note(name: string, path: string, digest: string): void {
    this.seen.set(name, { digest, signature: signatureOf(path) });
    this.hasNews = true;
  }

  /** To be called when all files are there. */
  save(): void {
    if (this.hasNews) this.cache.store.write(this.key, serialize(this.seen));
  }
}

function signatureOf(path: string): string {
  const stat: BigIntStats | undefined = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  return stat?.isFile() ? [stat.dev, stat.ino, stat.size, stat.mtimeNs, stat.ctimeNs].join(' ') : '';
}
