import { type DiffOptions, diff, NothingToCompare } from '../../diff.js';
import type { ComparedSide, Comparison } from '../../model/comparison.js';
import { COMPARISON_FORMATS } from '../../render.js';
import { comparisonText } from '../comparison-text.js';
import { EXIT, Failure } from '../exit-codes.js';
import { openCache } from '../open-cache.js';
import { namesOf, regularExpression, usage, wholeNumber } from '../options.js';
import { OutputFolder } from '../output-folder.js';
import { problemLine } from '../problem-line.js';
import { requireInput } from '../require-input.js';
import { RunStages } from '../run-stages.js';
import type { Terminal } from '../terminal.js';
import { writeComparison } from '../write-report.js';

/** The command line as it was typed. */
export interface DiffArguments {
  readonly before: string;
  readonly after: string;
  readonly out: string;
  readonly formats: readonly string[];
  readonly device: string | undefined;
  readonly command: string | undefined;
  readonly matchDevices: readonly string[] | undefined;
  readonly failOn: string | undefined;
  readonly jobs: string | undefined;
  readonly cache: boolean;
  readonly browser: string | undefined;
}

const REASONS = ['new-leak', 'growth'] as const;

/** `memreport diff BEFORE AFTER`: what changed. */
export async function diffCommand(terminal: Terminal, typed: DiffArguments): Promise<number> {
  const formats = namesOf('format', typed.formats, COMPARISON_FORMATS);
  const failOn = typed.failOn === undefined ? [] : namesOf('fail-on', [typed.failOn], REASONS);
  const stages = new RunStages(terminal);
  const options: DiffOptions = {
    before: typed.before,
    after: typed.after,
    ...(typed.device !== undefined && { device: regularExpression('device', typed.device) }),
    ...(typed.command !== undefined && { command: regularExpression('command', typed.command) }),
    ...(typed.jobs !== undefined && { jobs: wholeNumber('jobs', typed.jobs, 1) }),
    ...openCache(terminal, typed.cache),
    ...pairingOption(typed.matchDevices ?? []),
    onProgress: (progress) => {
      stages.progress(progress);
    },
  };
  for (const path of [typed.before, typed.after]) requireInput(path, 'captures or a report.json');
  const folder = await OutputFolder.open(typed.out);
  stages.begin('reading');
  const { comparison, problems } = await diff(options).catch(noInput);
  terminal.clearProgress();
  for (const problem of problems) terminal.detail(problemLine(problem, terminal.language));
  for (const side of [comparison.before, comparison.after]) reportProblems(terminal, side);

  terminal.data(comparisonText(terminal, comparison));
  terminal.data('');
  const written = await writeComparison(terminal, comparison, {
    folder,
    formats,
    browser: typed.browser,
    stages,
    ...(options.cache && { cache: options.cache }),
  });
  options.cache?.prune();
  if (written !== EXIT.written) return written;
  const isMet =
    (failOn.includes('new-leak') && hasNewLeak(comparison)) || (failOn.includes('growth') && hasGrowth(comparison));
  return isMet ? EXIT.failOnMet : EXIT.written;
}

function pairingOption(words: readonly string[]): Pick<DiffOptions, 'pairing'> {
  if (words.length === 0) return {};
  if (words.length === 1 && words[0] === 'all') return { pairing: 'all' };
  return {
    pairing: words.map((word) => {
      const { before, after } = /^(?<before>[^=]+)=(?<after>[^=]+)$/.exec(word)?.groups ?? {};
      if (before === undefined || after === undefined)
        throw usage(`--match-devices: expected all, or pairs such as board-7=board-9, found "${word}"`);
      return { before, after };
    }),
  };
}

function noInput(error: unknown): never {
  if (!(error instanceof NothingToCompare)) throw error;
  throw new Failure(EXIT.noInput, `${error.path}: expected programs to compare, found ${error.message}`);
}

function reportProblems(terminal: Terminal, { captures, errors, warnings }: ComparedSide): void {
  if (errors === 0) return;
  const where = captures.join(', ');
  terminal.message(
    `memreport: ${where}: ${errors} ${errors === 1 ? 'error' : 'errors'} and ${warnings} ${warnings === 1 ? 'warning' : 'warnings'} about the input; --verbose lists all`,
  );
}

/** A leak that was looked for before and is told only now, or a program that leaks and did not. */
function hasNewLeak({ counts, programs }: Comparison): boolean {
  return (
    counts.newLeaks + counts.startedToLeak > 0 ||
    programs.some(({ change, after }) => change === 'new' && after?.label === 'leak')
  );
}

/** A program that grows faster, or holds more. */
function hasGrowth({ programs }: Comparison): boolean {
  return programs.some(({ rate, levels: [level] }) => rate?.change === 'faster' || level?.change === 'grew');
}
