import type { Analysis, HashedFile } from './analysis.js';
import type { FileRecord } from './capture.js';
import { groupedOnce } from './grouped-once.js';
import { compareNames, type Origin } from './origin.js';
import { ownItems } from './own-items.js';
import type { Problem } from './problem.js';
import type { Program } from './program.js';
import { statementsOf } from './statements-of.js';

/** The capture files that the statements on one program rest on, each once, in the order of their names. */
export function filesOfProgram(analysis: Analysis, program: Program): string[] {
  const origins: Origin[] = [];
  for (const verdict of ownItems(analysis.verdicts, program)) {
    for (const statement of statementsOf(verdict)) origins.push(...statement.origins);
  }
  for (const report of ownItems(analysis.programs, program)) {
    if (report.vmaOrigin) origins.push(report.vmaOrigin);
    for (const { origin } of report.summaries) origins.push(origin);
  }
  for (const one of ownItems(analysis.leaks, program)) origins.push(...one.origins);
  for (const one of ownItems(analysis.errors, program)) origins.push(...one.origins);
  return [...new Set(origins.map(({ file }) => file))].sort(compareNames);
}

/** `a.tar/b/c`: what may lie on disk is `a.tar`, `a.tar/b` or `a.tar/b/c`. */
export function pathsTo(file: string): string[] {
  const parts = file.split('/');
  return parts.map((_part, index) => parts.slice(0, index + 1).join('/'));
}

/** Of the files on disk those that are named, or are the archive of one that is, in the order of their names. */
export function hashesOf({ hashes = [] }: Pick<Analysis, 'hashes'>, named: readonly string[]): HashedFile[] {
  const onDisk = hashesByPath(hashes);
  const paths = new Set(named.flatMap(pathsTo));
  return [...paths].sort(compareNames).flatMap((path) => onDisk.get(path) ?? []);
}

/** What could not be read of the files that are named. */
export function problemsWith({ problems }: Pick<Analysis, 'problems'>, named: readonly string[]): Problem[] {
  const byFile = problemsByFile(problems);
  return named.flatMap((file) => byFile.get(file) ?? []);
}

/** The records of the files that are named. */
export function recordsOfFiles({ files }: Pick<Analysis, 'files'>, named: readonly string[]): FileRecord[] {
  const byPath = recordsByPath(files);
  return named.flatMap((file) => byPath.get(file) ?? []);
}

const hashesByPath = groupedOnce(({ path }: HashedFile) => path);
const problemsByFile = groupedOnce(({ file }: Problem) => file);
const recordsByPath = groupedOnce(({ path }: FileRecord) => path);
