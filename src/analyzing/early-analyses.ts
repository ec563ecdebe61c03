import type { DevicesRead } from '../reading/read-captures.js';
import type { DevicesOptions } from './analyze-devices.js';
import { DeviceCase } from './device-case.js';
import { analysisOf, type KeptAnalysis, keptAnalysis } from './kept-analysis.js';

/** Captures that are not in the order of their devices (a folder for each day) are not worth another try. */
const MOST_PREMATURE = 3;

interface EarlyAnalysis {
  readonly analysis: KeptAnalysis;
  /** Of how many parts its device's captures consisted. */
  readonly parts: number;
}

/**
 * Analyses that are made while threads read on: mostly the captures of a device stand together, and are complete when
 * those of the next one come. What proves premature is not used.
 */
export class EarlyAnalyses {
  private readonly made = new Map<string, EarlyAnalysis>();
  private readonly waiting: string[] = [];
  /** The devices of the files that were read last. */
  private last: readonly string[] = [];
  private premature = 0;
  private isOver = false;
  private working: Promise<void> | undefined;

  constructor(private readonly options: DevicesOptions) {}

  /** Files have been read that tell of these devices. */
  see(read: DevicesRead, devices: readonly string[]): void {
    this.premature += devices.filter((device) => this.made.has(device)).length;
    const { device: wanted } = this.options;
    this.waiting.push(...this.last.filter((device) => !devices.includes(device) && (wanted?.test(device) ?? true)));
    this.last = devices;
    if (this.working || this.premature > MOST_PREMATURE) return;
    this.working = this.work(read).finally(() => {
      this.working = undefined;
    });
    // Told when it ends.
    this.working.catch(() => undefined);
  }

  /** To be called when all is read. */
  async end(): Promise<void> {
    this.isOver = true;
    await this.working;
  }

  /** The analysis of a device of which no log tells, whose captures consist of so many parts by now. */
  of(device: string, parts: number): KeptAnalysis | undefined {
    const early = this.made.get(device);
    return early?.parts === parts ? early.analysis : undefined;
  }

  private async work(read: DevicesRead): Promise<void> {
    while (!this.isOver && this.premature <= MOST_PREMATURE) {
      const device = this.waiting.shift();
      if (device === undefined) return;
      if (this.made.has(device)) continue;
      const parts = read.devices.partsOf(device);
      const analysis = await analysisOf(new DeviceCase(device, [], read, this.options), async (one) => one.analyze());
      this.made.set(device, { analysis: keptAnalysis(analysis), parts });
    }
  }
}
