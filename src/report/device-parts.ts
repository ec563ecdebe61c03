import type { Analysis } from '../model/analysis.js';
import { briefProgram } from '../model/brief-program.js';
import { groupBy } from '../model/group-by.js';
import { compareNames } from '../model/origin.js';
import { jointPeriod } from '../model/period.js';
import { programKey } from '../model/program-key.js';
import { ticketNames } from './ticket-name.js';

/** Above this many programs, the VMAs of each are in the files of its device. */
const PROGRAMS_IN_ONE_FILE = 50;

/** What an analysis says of one device. */
export interface DevicePart {
  readonly device: string;
  /** Of its folder: legal on any disk, and no other device's. */
  readonly name: string;
  readonly part: Analysis;
}

/** Whether the VMAs of the run are told device by device. */
export function isDivided({ programs }: Analysis): boolean {
  return programs.length > PROGRAMS_IN_ONE_FILE;
}

/** Whether there are several devices, each of which has a page of its own. */
export function isFleet(analysis: Analysis): boolean {
  const [first, ...others] = analysis.programs;
  return isDivided(analysis) && others.some(({ device }) => device !== first?.device);
}

/** The analysis as its one file for the run holds it: of many programs, without their VMAs. */
export function withoutManyVmas(analysis: Analysis): Analysis {
  return isDivided(analysis) ? { ...analysis, programs: analysis.programs.map(briefProgram) } : analysis;
}

/** The parts of the devices, where the file of the run leaves something out; else none. */
export function* deviceParts(analysis: Analysis): Generator<DevicePart> {
  if (!isDivided(analysis)) return;
  const { builds, ...rest } = analysis;
  delete rest.rollups;
  delete rest.hashes;
  delete rest.period;
  const own = {
    programs: byDevice(analysis.programs),
    leaks: byDevice(analysis.leaks),
    errors: byDevice(analysis.errors),
    sharing: byDevice(analysis.sharing),
    kernelFindings: byDevice(analysis.kernelFindings),
    devices: byDevice(analysis.devices),
    verdicts: byDevice(analysis.verdicts),
    builds: byDevice(builds ?? []),
  };
  for (const [device, name] of deviceNames(analysis)) {
    yield {
      device,
      name,
      part: {
        ...rest,
        ...jointPeriod(own.programs.get(device) ?? []),
        files: [],
        programs: own.programs.get(device) ?? [],
        leaks: own.leaks.get(device) ?? [],
        errors: own.errors.get(device) ?? [],
        sharing: own.sharing.get(device) ?? [],
        kernelFindings: own.kernelFindings.get(device) ?? [],
        devices: own.devices.get(device) ?? [],
        verdicts: own.verdicts.get(device) ?? [],
        ...(builds && { builds: own.builds.get(device) ?? [] }),
        problems: [],
      },
    };
  }
}

/** The devices that have files of their own, with the names of their folders. */
export function deviceNames(analysis: Analysis): ReadonlyMap<string, string> {
  if (!isDivided(analysis)) return new Map();
  const devices = [...new Set(analysis.programs.map(({ device }) => device))].sort(compareNames);
  const folders = devices.map((device) => ({ device, command: '' }));
  const nameOf = ticketNames(folders);
  return new Map(folders.map((folder) => [folder.device, nameOf(folder)]));
}

function byDevice<T extends { readonly device: string }>(items: readonly T[]): ReadonlyMap<string, T[]> {
  return groupBy(items, ({ device }) => device);
}

/** The analysis with what `withoutManyVmas` left out, from the parts of its devices: equal to the one before. */
export function withDeviceParts(analysis: Analysis, parts: readonly Analysis[]): Analysis {
  const whole = new Map(parts.flatMap(({ programs }) => programs).map((program) => [programKey(program), program]));
  return { ...analysis, programs: analysis.programs.map((program) => whole.get(programKey(program)) ?? program) };
}
