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
  /** To be called when a thread ends that has no task: it could not be started. */
  private readonly failing = new Set<(error: unknown) => void>();
  private failure: { readonly error: unknown } | undefined;

  private constructor(private readonly pool: Piscina<Task, Result>) {
    // What ends a thread at its task is told to the one who waits for it; another thread would end like this one.
    pool.on('error', (error) => {
      this.failure ??= { error };
      for (const fail of this.failing) fail(error);
    });
  }

  static async start<Task, Result>({ worker, threads, heap }: WorkerPoolOptions): Promise<WorkerPool<Task, Result>> {
    const { Piscina: Pool } = await import('piscina');
    const pool = new Pool<Task, Result>({
      filename: worker.href,
      minThreads: threads,
      maxThreads: threads,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG, ...(heap !== undefined && { maxOldGenerationSizeMb: heap }) },
    });
    return new WorkerPool(pool);
  }

  /** @param signal ends the thread that is at the task */
  async run(task: Task, signal?: AbortSignal): Promise<Result> {
    if (this.failure) throw this.failure.error;
    // Not a race with one promise for all runs: that would hold what each of them gave.
    return new Promise<Result>((resolve, reject) => {
      this.failing.add(reject);
      const settled = (): void => {
        this.failing.delete(reject);
      };
      this.pool
        .run(task, signal && { signal })
        .then(resolve, reject)
        .finally(settled);
    });
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }
}
