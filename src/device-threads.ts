import type { Piscina } from 'piscina';
import type { DeviceOptions } from './analyze-device.js';
import type { Assignment } from './correlate/witnesses.js';
import type { KeptAnalysis } from './kept-analysis.js';
import type { PackedLedger } from './reading/device-ledgers.js';

/** What a thread analyzes: plain data. */
export interface DeviceTask {
  /** Of the device, in parts. */
  readonly ledgers: readonly PackedLedger[];
  readonly logs: readonly Assignment[];
  /** Of the devices from whose logs errors are told. */
  readonly witnesses: readonly (readonly PackedLedger[])[];
  readonly options: DeviceOptions;
}

/** A thread finds its next device waiting, without asking the busy one that hands them out. */
const WAITING = 2;

/** Threads that analyze devices beside the one that coordinates them. */
export class DeviceThreads {
  private constructor(
    private readonly pool: Piscina<DeviceTask, KeptAnalysis>,
    /** So many devices at a time keep all of them busy. */
    readonly places: number,
  ) {}

  /** @param worker what the threads run */
  static async start(threads: number, worker: URL): Promise<DeviceThreads> {
    const { Piscina: Pool } = await import('piscina');
    const pool = new Pool<DeviceTask, KeptAnalysis>({
      filename: worker.href,
      minThreads: threads,
      maxThreads: threads,
    });
    return new DeviceThreads(pool, threads * WAITING);
  }

  async analyze(task: DeviceTask): Promise<KeptAnalysis> {
    return this.pool.run(task);
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }
}
