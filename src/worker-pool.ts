import type { Piscina } from 'piscina';

export interface WorkerPoolOptions {
  /** What each thread runs. */
  readonly worker: URL;
  readonly threads: number;
  /** MiB of JavaScript objects that one may use. */
  readonly heap?: number;
}

/** MiB of new objects before they are cleaned up: with twice as much a thread is not faster. */
const YOUNG = 24;

/** Threads that work on tasks, which are plain data as what they return is. */
export class WorkerPool<Task, Result> {
  private constructor(
    private readonly pool: Piscina<Task, Result>,
    /** Rejects when a thread ends that has no task: it could not be started. */
    private readonly failure: Promise<never>,
  ) {}

  static async start<Task, Result>({ worker, threads, heap }: WorkerPoolOptions): Promise<WorkerPool<Task, Result>> {
    const { Piscina: Pool } = await import('piscina');
    const pool = new Pool<Task, Result>({
      filename: worker.href,
      minThreads: threads,
      maxThreads: threads,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG, ...(heap !== undefined && { maxOldGenerationSizeMb: heap }) },
    });
    // What ends a thread at its task is told to the one who waits for it; another thread would end like this one.
    const failure = new Promise<never>((_resolve, reject) => pool.once('error', reject));
    failure.catch(() => undefined);
    pool.on('error', () => undefined);
    return new WorkerPool(pool, failure);
  }

  /** @param signal ends the thread that is at the task */
  async run(task: Task, signal?: AbortSignal): Promise<Result> {
    return Promise.race([this.pool.run(task, signal && { signal }), this.failure]);
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }
}
