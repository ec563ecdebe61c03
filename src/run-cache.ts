import { join } from 'node:path';
import { codeDigest } from './cache/code-digest.js';
import { EntryStore, keyOf } from './cache/entry-store.js';
import { defaultCacheDir, type Environment } from './report/outputs/find-browser.js';
import type { KeptPrints } from './report/outputs/kept-prints.js';

export interface RunCacheOptions {
  readonly environment: Environment;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly onMessage?: (message: string) => void;
  /** Where entries are kept; default `results` in `$XDG_CACHE_HOME/memreport`. */
  readonly folder?: string;
  /** Less input than this many bytes is read faster than looked up. */
  readonly worthFrom?: number;
}

/** What earlier runs have read, judged and printed, for this build of memreport alone. */
export class RunCache implements KeptPrints {
  readonly store: EntryStore;
  readonly clock: () => number;
  readonly worthFrom: number;
  private code: string | undefined;

  constructor({ environment, folder, worthFrom = WORTH_FROM, ...options }: RunCacheOptions) {
    this.store = new EntryStore({ folder: folder ?? join(defaultCacheDir(environment), 'results'), ...options });
    this.clock = options.clock;
    this.worthFrom = worthFrom;
  }

  /** See KeptPrints. */
  find(parts: readonly string[]): Uint8Array | undefined {
    return this.store.read(this.key('print', ...parts));
  }

  keep(parts: readonly string[], pdf: Uint8Array): void {
    this.store.write(this.key('print', ...parts), pdf);
  }

  /** Keeps it within its bounds; to be called when a run is over. */
  prune(): void {
    this.store.prune();
  }

  key(...parts: readonly unknown[]): string {
    this.code ??= codeDigest();
    return keyOf([this.code, ...parts]);
  }
}

/** Measured: beyond it, looking for what is kept pays though nothing may be found. */
const WORTH_FROM = 1024 ** 2;
