import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { emptyLedger, fold, type Ledger, merge } from './correlate/ledger.js';
import type { InputFile } from './ingest/captures-folder.js';
import { captureFormats } from './ingest/formats/index.js';
import { Ingest } from './ingest/ingest.js';
import { type FileRecord, hasStacks, type StackCapture } from './model/capture.js';
import { compareNames } from './model/origin.js';
import type { Problem } from './model/problem.js';
import type { SymbolOptions } from './symbols/symbolize.js';

/** All that a set of files said, folded. Plain data: it can be sent between threads. */
export interface ReadResult {
  readonly ledger: Ledger;
  readonly files: FileRecord[];
  readonly problems: Problem[];
  /** Logs that are not folded yet, since their frames get names first. */
  readonly unnamed: StackCapture[];
}

export interface ReadOptions {
  /** Threads; by default one, or as many as there are processors from THREADS_FROM on. */
  readonly jobs?: number;
  /** Names for frames that have only an address. */
  readonly symbols?: SymbolOptions;
  /** Told before each file, or after each batch of them. */
  readonly onProgress?: (done: number, total: number, path: string) => void;
}

/** Below this many bytes the start of threads and their warming up cost more than they save. */
const THREADS_FROM = 2 * 1024 ** 3;
/** Batches for each thread: enough that none waits long for the last. */
const BATCHES_PER_THREAD = 4;

/** Reads files into one ledger, in threads where that pays. The result does not depend on how many. */
export async function readCaptures(inputs: readonly InputFile[], options: ReadOptions): Promise<ReadResult> {
  const jobs = Math.min(options.jobs ?? defaultJobs(inputs), inputs.length);
  const read = await (jobs > 1 ? readInThreads(inputs, jobs, options) : readHere(inputs, options));
  if (options.symbols) {
    const { foldNamed } = await import('./read-symbols.js');
    await foldNamed(read, options.symbols);
  }
  return read;
}

/** Reads files one after the other in this thread. */
export async function readHere(
  inputs: readonly InputFile[],
  { symbols, onProgress }: Pick<ReadOptions, 'symbols' | 'onProgress'>,
): Promise<ReadResult> {
  const result = nothingRead();
  const ingest = new Ingest(captureFormats, {
    capture: (capture) => {
      if (symbols && hasStacks(capture)) result.unnamed.push(capture);
      else fold(result.ledger, capture);
    },
    file: (record) => result.files.push(record),
    problem: (problem) => result.problems.push(problem),
  });
  for (const [done, input] of inputs.entries()) {
    onProgress?.(done, inputs.length, input.path);
    await ingest.read(input);
  }
  // The files of an archive come in its own order.
  result.files.sort((a, b) => compareNames(a.path, b.path));
  return result;
}

/** What a thread of the pool reads. */
export type Batch = { readonly inputs: readonly InputFile[] } & Pick<ReadOptions, 'symbols'>;

function nothingRead(): ReadResult {
  return { ledger: emptyLedger(), files: [], problems: [], unnamed: [] };
}

async function readInThreads(
  inputs: readonly InputFile[],
  jobs: number,
  { symbols, onProgress }: ReadOptions,
): Promise<ReadResult> {
  const { Piscina } = await import('piscina');
  const pool = new Piscina<Batch, ReadResult>({
    filename: new URL('./read-worker.js', import.meta.url).href,
    minThreads: jobs,
    maxThreads: jobs,
  });
  const whole = nothingRead();
  let done = 0;
  try {
    const batches = batchesOf(inputs, jobs * BATCHES_PER_THREAD);
    await Promise.all(
      batches.map(async (batch) => {
        const { ledger, files, problems, unnamed } = await pool.run({ inputs: batch, ...(symbols && { symbols }) });
        merge(whole.ledger, ledger);
        whole.files.push(...files);
        whole.problems.push(...problems);
        whole.unnamed.push(...unnamed);
        done += batch.length;
        onProgress?.(done, inputs.length, batch.at(-1)?.path ?? '');
      }),
    );
  } finally {
    await pool.destroy();
  }
  whole.files.sort((a, b) => compareNames(a.path, b.path));
  return whole;
}

function defaultJobs(inputs: readonly InputFile[]): number {
  let bytes = 0;
  for (const input of inputs) bytes += sizeOf(input);
  return bytes < THREADS_FROM ? 1 : availableParallelism();
}

/** Runs of neighbouring files of about the same size in bytes: neighbours share folders and programs. */
function batchesOf(inputs: readonly InputFile[], count: number): InputFile[][] {
  const sizes = inputs.map(sizeOf);
  const share = sizes.reduce((sum, size) => sum + size, 0) / count;
  const batches: InputFile[][] = [];
  let batch: InputFile[] = [];
  let filled = 0;
  for (const [i, input] of inputs.entries()) {
    batch.push(input);
    filled += sizes[i] as number;
    if (filled >= share) {
      batches.push(batch);
      batch = [];
      filled = 0;
    }
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

/** With a little for opening it: thousands of small files are work too. */
function sizeOf({ absolute }: InputFile): number {
  return (statSync(absolute, { throwIfNoEntry: false })?.size ?? 0) + 4096;
}
