import { analyzeDevices, type DevicesOptions } from './analyzing/analyze-devices.js';
import { EarlyAnalyses } from './analyzing/early-analyses.js';
import { listCaptures } from './ingest/captures-folder.js';
import { withOtherDevices } from './judge/causes/elsewhere.js';
import { withRollUps } from './judge/roll-ups.js';
import { agreementsByTool } from './model/agreement.js';
import { type Analysis, SCHEMA_VERSION, type TypedOption } from './model/analysis.js';
import { jointPeriod } from './model/period.js';
import { type Problem, sortProblems } from './model/problem.js';
import { type ReadOptions, readCaptures } from './reading/read-captures.js';
import { withHashes } from './reading/read-hashes.js';
import { withQuotes } from './reading/read-quotes.js';
import { VERSION } from './version.js';

export interface AnalyzeOptions extends ReadOptions, DevicesOptions {
  /** Captures folders or files. */
  readonly captures: readonly string[];
  /** A folder of sources, to show the lines of code that leaks and errors point to. */
  readonly source?: string;
  /** Told when all captures are read, before they are judged. */
  readonly onRead?: () => void;
  /** The options that bear on the result, as they were typed: told in the report, nothing more. */
  readonly typed?: readonly TypedOption[];
}

/** The whole story: read the captures, put them together by program, judge each, and say so in plain JSON. */
export async function analyze(options: AnalyzeOptions): Promise<Analysis> {
  const problems: Problem[] = [];
  const inputs = listCaptures(options.captures, (problem) => problems.push(problem));
  const early = new EarlyAnalyses(options);
  const read = await readCaptures(inputs, {
    ...options,
    onDevices: (soFar, devices) => {
      early.see(soFar, devices);
    },
  });
  options.onRead?.();
  await early.end();
  const devices = await analyzeDevices(read, options, early);
  problems.push(...read.problems, ...devices.flatMap((device) => device.problems));
  const agreements = agreementsByTool(devices.flatMap((device) => device.agreements));
  const programs = devices.flatMap((device) => device.programs);
  const builds = devices.flatMap((device) => device.builds);
  const analysis: Analysis = {
    schemaVersion: SCHEMA_VERSION,
    memreport: VERSION,
    captures: [...options.captures],
    ...jointPeriod(programs),
    ...(options.memoryLimit !== undefined && { memoryLimit: options.memoryLimit }),
    ...(options.typed !== undefined && options.typed.length > 0 && { options: [...options.typed] }),
    files: read.files,
    programs,
    leaks: devices.flatMap((device) => device.leaks),
    errors: devices.flatMap((device) => device.errors),
    sharing: devices.flatMap((device) => device.sharing),
    kernelFindings: devices.flatMap((device) => device.kernelFindings),
    devices: devices.flatMap((device) => device.devices),
    ...(builds.length > 0 && { builds }),
    ...(agreements.length > 0 && { agreements }),
    verdicts: withOtherDevices(devices.flatMap((device) => device.verdicts)),
    problems: sortProblems(problems),
  };
  const quoted = await withQuotes(withHashes(withRollUps(analysis), inputs), inputs);
  if (options.source === undefined) return quoted;
  const { withSources } = await import('./reading/read-sources.js');
  return withSources(quoted, options.source);
}
