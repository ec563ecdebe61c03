import type { Analysis } from './analysis.js';
import { compareNames, type Origin } from './origin.js';
import type { Program } from './program.js';

/** The capture files that the statements on one program rest on, each once, in the order of their names. */
export function filesOfProgram(analysis: Analysis, program: Program): string[] {
  const isOwn = (one: Program): boolean => one.device === program.device && one.command === program.command;
  const origins: Origin[] = [];
  for (const { grounds, objections, defects, cause } of analysis.verdicts.filter(isOwn)) {
    const compared = cause?.sites.flatMap(({ agreements, conflicts }) => [...agreements, ...conflicts]) ?? [];
    for (const one of [...grounds, ...objections, ...defects, ...compared]) origins.push(...one.origins);
  }
  for (const report of analysis.programs.filter(isOwn)) {
    if (report.vmaOrigin) origins.push(report.vmaOrigin);
    for (const { origin } of report.summaries) origins.push(origin);
  }
  for (const one of [...analysis.leaks, ...analysis.errors].filter(isOwn)) origins.push(...one.origins);
  return [...new Set(origins.map(({ file }) => file))].sort(compareNames);
}

/** Whether a file is the one that `path` names, or lies in the archive of that name. */
export function isPartOf(file: string, path: string): boolean {
  return file === path || file.startsWith(`${path}/`);
}
