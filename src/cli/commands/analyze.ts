import { type AnalyzeOptions, analyze } from '../../analyze.js';
import type { Analysis, TypedOption } from '../../model/analysis.js';
import type { VerdictLabel } from '../../model/verdict.js';
import { OUTPUT_FORMATS } from '../../render.js';
import { countText } from '../count-text.js';
import { EXIT, Failure } from '../exit-codes.js';
import { runText } from '../fleet-text.js';
import { openCache } from '../open-cache.js';
import { folder, memorySize, namesOf, regularExpression, usage, wholeNumber } from '../options.js';
import { OutputFolder } from '../output-folder.js';
import { problemLine } from '../problem-line.js';
import { requireInput } from '../require-input.js';
import { RunStages } from '../run-stages.js';
import type { Terminal } from '../terminal.js';
import { writeReport } from '../write-report.js';

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

/** Without --verbose, so many problems are printed; all are in the report. */
const PROBLEMS_SHOWN = 10;

/** `memreport analyze CAPTURES…`: the main job. */
export async function analyzeCommand(terminal: Terminal, typed: AnalyzeArguments): Promise<number> {
  const formats = namesOf('format', typed.formats, OUTPUT_FORMATS);
  const failOn = typed.failOn === undefined ? undefined : namesOf('fail-on', [typed.failOn], ['leak', 'suspect']);
  if (failOn && failOn.length > 1) throw usage('--fail-on: expected leak or suspect, found both');
  const stages = new RunStages(terminal);
  const options: AnalyzeOptions = {
    captures: typed.captures,
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
  const output = await OutputFolder.open(typed.out);
  stages.begin('reading');
  const analysis = await analyze(options);
  terminal.clearProgress();
  printProblems(terminal, analysis);
  if (analysis.programs.length + analysis.kernelFindings.length === 0) throw noInput(analysis, typed);

  terminal.data(
    analysis.programs.length > 0 ? tableOf(terminal, analysis) : terminal.language.say(kernelOnly(analysis)),
  );
  terminal.data('');
  const written = await writeReport(terminal, analysis, {
    folder: output,
    formats,
    browser: typed.browser,
    resumes: typed.resume,
    ...(options.cache && { cache: options.cache }),
    stages,
  });
  options.cache?.prune();
  stages.finish({
    files: analysis.files.length,
    bytes: analysis.files.reduce((sum, { bytes }) => sum + bytes, 0),
    programs: analysis.programs.length,
    problems: analysis.problems.length,
    written: output.written.length,
  });
  if (written !== EXIT.written) return written;
  const labels = new Set(analysis.verdicts.map(({ label }) => label));
  if (failOn && (labels.has('leak') || (failOn[0] === 'suspect' && labels.has('suspect')))) return EXIT.failOnMet;
  const damaged = analysis.files.some(({ status }) => status === 'partial' || status === 'refused');
  return typed.strict && (damaged || analysis.problems.some(({ severity }) => severity === 'error'))
    ? EXIT.damagedInput
    : EXIT.written;
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

function printProblems(terminal: Terminal, { problems }: Analysis): void {
  const errors = problems.filter(({ severity }) => severity === 'error');
  for (const problem of errors.slice(0, PROBLEMS_SHOWN)) terminal.message(problemLine(problem, terminal.language));
  for (const problem of problems) {
    if (!errors.slice(0, PROBLEMS_SHOWN).includes(problem)) terminal.detail(problemLine(problem, terminal.language));
  }
  const hidden = problems.length - Math.min(errors.length, PROBLEMS_SHOWN);
  if (hidden > 0) {
    const warnings = problems.length - errors.length;
    const counts = [counted(errors.length, 'error'), counted(warnings, 'warning')].flat().join(' and ');
    terminal.message(`memreport: ${counts} about the input; --verbose and the report list all`);
  }
}

/** Nothing of none. */
function counted(count: number, noun: string): string[] {
  return count === 0 ? [] : [`${countText(count)} ${noun}${count === 1 ? '' : 's'}`];
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

const COLORS = { leak: 'red', suspect: 'yellow', inconclusive: 'cyan', clean: 'green' } as const;

function tableOf(terminal: Terminal, analysis: Analysis): string {
  const paint = (text: string, label: VerdictLabel): string => terminal.style(['bold', COLORS[label]], text);
  const { columns, language, isVerbose } = terminal;
  return terminal.fitted(runText(analysis, { columns, paint, language, all: isVerbose }));
}

/** Said instead of an empty table. */
function kernelOnly({ kernelFindings }: Analysis): string {
  const findings = kernelFindings.length === 1 ? 'finding' : 'findings';
  return `No program to judge; ${kernelFindings.length} ${findings} of the kernel about memory: see the report.`;
}
