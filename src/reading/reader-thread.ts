import { existsSync } from 'node:fs';
import type { InputFile } from '../ingest/captures-folder.js';
import { visible } from '../model/problem.js';
import { CODE_FOLDER } from '../own-files.js';
import { WorkerPool } from '../worker-pool.js';
import type { GroupReader, GroupReading } from './group-reader.js';
import { type CaptureGroup, sizeOf } from './read-groups.js';
import { addQuarantined, addRead, nothingRead, packed, unpacked } from './read-result.js';

/** What a thread reads. */
export interface Batch {
  readonly inputs: readonly InputFile[];
  readonly keepsStacks: boolean;
  /** Where it notes the index of the file that it is at: memory that both threads see. */
  readonly progress: Int32Array;
}

/** What a file may take before it is given up. */
export interface ReadingBudget {
  /** Milliseconds. */
  readonly time: number;
  readonly timePerMebibyte: number;
  /** MiB of JavaScript objects, for all that a thread has read at a time; bounds of other memory are in LIMITS. */
  readonly heap: number;
}

/**
 * A hundred times what the slowest text takes, also where it is packed as densely as LIMITS allow; and ten times the
 * memory. What needs more hangs, or grows without end.
 */
const BUDGET: ReadingBudget = { time: 60_000, timePerMebibyte: 2_000, heap: 1024 };

export interface ReaderThreadOptions {
  readonly budget: ReadingBudget;
  /** What the thread runs. */
  readonly worker: URL;
}

const WORKER = new URL('reading/read-worker.js', CODE_FOLDER);

const NOT_BEGUN = -1;
/** An attempt may fail since something else stalled or filled the machine. */
const ATTEMPTS = 2;

/**
 * A thread that reads files, and can be ended when it hangs or needs too much memory: the file is then named in a
 * problem, and all others are read as if it were not there. It starts with the first group.
 */
export class ReaderThread implements GroupReader {
  private readonly worker: URL;
  private readonly budget: ReadingBudget;
  private pool: Promise<WorkerPool<Batch, Uint8Array>> | undefined;

  constructor(
    private readonly keepsStacks: boolean,
    { worker = WORKER, budget = BUDGET }: Partial<ReaderThreadOptions> = {},
  ) {
    this.worker = worker;
    this.budget = budget;
  }

  /** Run from its sources, memreport has no worker that Node could load. */
  static canStart({ worker = WORKER }: Partial<ReaderThreadOptions> = {}): boolean {
    return existsSync(worker);
  }

  /** Rejects where the thread cannot be started. */
  async read(group: CaptureGroup): Promise<GroupReading> {
    const bytes = await this.bytesOf(group);
    return { result: unpacked(bytes), bytes };
  }

  async close(): Promise<void> {
    const pool = await this.pool?.catch(() => undefined);
    await pool?.close();
  }

  /** What files said, as `packed` makes it. */
  private async bytesOf(inputs: readonly InputFile[], attempt = 1): Promise<Uint8Array> {
    const progress = new Int32Array(new SharedArrayBuffer(4)).fill(NOT_BEGUN);
    try {
      return await this.watched({ inputs, keepsStacks: this.keepsStacks, progress });
    } catch (error) {
      const at = progress[0] ?? NOT_BEGUN;
      const file = inputs[at];
      // Of a thread that did not come to any file, none is to blame.
      if (!file) {
        if (attempt < ATTEMPTS) return this.bytesOf(inputs, attempt + 1);
        throw error;
      }
      if (inputs.length === 1) {
        return attempt < ATTEMPTS ? this.bytesOf(inputs, attempt + 1) : this.quarantined(file, error);
      }
      // The file may be innocent where all before it filled the memory: then each piece is read whole.
      const pieces: Uint8Array[] = [];
      if (at > 0) pieces.push(await this.bytesOf(inputs.slice(0, at)));
      pieces.push(await this.bytesOf([file], ATTEMPTS));
      if (at + 1 < inputs.length) pieces.push(await this.bytesOf(inputs.slice(at + 1)));
      return joined(pieces);
    }
  }

  private async watched(batch: Batch): Promise<Uint8Array> {
    const abort = new AbortController();
    let at = NOT_BEGUN;
    let since = performance.now();
    const watch = setInterval(() => {
      const now = performance.now();
      const index = Atomics.load(batch.progress, 0);
      if (index !== at) since = now;
      at = index;
      const file = batch.inputs[index];
      if (file && now - since > this.timeFor(file)) abort.abort(new TookTooLong());
    }, this.watchInterval());
    try {
      this.pool ??= WorkerPool.start({ worker: this.worker, threads: 1, heap: this.budget.heap });
      return await (await this.pool).run(batch, abort.signal);
    } catch (error) {
      throw abort.signal.aborted ? abort.signal.reason : error;
    } finally {
      clearInterval(watch);
    }
  }

  private timeFor(file: InputFile): number {
    return this.budget.time + (sizeOf(file) / 1024 ** 2) * this.budget.timePerMebibyte;
  }

  private watchInterval(): number {
    return Math.min(1000, this.budget.time / 4);
  }

  private quarantined(file: InputFile, error: unknown): Uint8Array {
    const result = nothingRead();
    addQuarantined(result, file, sizeOf(file), this.reasonOf(file, error));
    return packed(result);
  }

  private reasonOf(file: InputFile, error: unknown): string {
    const report = 'a bug of memreport, please report it';
    if (error instanceof TookTooLong) {
      const seconds = Math.round(this.timeFor(file) / 1000);
      return `expected a file that is read within ${seconds} s, found one that takes longer: left out; ${report}`;
    }
    if (isOutOfMemory(error)) {
      return `expected a file that is read in ${this.budget.heap} MiB, found one that needs more: left out; ${report}`;
    }
    const reason = visible(error instanceof Error ? error.message : String(error));
    return `expected a file that can be read, found that it ends its thread (${reason}): left out; ${report}`;
  }
}

class TookTooLong extends Error {}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = nothingRead();
  for (const bytes of pieces) addRead(whole, unpacked(bytes));
  return packed(whole);
}
