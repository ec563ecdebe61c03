import type { ProgramReport } from './analysis.js';

/** What the file of a run over many programs leaves out of each, and the files of the devices have. */
export type ProgramDetail = 'vmas' | 'addressSpace' | 'categorySeries';

/** Where a program of which not all is at hand has itself in brief. */
export const BRIEF: unique symbol = Symbol('BRIEF');

/** A program without its details, as the file of a run over many has it. */
export function briefProgram(program: ProgramReport & { readonly [BRIEF]?: ProgramReport }): ProgramReport {
  const known = program[BRIEF];
  if (known) return known;
  const brief: ProgramReport = { ...program, vmas: [] };
  delete brief.addressSpace;
  delete brief.categorySeries;
  return brief;
}
