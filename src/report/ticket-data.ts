import type { Analysis, VmaReport } from '../model/analysis.js';
import { visible } from '../model/problem.js';
import type { Program } from '../model/program.js';
import { filesOfProgram, isPartOf } from '../model/program-files.js';
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
  const isOwn = (one: Program): boolean => one.device === program.device && one.command === program.command;
  const named = filesOfProgram(analysis, program);
  const isNamed = (path: string): boolean => named.includes(path);
  const { hashes, ...rest } = analysis;
  return {
    ...rest,
    agreements: [],
    files: analysis.files.filter(({ path }) => isNamed(path)),
    ...(hashes && { hashes: hashes.filter(({ path }) => named.some((file) => isPartOf(file, path))) }),
    programs: analysis.programs
      .filter(isOwn)
      .map((report) => ({ ...report, vmas: heaviest(report.vmas, VMAS_IN_TICKET_DATA) })),
    leaks: analysis.leaks.filter(isOwn),
    errors: analysis.errors.filter(isOwn),
    sharing: [],
    kernelFindings: [],
    devices: [],
    verdicts: analysis.verdicts.filter(isOwn),
    problems: analysis.problems.filter(({ file }) => isNamed(file)),
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
