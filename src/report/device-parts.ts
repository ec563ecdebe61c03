import type { Analysis, ProgramReport } from '../model/analysis.js';
import { compareNames } from '../model/origin.js';
import { ticketName } from './ticket-name.js';

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

/** The analysis as its one file for the run holds it: of many programs, without their VMAs. */
export function withoutManyVmas(analysis: Analysis): Analysis {
  return isDivided(analysis) ? { ...analysis, programs: analysis.programs.map(withoutVmas) } : analysis;
}

function withoutVmas(program: ProgramReport): ProgramReport {
  const bare: ProgramReport = { ...program, vmas: [] };
  delete bare.addressSpace;
  delete bare.categorySeries;
  return bare;
}

/** The parts of the devices, where the file of the run leaves something out; else none. */
export function* deviceParts(analysis: Analysis): Generator<DevicePart> {
  if (!isDivided(analysis)) return;
  const devices = [...new Set(analysis.programs.map(({ device }) => device))].sort(compareNames);
  const others = devices.map((device) => ({ device, command: '' }));
  for (const device of devices) {
    const own = <T extends { device: string }>(items: readonly T[]): T[] =>
      items.filter((item) => item.device === device);
    yield {
      device,
      name: ticketName({ device, command: '' }, others),
      part: {
        ...analysis,
        files: [],
        programs: own(analysis.programs),
        leaks: own(analysis.leaks),
        errors: own(analysis.errors),
        sharing: own(analysis.sharing),
        kernelFindings: own(analysis.kernelFindings),
        devices: own(analysis.devices),
        verdicts: own(analysis.verdicts),
        problems: [],
      },
    };
  }
}

/** The analysis with what `withoutManyVmas` left out, from the parts of its devices: equal to the one before. */
export function withDeviceParts(analysis: Analysis, parts: readonly Analysis[]): Analysis {
  const keyOf = ({ device, command }: ProgramReport): string => JSON.stringify([device, command]);
  const whole = new Map(parts.flatMap(({ programs }) => programs).map((program) => [keyOf(program), program]));
  return { ...analysis, programs: analysis.programs.map((program) => whole.get(keyOf(program)) ?? program) };
}
