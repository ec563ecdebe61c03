import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type AnalyzeOptions, analyze } from './analyze.js';
import { compare, type Side } from './compare/compare.js';
import { isComparable } from './compare/is-comparable.js';
import type { PairingWish } from './compare/pairing.js';
import type { Analysis } from './model/analysis.js';
import type { Comparison } from './model/comparison.js';
import { isAnalysis } from './model/is-analysis.js';
import { type Problem, quote } from './model/problem.js';
import { withDeviceFiles } from './read-report.js';

export interface DiffOptions extends Omit<AnalyzeOptions, 'captures'> {
  /** Each a captures folder, a single capture, or a saved report.json (or the folder that holds it). */
  readonly before: string;
  readonly after: string;
  readonly pairing?: PairingWish;
}

/** A comparison, with the problems of the input of both sides. */
export interface Diff {
  readonly comparison: Comparison;
  readonly problems: readonly Problem[];
}

/** A side that holds nothing to compare. */
export class NothingToCompare extends Error {
  constructor(
    readonly path: string,
    message: string,
  ) {
    super(message);
  }
}

/**
 * What differs between two captures or reports.
 * @throws NothingToCompare where one of them tells of no program, or not of a device that is to be paired.
 */
export async function diff(options: DiffOptions): Promise<Diff> {
  const before = await readSide(options.before, options);
  const after = await readSide(options.after, options);
  for (const pair of options.pairing === 'all' ? [] : (options.pairing ?? [])) {
    requireDevice(before, pair.before, options.before);
    requireDevice(after, pair.after, options.after);
  }
  return {
    comparison: compare(before, after, options.pairing),
    problems: [...before.analysis.problems, ...after.analysis.problems],
  };
}

function requireDevice({ analysis: { programs } }: Side, device: string, path: string): void {
  if (!programs.some((program) => program.device === device))
    throw new NothingToCompare(path, `no device ${quote(device)}`);
}

async function readSide(path: string, options: DiffOptions): Promise<Side> {
  const saved = savedAnalysis(path);
  const { device, command } = options;
  const analysis = saved ? wanted(saved, options) : await analyze({ ...options, captures: [path] });
  if (analysis.programs.length === 0) {
    const filtered = device !== undefined || command !== undefined;
    throw new NothingToCompare(path, filtered ? 'no program that matches --device and --command' : 'no program');
  }
  return { analysis, source: saved ? 'report' : 'captures' };
}

/**
 * The analysis that a file holds, or a folder in its report.json; undefined: these are captures.
 * @throws NothingToCompare for a report that is broken, or of another version.
 */
function savedAnalysis(path: string): Analysis | undefined {
  const file = statSync(path).isDirectory() ? join(path, 'report.json') : path;
  if (!statSync(file, { throwIfNoEntry: false })?.isFile() || !looksLikeReport(file)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new NothingToCompare(file, `a report.json that cannot be read (${(error as Error).message})`);
  }
  if (!isAnalysis(value) || !isComparable(value)) {
    throw new NothingToCompare(file, 'a report.json of another version, or a damaged one');
  }
  const { analysis } = withDeviceFiles(value, file);
  return isComparable(analysis) ? analysis : value;
}

/** Our report.json begins with its schemaVersion and the version of memreport. */
function looksLikeReport(file: string): boolean {
  const start = Buffer.alloc(200);
  const descriptor = openSync(file, 'r');
  try {
    const length = readSync(descriptor, start, 0, start.length, 0);
    return /^\ufeff?\s*\{\s*"schemaVersion"\s*:\s*\d+\s*,\s*"memreport"\s*:/.test(start.toString('utf8', 0, length));
  } finally {
    closeSync(descriptor);
  }
}

/** The programs of a saved report that are asked for. */
function wanted(analysis: Analysis, { device, command }: DiffOptions): Analysis {
  const isWanted = (one: { readonly device: string; readonly command: string }): boolean =>
    (device?.test(one.device) ?? true) && (command?.test(one.command) ?? true);
  return { ...analysis, programs: analysis.programs.filter(isWanted) };
}
