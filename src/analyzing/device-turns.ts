import type { DeviceAnalysis } from './analyze-device.js';

/** How many devices are done. */
export interface DeviceProgress {
  readonly done: number;
  readonly total: number;
  /** The device that was done last. */
  readonly path: string;
}

/** The devices of a run, taken in turn by all who analyze them. */
export class DeviceTurns {
  /** In the order of the devices, whoever made them and when. */
  readonly analyses: DeviceAnalysis[] = [];
  private readonly turns: Iterator<[number, string], undefined>;
  private done = 0;

  constructor(
    private readonly devices: readonly string[],
    private readonly onDevice: ((progress: DeviceProgress) => void) | undefined,
  ) {
    this.turns = devices.entries();
  }

  /** Analyzes one device after the other, until none is left or `mayGoOn` says no. */
  async take(analyze: (device: string) => Promise<DeviceAnalysis>, mayGoOn = (): boolean => true): Promise<void> {
    while (mayGoOn()) {
      const turn = this.turns.next();
      if (turn.done) return;
      const [index, device] = turn.value;
      this.analyses[index] = await analyze(device);
      this.done++;
      this.onDevice?.({ done: this.done, total: this.devices.length, path: device });
    }
  }

  get areOver(): boolean {
    return this.done === this.devices.length;
  }
}
