import { runTasks, type Task } from './task.js';

/** A process of its own that judges batches of traces for run.ts. */
process.on('message', (tasks: readonly Task[]) => {
  runTasks(tasks).then(
    (outcomes) => process.send?.(outcomes),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(0));
