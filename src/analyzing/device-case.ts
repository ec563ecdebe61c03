import { digestOf } from '../cache/value-digest.js';
import type { Assignment } from '../correlate/witnesses.js';
import { compareNames } from '../model/origin.js';
import type { DevicesRead } from '../reading/read-captures.js';
import { analyzeDevice, type DeviceAnalysis, type DeviceOptions } from './analyze-device.js';
import type { DeviceTask } from './device-threads.js';

/** One device of a run, with what its analysis is made of. */
export class DeviceCase {
  /** The devices whose programs tell the cause of an error that a log of theirs shows. */
  private readonly witnesses: readonly string[];

  constructor(
    private readonly device: string,
    private readonly logs: readonly Assignment[],
    readonly read: DevicesRead,
    private readonly options: DeviceOptions,
  ) {
    const told = logs.flatMap(({ testimony: { log, witness } }) => (log.errors.size > 0 ? (witness ?? []) : []));
    this.witnesses = [...new Set(told)].sort(compareNames);
  }

  /** In this thread, from all that was read of it. */
  async analyze(): Promise<DeviceAnalysis> {
    const { devices } = this.read;
    const ledger = devices.of(this.device);
    const witnesses = this.witnesses.map((witness) => devices.of(witness));
    return analyzeDevice({ ledger, logs: this.logs, witnesses }, this.options);
  }

  /** What another thread needs for that. */
  task(): DeviceTask {
    const { devices } = this.read;
    const { command, memoryLimit } = this.options;
    return {
      ledgers: devices.packedOf(this.device),
      logs: this.logs,
      witnesses: this.witnesses.map((witness) => devices.packedOf(witness)),
      options: { ...(command && { command }), ...(memoryLimit !== undefined && { memoryLimit }) },
    };
  }

  /** Stands for all that an analysis of the device is made of; undefined where nothing does. */
  key(): string | undefined {
    const { cache, devices } = this.read;
    const { command, memoryLimit } = this.options;
    const parts = [this.device, ...this.witnesses].map((device) => devices.keysOf(device));
    if (!cache || parts.includes(undefined)) return undefined;
    const filter = command && [command.source, command.flags];
    return cache.key('device', this.device, this.witnesses, parts, digestOf(this.logs), filter, memoryLimit);
  }
}
