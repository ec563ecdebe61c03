import { deserialize, serialize } from 'node:v8';
import type { AnalyzeOptions } from './analyze.js';
import type { Analysis } from './model/analysis.js';
import type { Problem } from './model/problem.js';
import { areDatedSo } from './reading/kept-groups.js';
import type { CaptureReading } from './reading/read-captures.js';
import type { DatedFile } from './reading/read-result.js';

interface SavedRun {
  readonly analysis: Analysis;
  readonly dated: readonly DatedFile[];
}

/**
 * Stands for an analysis by all that it is made of.
 *
 * None with --symbols or --source: what their folders hold is not among what was hashed.
 * @param listed problems that were met before anything was read
 */
function analysisKey({ key }: CaptureReading, options: AnalyzeOptions, listed: readonly Problem[]): string | undefined {
  const { captures, device, command, memoryLimit, typed, source, symbols, cache } = options;
  if (key === undefined || source !== undefined || symbols !== undefined) return undefined;
  const filters = [device, command].map((filter) => (filter ? [filter.source, filter.flags] : []));
  return cache?.key('analysis', key, captures, filters, memoryLimit, typed, listed);
}

/** The analysis of the same captures with the same options by an earlier run. */
export function savedAnalysis(
  reading: CaptureReading,
  options: AnalyzeOptions,
  listed: readonly Problem[],
): Analysis | undefined {
  const key = analysisKey(reading, options, listed);
  const entry = key === undefined ? undefined : options.cache?.store.read(key);
  const saved = entry && (deserialize(entry) as SavedRun);
  return saved && areDatedSo(saved.dated) ? saved.analysis : undefined;
}

/** Keeps it for the next run, unless a file was written to meanwhile. */
export function saveAnalysis(
  reading: CaptureReading,
  options: AnalyzeOptions,
  listed: readonly Problem[],
  { analysis, dated }: SavedRun,
): void {
  const key = analysisKey(reading, options, listed);
  if (key !== undefined && reading.isUnchanged()) {
    const run: SavedRun = { analysis, dated };
    options.cache?.store.write(key, serialize(run));
  }
}
