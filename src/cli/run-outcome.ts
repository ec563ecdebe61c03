import type { Analysis } from '../model/analysis.js';
import type { VerdictLabel } from '../model/verdict.js';
import { countText } from './count-text.js';
import { runText } from './fleet-text.js';
import { problemLine } from './problem-line.js';
import type { RunCounts } from './run-stages.js';
import type { Terminal } from './terminal.js';

/** What a run comes to: what it says of it, and what its exit code depends on. Plain data. */
export interface RunOutcome {
  /** What the terminal is told of the input, in order. */
  readonly lines: readonly OutcomeLine[];
  /** The verdicts, as the terminal shows them. */
  readonly text: string;
  readonly counts: Omit<RunCounts, 'written'>;
  /** Of all programs, each once. */
  readonly labels: readonly VerdictLabel[];
  /** Whether some input could not be read as a whole. */
  readonly isDamaged: boolean;
}

interface OutcomeLine {
  readonly text: string;
  /** Told with --verbose alone. */
  readonly isDetail: boolean;
}

export function outcomeOf(terminal: Terminal, analysis: Analysis): RunOutcome {
  const { files, programs, problems, verdicts } = analysis;
  return {
    lines: problemLines(terminal, analysis),
    text:
      programs.length > 0
        ? tableOf(terminal, analysis)
        : terminal.language.say(kernelOnly(analysis.kernelFindings.length)),
    counts: {
      files: files.length,
      bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
      programs: programs.length,
      problems: problems.length,
    },
    labels: [...new Set(verdicts.map(({ label }) => label))],
    isDamaged:
      files.some(({ status }) => status === 'partial' || status === 'refused') ||
      problems.some(({ severity }) => severity === 'error'),
  };
}

export function tellProblems(terminal: Terminal, { lines }: RunOutcome): void {
  for (const line of lines) {
    if (line.isDetail) terminal.detail(line.text);
    else terminal.message(line.text);
  }
}

export function tellVerdicts(terminal: Terminal, { text }: RunOutcome): void {
  terminal.data(text);
  terminal.data('');
}

/** Without --verbose, so many problems are printed; all are in the report. */
const PROBLEMS_SHOWN = 10;

function problemLines(terminal: Terminal, { problems }: Analysis): OutcomeLine[] {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const shown = new Set(errors.slice(0, PROBLEMS_SHOWN));
  const lines = [...shown].map((problem) => ({ text: problemLine(problem, terminal.language), isDetail: false }));
  if (terminal.isVerbose) {
    for (const problem of problems) {
      if (!shown.has(problem)) lines.push({ text: problemLine(problem, terminal.language), isDetail: true });
    }
  }
  if (problems.length > shown.size) {
    const warnings = problems.length - errors.length;
    const counts = [counted(errors.length, 'error'), counted(warnings, 'warning')].flat().join(' and ');
    const text = `memreport: ${counts} about the input; --verbose and the report list all`;
    lines.push({ text, isDetail: false });
  }
  return lines;
}

/** Nothing of none. */
function counted(count: number, noun: string): string[] {
  return count === 0 ? [] : [`${countText(count)} ${noun}${count === 1 ? '' : 's'}`];
}

const COLORS = { leak: 'red', suspect: 'yellow', inconclusive: 'cyan', clean: 'green' } as const;

function tableOf(terminal: Terminal, analysis: Analysis): string {
  const paint = (text: string, label: VerdictLabel): string => terminal.style(['bold', COLORS[label]], text);
  const { columns, language, isVerbose } = terminal;
  return terminal.fitted(runText(analysis, { columns, paint, language, all: isVerbose }));
}

/** Said instead of an empty table. */
function kernelOnly(count: number): string {
  const findings = count === 1 ? 'finding' : 'findings';
  return `No program to judge; ${count} ${findings} of the kernel about memory: see the report.`;
}
