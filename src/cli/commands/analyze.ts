import { type AnalyzeOptions, analyze, listedCaptures, sealOf } from '../../analyze.js';
import type { Analysis, TypedOption } from '../../model/analysis.js';
import { OUTPUT_FORMATS } from '../../render.js';
import { EXIT, Failure } from '../exit-codes.js';
import { KnownOutputs } from '../known-outputs.js';
import { conditionsOf, outcomeAgain } from '../known-run.js';
import { openCache } from '../open-cache.js';
import { folder, memorySize, namesOf, regularExpression, usage, wholeNumber } from '../options.js';
import { OutputFolder } from '../output-folder.js';
import { requireInput } from '../require-input.js';
import { outcomeOf, tellProblems, tellVerdicts } from '../run-outcome.js';
import { RunStages } from '../run-stages.js';
import { placesOf } from '../standard-input.js';
import type { Terminal } from '../terminal.js';
import { keepReport, type WriteOptions, writeReport } from '../write-report.js';

/** The command line as it was typed. */
export interface AnalyzeArguments {
  readonly captures: readonly string[];
  readonly out: string;
  readonly formats: readonly string[];
  readonly device: string | undefined;
  readonly command: string | undefined;
  readonly memoryLimit: string | undefined;
  readonly symbols: string | undefined;
  readonly toolchainPrefix: string | undefined;
  readonly source: string | undefined;
  readonly failOn: string | undefined;
  readonly strict: boolean;
  readonly jobs: string | undefined;
  readonly cache: boolean;
  readonly resume: boolean;
  readonly browser: string | undefined;
}

/** `memreport analyze CAPTURES…`: the main job. */
export async function analyzeCommand(terminal: Terminal, typed: AnalyzeArguments): Promise<number> {
  const formats = namesOf('format', typed.formats, OUTPUT_FORMATS);
  const failOn = typed.failOn === undefined ? undefined : namesOf('fail-on', [typed.failOn], ['leak', 'suspect']);
  if (failOn && failOn.length > 1) throw usage('--fail-on: expected leak or suspect, found both');
  const stages = new RunStages(terminal);
  const options: AnalyzeOptions = {
    captures: typed.captures,
    places: await placesOf(typed.captures),
    ...(typed.device !== undefined && { device: regularExpression('device', typed.device) }),
    ...(typed.command !== undefined && { command: regularExpression('command', typed.command) }),
    ...(typed.memoryLimit !== undefined && { memoryLimit: memorySize('memory-limit', typed.memoryLimit) }),
    ...symbolOptions(typed),
    ...(typed.source !== undefined && { source: folder('source', typed.source) }),
    ...(typed.jobs !== undefined && { jobs: wholeNumber('jobs', typed.jobs, 1) }),
    ...openCache(terminal, typed.cache),
    typed: typedOptions(typed),
    onProgress: (progress) => {
      stages.progress(progress);
    },
    onDevice: (progress) => {
      stages.progress(progress);
    },
    onRead: () => {
      stages.begin('judging');
    },
  };
  for (const path of typed.captures) requireInput(path, 'a captures folder or file');
  const { cache } = options;
  const output = await OutputFolder.open(typed.out);
  const known = cache && KnownOutputs.of(typed.out, cache);
  if (known) output.useKnown(known);
  stages.begin('reading');
  const writing: WriteOptions = {
    folder: output,
    formats,
    browser: typed.browser,
    resumes: typed.resume,
    ...(cache && { cache }),
    stages,
  };
  const listed = await listedCaptures(options);
  const conditions = (): Promise<string | undefined> => conditionsOf(terminal, typed, listed, writing);
  let outcome = known && (await outcomeAgain(known, listed, conditions));
  let written: number = EXIT.written;
  if (outcome) {
    terminal.detail('memreport: nothing has changed since the last run: its files stay');
    tellProblems(terminal, outcome);
    stages.begin('judging');
    tellVerdicts(terminal, outcome);
    await keepReport(terminal, writing);
  } else {
    const analysis = await analyze(options, listed);
    terminal.clearProgress();
    outcome = outcomeOf(terminal, analysis);
    tellProblems(terminal, outcome);
    if (analysis.programs.length + analysis.kernelFindings.length === 0) throw noInput(analysis, typed);
    tellVerdicts(terminal, outcome);
    const seal = sealOf(listed, analysis);
    if (seal) known?.noteRun({ conditions: await conditions(), seal, outcome });
    written = await writeReport(terminal, analysis, writing);
  }
  cache?.prune();
  stages.finish({ ...outcome.counts, written: output.written.length });
  if (written !== EXIT.written) return written;
  const { labels, isDamaged } = outcome;
  const fails = labels.includes('leak') || (failOn?.[0] === 'suspect' && labels.includes('suspect'));
  if (failOn && fails) return EXIT.failOnMet;
  return typed.strict && isDamaged ? EXIT.damagedInput : EXIT.written;
}

/** Those that bear on the result, by their names on the command line. */
function typedOptions(typed: AnalyzeArguments): TypedOption[] {
  const values = {
    '--device': typed.device,
    '--command': typed.command,
    '--memory-limit': typed.memoryLimit,
    '--symbols': typed.symbols,
    '--toolchain-prefix': typed.toolchainPrefix,
    '--source': typed.source,
  };
  return Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
}

function symbolOptions({ symbols, toolchainPrefix }: AnalyzeArguments): Pick<AnalyzeOptions, 'symbols'> {
  if (symbols === undefined) {
    if (toolchainPrefix !== undefined) throw usage('--toolchain-prefix: expected --symbols with it, found it alone');
    return {};
  }
  const options = { folder: folder('symbols', symbols) };
  return { symbols: toolchainPrefix === undefined ? options : { ...options, toolchainPrefix } };
}

function noInput({ files, captures }: Analysis, { device, command }: AnalyzeArguments): Failure {
  const where = captures.join(', ');
  if (files.some(({ format }) => format !== '') && (device !== undefined || command !== undefined)) {
    return new Failure(EXIT.noInput, `${where}: expected programs that match --device and --command, found none`);
  }
  const found = files.length === 0 ? 'no file' : `${files.length} ${files.length === 1 ? 'file' : 'files'} of no use`;
  return new Failure(
    EXIT.noInput,
    `${where}: expected captures of memory (smaps, maps, status, smem, pmap, valgrind or sanitizer logs), found ${found}. ` +
      'memreport formats tells how to take them, memreport inspect FILE what a file is.',
  );
}
