import { COMM_LENGTH } from '../model/capture.js';
import { groupBy } from '../model/group-by.js';
import { compareNames } from '../model/origin.js';
import type { Program } from '../model/program.js';

/** A program of which samples were taken. */
export interface SampledProgram extends Program {
  readonly pids: ReadonlySet<number>;
  /** Whether a process of it was sampled more than once. */
  readonly hasSeries: boolean;
}

/** What logs have to know of programs, by device and command. */
export function briefly(programs: readonly SampledProgram[]): SampledProgram[] {
  return programs
    .map(({ device, command, pids, hasSeries }) => ({ device, command, pids, hasSeries }))
    .sort((a, b) => compareNames(a.device, b.device) || compareNames(a.command, b.command));
}

/** The sampled programs as logs look for them: thousands of logs may ask for one of thousands of devices. */
export class SampledIndex {
  private readonly byDevice: ReadonlyMap<string, readonly SampledProgram[]>;
  private readonly byBeginning: ReadonlyMap<string, readonly SampledProgram[]>;
  private readonly commands: ReadonlySet<string>;

  constructor(programs: readonly SampledProgram[]) {
    this.byDevice = groupBy(programs, ({ device }) => device);
    this.byBeginning = groupBy(programs, ({ command }) => command.slice(0, COMM_LENGTH));
    this.commands = new Set(programs.map(({ command }) => command));
  }

  hasCommand(command: string): boolean {
    return this.commands.has(command);
  }

  /** Of several programs with the pid, the first by name. */
  ofPid(device: string, pid: number): SampledProgram | undefined {
    return this.ofDevice(device)
      .filter(({ pids }) => pids.has(pid))
      .toSorted((a, b) => compareNames(a.command, b.command))[0];
  }

  /** Those of this name, where one of the two may be cut to the kernel's 15 characters. */
  alike(command: string): readonly SampledProgram[] {
    const candidates = this.byBeginning.get(command.slice(0, COMM_LENGTH)) ?? [];
    return candidates.filter((program) => sameCommand(program.command, command));
  }

  /** The one program of a device that was followed over time. */
  onlySeries(device: string): SampledProgram | undefined {
    const followed = this.ofDevice(device).filter(({ hasSeries }) => hasSeries);
    return followed.length === 1 ? followed[0] : undefined;
  }

  private ofDevice(device: string): readonly SampledProgram[] {
    return this.byDevice.get(device) ?? [];
  }
}

function sameCommand(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return short === long || (short.length === COMM_LENGTH && long.startsWith(short));
}
