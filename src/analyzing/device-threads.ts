import type { Assignment } from '../correlate/witnesses.js';
import type { PackedLedger } from '../reading/device-ledgers.js';
import { WorkerPool } from '../worker-pool.js';
import type { DeviceOptions } from './analyze-device.js';
import type { KeptAnalysis } from './kept-analysis.js';

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
    private readonly pool: WorkerPool<DeviceTask, KeptAnalysis>,
    /** So many devices at a time keep all of them busy. */
    readonly places: number,
  ) {}

  /** @param worker what the threads run */
  static async start(threads: number, worker: URL): Promise<DeviceThreads> {
    return new DeviceThreads(await WorkerPool.start({ worker, threads }), threads * WAITING);
  }

  async analyze(task: DeviceTask): Promise<KeptAnalysis> {
    return this.pool.run(task);
  }

  async close(): Promise<void> {
    await this.pool.close();
  }
}
