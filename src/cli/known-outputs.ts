import { type BigIntStats, lstatSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { RunCache } from '../run-cache.js';
import type { KnownRun } from './known-run.js';

/** A file as the run that wrote it left it. */
interface KnownOutput {
  /** Of what it was made from; absent where that is a whole run. */
  readonly digest?: string;
  /** Of its inode; another one, and the content may be another. */
  readonly signature: string;
}

interface LastRun {
  /** By their names, in the order in which it wrote them. */
  readonly files: ReadonlyMap<string, KnownOutput>;
  /** Absent where another run cannot be known to come to the same. */
  readonly run?: KnownRun;
}

/**
 * What the last run that came to its end left in an output folder. A file that would be made from the same again, and
 * was not touched since, need not even be composed; where that is so of all files, nothing need be.
 */
export class KnownOutputs {
  readonly last: LastRun;
  private readonly seen = new Map<string, KnownOutput>();
  private hasNews = false;
  private run: KnownRun | undefined;

  private constructor(
    private readonly cache: RunCache,
    private readonly folder: string,
    private readonly key: string,
  ) {
    const entry = cache.store.read(key);
    this.last = entry ? (deserialize(entry) as LastRun) : { files: new Map() };
  }

  static of(folder: string, cache: RunCache): KnownOutputs {
    return new KnownOutputs(cache, folder, cache.key('outputs', resolve(folder)));
  }

  /** Whether all files are as the last run left them. */
  areUntouched(): boolean {
    return [...this.last.files].every(([name, { signature }]) => signature === this.signatureOf(name));
  }

  /** @param digest of what the file would be made from now */
  has(name: string, digest: string): boolean {
    const known = this.last.files.get(name);
    if (known?.digest !== digest || known.signature !== this.signatureOf(name)) return false;
    this.seen.set(name, known);
    return true;
  }

  /** To be called when the file is there. */
  note(name: string, digest: string | undefined): void {
    this.seen.set(name, { ...(digest !== undefined && { digest }), signature: this.signatureOf(name) });
    this.hasNews = true;
  }

  /** What this run is: kept with its files. */
  noteRun(run: KnownRun): void {
    this.run = run;
    this.hasNews = true;
  }

  /**
   * To be called when all files are there.
   * @param names of all of them, in their order
   */
  save(names: Iterable<string>): void {
    if (!this.hasNews) return;
    const files = new Map([...names].map((name) => [name, this.seen.get(name) ?? UNKNOWN]));
    const last: LastRun = { files, ...(this.run && { run: this.run }) };
    this.cache.store.write(this.key, serialize(last));
  }

  private signatureOf(name: string): string {
    const path = join(this.folder, name);
    const stat: BigIntStats | undefined = lstatSync(path, { bigint: true, throwIfNoEntry: false });
    return stat?.isFile() ? [stat.dev, stat.ino, stat.size, stat.mtimeNs, stat.ctimeNs].join(' ') : MISSING;
  }
}

const MISSING = '';
/** No file is ever as it says. */
const UNKNOWN: KnownOutput = { signature: 'unknown' };
