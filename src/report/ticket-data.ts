import type { Analysis, VmaReport } from '../model/analysis.js';
import { ownItems } from '../model/own-items.js';
import { jointPeriod } from '../model/period.js';
import { visible } from '../model/problem.js';
import type { Program } from '../model/program.js';
import { filesOfProgram, hashesOf, problemsWith, recordsOfFiles } from '../model/program-files.js';
import type { Attachment } from './outputs/output.js';

/** The name under which a ticket carries its data. */
export const TICKET_DATA = 'report.json';

/** More would make a ticket too large to attach: 2,000 take 80 kB. */
export const VMAS_IN_TICKET_DATA = 2000;

/** The data of a ticket as a file inside it. */
export function ticketAttachment(analysis: Analysis, program: Program): Attachment {
  return {
    name: TICKET_DATA,
    mediaType: 'application/json',
    description: `What memreport found out about ${visible(program.command)}`,
    content: () => `${JSON.stringify(ticketData(analysis, program))}\n`,
  };
}

/** What the analysis says of one program, as an analysis of its own: `memreport render` reads it. */
export function ticketData(analysis: Analysis, program: Program): Analysis {
  const part = ticketPart(analysis, program);
  return {
    ...part,
    programs: part.programs.map((report) => ({ ...report, vmas: heaviest(report.vmas, VMAS_IN_TICKET_DATA) })),
    problems: problemsWith(analysis, filesOfProgram(analysis, program)),
  };
}

/**
 * All that a ticket is made from: what the analysis says of the program, and which problems the run had. So one that
 * says the same as yesterday has the same bytes, whatever other programs do.
 */
export function ticketPart(analysis: Analysis, program: Program): Analysis {
  const named = filesOfProgram(analysis, program);
  const { hashes, builds, ...rest } = analysis;
  delete rest.rollups;
  const programs = [...ownItems(analysis.programs, program)];
  return {
    ...rest,
    ...jointPeriod(programs),
    agreements: [],
    files: recordsOfFiles(analysis, named),
    ...(builds && { builds: builds.filter(({ device }) => device === program.device) }),
    ...(hashes && { hashes: hashesOf(analysis, named) }),
    programs,
    leaks: [...ownItems(analysis.leaks, program)],
    errors: [...ownItems(analysis.errors, program)],
    sharing: [],
    kernelFindings: [],
    devices: [],
    verdicts: [...ownItems(analysis.verdicts, program)],
  };
}

/** The VMAs that grow and hold most, in the order of their addresses. */
function heaviest(vmas: readonly VmaReport[], limit: number): VmaReport[] {
  if (vmas.length <= limit) return [...vmas];
  const kept = new Set(vmas.toSorted((a, b) => weightOf(b) - weightOf(a)).slice(0, limit));
  return vmas.filter((vma) => kept.has(vma));
}

function weightOf({ growth = 0, uss, rss = 0, swap = 0 }: VmaReport): number {
  return 4 * Math.max(0, growth) + (uss ?? rss) + swap;
}
