import { availableParallelism } from 'node:os';
import type { InputFile } from '../ingest/captures-folder.js';
import type { RunCache } from '../run-cache.js';
import type { SymbolOptions } from '../symbols/symbolize.js';
import type { GroupReader } from './group-reader.js';
import type { KeptGroups } from './kept-groups.js';
import { type CaptureGroup, groupsOf, sizeOf } from './read-groups.js';
import { readHere } from './read-here.js';
import { addRead, nothingRead, type ReadResult, sortFiles } from './read-result.js';
import { ReaderThread, type ReaderThreadOptions } from './reader-thread.js';
import { WaitingShare } from './waiting-share.js';

/** How far reading is. */
export interface ReadProgress {
  /** Files. */
  readonly done: number;
  readonly total: number;
  /** On disk, with what opening a file costs. */
  readonly bytes: number;
  readonly totalBytes: number;
  /** Errors and warnings so far. */
  readonly problems: number;
  /** Of the file that is read, or was read last. */
  readonly path: string;
}

export interface ReadOptions {
  /** Threads; by default one, and as many more as there are processors where it is they that one waits for. */
  readonly jobs?: number;
  /** Names for frames that have only an address. */
  readonly symbols?: SymbolOptions;
  /** Told before each file, or after each group of them. */
  readonly onProgress?: (progress: ReadProgress) => void;
  /** Told of the devices in each group of files that threads have read, while they read on. */
  readonly onDevices?: (read: DevicesRead, devices: readonly string[]) => void;
  /** What the threads run, and what a file may take. */
  readonly threads?: Partial<ReaderThreadOptions>;
}

/**
 * From so many bytes on, readers have threads of their own, which can be ended when a file makes them hang; below,
 * their start would take longer than all reading, and somebody is waiting.
 */
const PROTECTED_FROM = 32 * 1024 ** 2;

/** All that the files said. */
export interface CapturesRead extends ReadResult {
  /** Where it is worth using. */
  readonly cache: RunCache | undefined;
}

/** What they said of devices. */
export type DevicesRead = Pick<CapturesRead, 'devices' | 'cache'>;

/**
 * Reads what the cache does not know. The result depends neither on the cache nor on the number of threads.
 *
 * @param kept the same files in groups that the cache may know; without it, all is read
 */
export async function readCaptures(
  inputs: readonly InputFile[],
  options: ReadOptions,
  kept?: KeptGroups,
): Promise<CapturesRead> {
  const bytes = inputs.reduce((sum, input) => sum + sizeOf(input), 0);
  const isProtected = bytes >= PROTECTED_FROM || Math.min(options.jobs ?? 1, inputs.length) > 1;
  const hasThreads = isProtected && ReaderThread.canStart(options.threads);
  return new Reading(inputs, options, hasThreads, bytes, kept).result();
}

class Reading {
  private readonly whole = nothingRead();
  private readonly groups: readonly CaptureGroup[];
  private readonly keepsStacks: boolean;
  private readonly readers: GroupReader[] = [];
  private readonly waiting = new WaitingShare();
  private done = 0;
  /** Of the files that are done. */
  private bytes = 0;

  constructor(
    private readonly inputs: readonly InputFile[],
    private readonly options: ReadOptions,
    private readonly hasThreads: boolean,
    private readonly totalBytes: number,
    private readonly kept: KeptGroups | undefined,
  ) {
    this.groups = kept?.groups ?? (hasThreads ? groupsOf(inputs) : [inputs]);
    this.keepsStacks = options.symbols !== undefined;
  }

  /** See CapturesRead. */
  get cache(): RunCache | undefined {
    return this.kept?.cache;
  }

  async result(): Promise<CapturesRead> {
    await this.readAll();
    this.kept?.saveHashes();
    sortFiles(this.whole);
    const { symbols } = this.options;
    if (symbols) {
      const { foldNamed } = await import('./read-symbols.js');
      await foldNamed(this.whole, symbols);
    }
    return { ...this.whole, cache: this.cache };
  }

  private async readAll(): Promise<void> {
    const groups = this.groups.values();
    const first = this.hasThreads ? Math.min(this.options.jobs ?? 1, this.groups.length) : 1;
    try {
      await Promise.all(Array.from({ length: first }, async () => this.readOn(groups)));
    } finally {
      await Promise.all(this.readers.map(async (reader) => reader.close()));
    }
  }

  /** With one more reader to the end, and with others where they are of use. */
  private async readOn(groups: Iterator<CaptureGroup>): Promise<void> {
    const reader = this.hasThreads ? new ReaderThread(this.keepsStacks, this.options.threads) : this.readerHere();
    this.readers.push(reader);
    const others: Promise<void>[] = [];
    const takeTurns = async (): Promise<void> => {
      for (let next = groups.next(); !next.done; next = groups.next()) {
        await this.readGroup(next.value, reader);
        if (this.isWorthAnother()) others.push(told(this.readOn(groups)));
      }
    };
    // While a thread reads a group, the next one is looked for in the cache.
    await Promise.all(Array.from({ length: this.hasThreads ? 2 : 1 }, takeTurns));
    await Promise.all(others);
  }

  private async readGroup(group: CaptureGroup, reader: GroupReader): Promise<void> {
    const key = await this.kept?.keyOf(group);
    const known = key === undefined ? undefined : this.kept?.load(group, key);
    if (known) {
      this.take(group, known, key);
      return;
    }
    const { result, bytes } = await reader.read(group);
    const isKept = key !== undefined && this.kept?.keep(group, key, result, bytes);
    this.take(group, result, isKept ? key : undefined);
  }

  private isWorthAnother(): boolean {
    const mayBe = this.hasThreads && this.options.jobs === undefined && this.readers.length < availableParallelism();
    return mayBe && this.waiting.isWorthAnother(this.bytes / this.totalBytes);
  }

  private take(group: CaptureGroup, result: ReadResult, key: string | undefined): void {
    const devices = result.devices.devices();
    addRead(this.whole, result, key === undefined ? undefined : datedKey(key, result));
    if (this.hasThreads) this.options.onDevices?.({ devices: this.whole.devices, cache: this.cache }, devices);
    this.done += group.length;
    for (const input of group) this.bytes += sizeOf(input);
    this.tell(this.done, group.at(-1)?.path ?? '');
  }

  private tell(done: number, path: string): void {
    const { bytes, totalBytes, whole } = this;
    this.options.onProgress?.({
      done,
      total: this.inputs.length,
      bytes,
      totalBytes,
      problems: whole.problems.length,
      path,
    });
  }

  private readerHere(): GroupReader {
    const { keepsStacks } = this;
    const onFile = (index: number, { path }: InputFile): void => {
      this.tell(this.done + index, path);
    };
    return {
      read: async (group) => ({ result: await readHere(group, { keepsStacks, onFile }) }),
      close: async () => Promise.resolve(),
    };
  }
}

/** The same, which may be asked late how it ended. */
function told(promise: Promise<void>): Promise<void> {
  promise.catch(() => undefined);
  return promise;
}

/** The key of a group with the modification times that stand in for times of its captures. */
function datedKey(key: string, { dated }: ReadResult): string {
  return dated.length === 0 ? key : `${key} ${dated.map(({ modifiedAt }) => modifiedAt).join(' ')}`;
}
