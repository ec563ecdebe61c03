import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { InputFile } from '../ingest/captures-folder.js';
import { CODE_FOLDER } from '../own-files.js';
import type { RunCache } from '../run-cache.js';
import type { SymbolOptions } from '../symbols/symbolize.js';
import type { KeptGroups } from './kept-groups.js';
import { type CaptureGroup, groupsOf, sizeOf } from './read-groups.js';
import { readHere } from './read-here.js';
import { addRead, nothingRead, type ReadResult, sortFiles, unpacked } from './read-result.js';
import type { ReaderThreads, ReaderThreadsOptions } from './read-threads.js';

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
  /** Threads; by default one, or as many as there are processors from THREADS_FROM on. */
  readonly jobs?: number;
  /** Names for frames that have only an address. */
  readonly symbols?: SymbolOptions;
  /** Told before each file, or after each group of them. */
  readonly onProgress?: (progress: ReadProgress) => void;
  /** Told of the devices in each group of files that threads have read, while they read on. */
  readonly onDevices?: (read: DevicesRead, devices: readonly string[]) => void;
  /** What the threads run, and what a file may take. */
  readonly threads?: Partial<Pick<ReaderThreadsOptions, 'worker' | 'budget'>>;
}

/**
 * From so many bytes on, readers have threads of their own, which can be ended when a file makes them hang; below,
 * their start would take longer than all reading, and somebody is waiting.
 */
const PROTECTED_FROM = 32 * 1024 ** 2;
const WORKER = new URL('reading/read-worker.js', CODE_FOLDER);

/** Below this many bytes the warming up of another thread costs more than it saves. */
const THREADS_FROM = 2 * 1024 ** 3;

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
  const jobs = Math.min(options.jobs ?? (bytes < THREADS_FROM ? 1 : availableParallelism()), inputs.length);
  const { worker = WORKER } = options.threads ?? {};
  // Run from its sources, memreport has no worker that Node could load.
  const areOfUse = (jobs > 1 || bytes >= PROTECTED_FROM) && existsSync(worker);
  const threads = areOfUse ? Math.max(1, jobs) : 0;
  return new Reading(inputs, options, threads, bytes, kept).result();
}

/** What is read of a group, and the same as bytes where it comes from a thread. */
interface GroupReading {
  readonly result: ReadResult;
  readonly bytes?: Uint8Array;
}

class Reading {
  private readonly whole = nothingRead();
  private readonly groups: readonly CaptureGroup[];
  private readonly keepsStacks: boolean;
  private pool: Promise<ReaderThreads> | undefined;
  private done = 0;
  /** Of the files that are done. */
  private bytes = 0;

  constructor(
    private readonly inputs: readonly InputFile[],
    private readonly options: ReadOptions,
    private readonly threads: number,
    private readonly totalBytes: number,
    private readonly kept: KeptGroups | undefined,
  ) {
    this.groups = kept?.groups ?? (threads > 0 ? groupsOf(inputs) : [inputs]);
    this.keepsStacks = options.symbols !== undefined;
  }

  /** See CapturesRead. */
  get cache(): RunCache | undefined {
    return this.kept?.cache;
  }

  async result(): Promise<CapturesRead> {
    await this.inTurn(this.groups.values(), async (group) => {
      const key = await this.kept?.keyOf(group);
      const known = key === undefined ? undefined : this.kept?.load(group, key);
      if (known) this.take(group, known, key);
      else await this.readAnew(group, key);
    });
    this.kept?.saveHashes();
    sortFiles(this.whole);
    const { symbols } = this.options;
    if (symbols) {
      const { foldNamed } = await import('./read-symbols.js');
      await foldNamed(this.whole, symbols);
    }
    return { ...this.whole, cache: this.cache };
  }

  private async readAnew(group: CaptureGroup, key: string | undefined): Promise<void> {
    const { result, bytes } = await this.read(group);
    const isKept = key !== undefined && this.kept?.keep(group, key, result, bytes);
    this.take(group, result, isKept ? key : undefined);
  }

  private take(group: CaptureGroup, result: ReadResult, key: string | undefined): void {
    const devices = result.devices.devices();
    addRead(this.whole, result, key === undefined ? undefined : datedKey(key, result));
    if (this.threads > 0) this.options.onDevices?.({ devices: this.whole.devices, cache: this.cache }, devices);
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

  private async read(group: CaptureGroup): Promise<GroupReading> {
    const { keepsStacks } = this;
    if (this.threads === 0) {
      const onFile = (index: number, { path }: InputFile): void => {
        this.tell(this.done + index, path);
      };
      return { result: await readHere(group, { keepsStacks, onFile }) };
    }
    this.pool ??= this.startThreads();
    const bytes = await (await this.pool).read(group);
    return { result: unpacked(bytes), bytes };
  }

  private async startThreads(): Promise<ReaderThreads> {
    const { ReaderThreads: Threads } = await import('./read-threads.js');
    const { threads, keepsStacks } = this;
    return Threads.start({ threads, keepsStacks, worker: WORKER, ...this.options.threads });
  }

  /** As many at a time as there are threads, and one more that looks into the cache meanwhile. */
  private async inTurn(groups: Iterator<CaptureGroup>, work: (group: CaptureGroup) => Promise<void>): Promise<void> {
    const takeTurns = async (): Promise<void> => {
      for (let next = groups.next(); !next.done; next = groups.next()) await work(next.value);
    };
    const turns = Array.from({ length: this.threads + 1 }, takeTurns);
    try {
      await Promise.all(turns);
    } finally {
      const pool = await this.pool;
      this.pool = undefined;
      await pool?.close();
    }
  }
}

/** The key of a group with the modification times that stand in for times of its captures. */
function datedKey(key: string, { dated }: ReadResult): string {
  return dated.length === 0 ? key : `${key} ${dated.map(({ modifiedAt }) => modifiedAt).join(' ')}`;
}
