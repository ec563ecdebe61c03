import { RULE_FAILED } from './analyzing/analyze-device.js';
import { analyzeDevices, type DevicesOptions } from './analyzing/analyze-devices.js';
import { EarlyAnalyses } from './analyzing/early-analyses.js';
import { type InputFile, listCaptures } from './ingest/captures-folder.js';
import { withOtherDevices } from './judge/causes/elsewhere.js';
import { withRollUps } from './judge/roll-ups.js';
import { agreementsByTool } from './model/agreement.js';
import { type Analysis, SCHEMA_VERSION, type TypedOption } from './model/analysis.js';
import { jointPeriod } from './model/period.js';
import { type Problem, sortProblems } from './model/problem.js';
import { KeptGroups, type Seal } from './reading/kept-groups.js';
import { type ReadOptions, readCaptures } from './reading/read-captures.js';
import { withHashes } from './reading/read-hashes.js';
import { withQuotes } from './reading/read-quotes.js';
import type { RunCache } from './run-cache.js';
import { VERSION } from './version.js';

export interface AnalyzeOptions extends ReadOptions, DevicesOptions {
  /** Captures folders or files. */
  readonly captures: readonly string[];
  /** Where some of them are read from instead. */
  readonly places?: ReadonlyMap<string, string>;
  /** What earlier runs have read and judged; without it all is done anew. */
  readonly cache?: RunCache;
  /** A folder of sources, to show the lines of code that leaks and errors point to. */
  readonly source?: string;
  /** Told when all captures are read, before they are judged. */
  readonly onRead?: () => void;
  /** The options that bear on the result, as they were typed: told in the report, nothing more. */
  readonly typed?: readonly TypedOption[];
}

/** The files of captures folders, before they are read. */
export interface ListedCaptures {
  readonly inputs: readonly InputFile[];
  /** What could not be listed. */
  readonly problems: readonly Problem[];
  /** What the cache may know of them; undefined where there is none that is worth using. */
  readonly kept: KeptGroups | undefined;
}

/** Lists them, and no more. */
export async function listedCaptures({ captures, places, cache, symbols }: AnalyzeOptions): Promise<ListedCaptures> {
  const problems: Problem[] = [];
  const inputs = listCaptures(captures, (problem) => problems.push(problem), places);
  return { inputs, problems, kept: await KeptGroups.open(inputs, cache, symbols !== undefined) };
}

export type { Seal };

/** Stands for what an analysis of captures was made from; undefined where nothing does, or a bug of ours bears on it. */
export function sealOf({ kept }: ListedCaptures, { problems }: Analysis): Seal | undefined {
  return problems.some(({ code }) => code === RULE_FAILED) ? undefined : kept?.seal();
}

/** The whole story: read the captures, put them together by program, judge each, and say so in plain JSON. */
export async function analyze(options: AnalyzeOptions, listed?: ListedCaptures): Promise<Analysis> {
  const { inputs, kept, problems: unlisted } = listed ?? (await listedCaptures(options));
  const early = new EarlyAnalyses(options);
  const onDevices: ReadOptions['onDevices'] = (soFar, devices) => {
    early.see(soFar, devices);
  };
  const read = await readCaptures(inputs, { ...options, onDevices }, kept);
  options.onRead?.();
  await early.end();
  const devices = await analyzeDevices(read, options, early);
  const problems = [...unlisted, ...read.problems, ...devices.flatMap((device) => device.problems)];
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
