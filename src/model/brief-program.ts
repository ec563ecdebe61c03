import type { ProgramReport } from './analysis.js';

/** What the file of a run over many programs leaves out of each, and the files of the devices have. */
export type ProgramDetail = 'vmas' | 'addressSpace' | 'categorySeries';

/** A program without its details, as the file of a run over many has it. */
export function briefProgram(program: ProgramReport): ProgramReport {
  const noted = makers.get(program)?.();
  if (noted) return noted;
  const brief: ProgramReport = { ...program, vmas: [] };
  delete brief.addressSpace;
  delete brief.categorySeries;
  return brief;
}

/** Notes where a program in brief comes from, if all that is told of it is not at hand. */
export function noteBrief(program: ProgramReport, make: () => ProgramReport): void {
  makers.set(program, make);
}

const makers = new WeakMap<ProgramReport, () => ProgramReport>();
