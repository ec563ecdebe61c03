import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Outcome } from './outcome.js';
import type { Task } from './task.js';

const WORKER = fileURLToPath(new URL('worker.ts', import.meta.url));
/** Snapshots of a batch: about 50 MB of text in the temporary folder. */
const BATCH_SNAPSHOTS = 4000;

/** Judges all tasks in as many processes as there are processors; outcomes come in the order of the tasks. */
export async function runInPool(tasks: readonly Task[], onProgress: (done: number) => void): Promise<Outcome[]> {
  const batches = batchesOf(tasks);
  const results: Outcome[][] = batches.map(() => []);
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    const child = fork(WORKER);
    try {
      for (let index = next++; index < batches.length; index = next++) {
        const outcomes = await ask(child, batches[index] ?? []);
        results[index] = outcomes;
        done += outcomes.length;
        onProgress(done);
      }
    } finally {
      if (child.connected) child.disconnect();
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), batches.length) }, work));
  return results.flat();
}

function ask(child: ChildProcess, tasks: readonly Task[]): Promise<Outcome[]> {
  return new Promise((resolve, reject) => {
    const failed = (): void => {
      reject(new Error('a worker ended'));
    };
    child.once('exit', failed);
    child.once('message', (outcomes: Outcome[]) => {
      child.off('exit', failed);
      resolve(outcomes);
    });
    child.send(tasks);
  });
}

function batchesOf(tasks: readonly Task[]): Task[][] {
  const batches: Task[][] = [];
  let room = 0;
  for (const task of tasks) {
    const size = task.samples ?? task.n;
    if (room < size) {
      batches.push([]);
      room = BATCH_SNAPSHOTS;
    }
    batches.at(-1)?.push(task);
    room -= size;
  }
  return batches;
}
