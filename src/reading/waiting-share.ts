import { type EventLoopUtilization, performance } from 'node:perf_hooks';

/** What is read in so many milliseconds is not worth the start of another thread. */
const SOON = 700;
/** Of its time, what the thread that coordinates is busy at most where the others keep it waiting. */
const BUSY = 0.5;

/** Whether this thread waits for those that read: they are fewer than the machine could have. */
export class WaitingShare {
  private readonly begin = performance.now();
  private atFirst: { readonly time: number; readonly utilization: EventLoopUtilization } | undefined;

  /** @param share of the work that is done by now, above 0 */
  isWorthAnother(share: number): boolean {
    const time = performance.now();
    const left = (time - this.begin) * (1 / share - 1);
    // Before the first is done, threads start, and are waited for at any rate.
    this.atFirst ??= { time, utilization: performance.eventLoopUtilization() };
    if (time - this.atFirst.time < SOON || left < SOON) return false;
    return performance.eventLoopUtilization(this.atFirst.utilization).utilization < BUSY;
  }
}
