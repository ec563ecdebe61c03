import { setImmediate } from 'node:timers/promises';
import { agreementsOfRecords } from './correlate/agreement/agreement.js';
import { buildsOf } from './correlate/device/builds.js';
import { devicesOf } from './correlate/device/device-memory.js';
import { withDivisions } from './correlate/device/divisions.js';
import { kernelFindingsOf } from './correlate/device/kernel-findings.js';
import { explainedFindings } from './correlate/faults/faults.js';
import { programReportOf } from './correlate/program-report.js';
import { recordsOf } from './correlate/records.js';
import { sharingOf } from './correlate/sharing/sharing.js';
import { listCaptures } from './ingest/captures-folder.js';
import { withOtherDevices } from './judge/causes/elsewhere.js';
import { judge } from './judge/judge.js';
import { pageFaultsOf } from './judge/page-faults/page-faults.js';
import { withRollUps } from './judge/roll-ups.js';
import { verdictRules } from './judge/rules/index.js';
import { ofRecord } from './kept-verdicts.js';
import { type Analysis, type ProgramReport, SCHEMA_VERSION, type TypedOption } from './model/analysis.js';
import { type Problem, sortProblems } from './model/problem.js';
import type { Program, ProgramRecord } from './model/program.js';
import type { Verdict } from './model/verdict.js';
import { type ReadOptions, startReading } from './reading/read-captures.js';
import { withHashes } from './reading/read-hashes.js';
import { withQuotes } from './reading/read-quotes.js';
import { saveAnalysis, savedAnalysis } from './saved-analysis.js';
import { VERSION } from './version.js';

export interface AnalyzeOptions extends ReadOptions {
  /** Captures folders or files. */
  readonly captures: readonly string[];
  /** Only programs of matching devices and commands. */
  readonly device?: RegExp;
  readonly command?: RegExp;
  /** What each program may use at most, in bytes. */
  readonly memoryLimit?: number;
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
  const listed = [...problems];
  const reading = await startReading(inputs, options);
  const saved = savedAnalysis(reading, options, listed);
  if (saved) return saved;
  const read = await reading.result();
  options.onRead?.();
  const correlation = recordsOf(read.ledger);
  problems.push(...read.problems, ...correlation.problems);
  const records = correlation.records
    .filter(({ program }) => isWanted(program, options))
    .map((record) => limited(record, options));
  const judged: Judged[] = [];
  for (const record of records) {
    // A signal is heard between two programs: judging those of a night takes longer than one may wait.
    await setImmediate();
    const one = ofRecord(record, reading.cache, (spoil): Judged => {
      const { verdict, trends } = judge(record, verdictRules, (rule, error) => {
        problems.push(ruleFailure(record.program, rule, error));
        spoil();
      });
      return { verdict, program: { ...programReportOf(record, trends, verdict.pid), ...pageFaultsOf(record) } };
    });
    judged.push(one);
  }

  const analysis: Analysis = {
    schemaVersion: SCHEMA_VERSION,
    memreport: VERSION,
    captures: [...options.captures],
    ...periodOf(records),
    ...(options.memoryLimit !== undefined && { memoryLimit: options.memoryLimit }),
    ...(options.typed !== undefined && options.typed.length > 0 && { options: [...options.typed] }),
    files: read.files,
    programs: judged.map(({ program }) => program),
    leaks: records.flatMap(({ program, leaks }) =>
      leaks.map((leak) => ({
        ...program,
        ...leak,
        frames: [...leak.frames],
        origins: [...leak.origins],
        tellings: [...leak.tellings],
      })),
    ),
    errors: records.flatMap(({ program, errors }) =>
      errors.map((error) => ({ ...program, ...error, origins: [...error.origins] })),
    ),
    sharing: sharingOf(records),
    kernelFindings: explainedFindings(
      kernelFindingsOf(read.ledger.kernelFindings).filter((one) => isWantedDevice(one, options)),
      correlation.records,
    ),
    devices: withDivisions(devicesOf(read.ledger.deviceMemory), correlation.records).filter((one) =>
      isWantedDevice(one, options),
    ),
    ...knownBuilds(buildsOf(read.ledger.builds).filter((one) => isWantedDevice(one, options))),
    ...agreementsOfRecords(records),
    verdicts: withOtherDevices(judged.map(({ verdict }) => verdict)),
    problems: sortProblems(problems),
  };
  const hashed = await withQuotes(withHashes(withRollUps(analysis), inputs), inputs);
  saveAnalysis(reading, options, listed, { analysis: hashed, dated: read.dated });
  if (options.source === undefined) return hashed;
  const { withSources } = await import('./reading/read-sources.js');
  return withSources(hashed, options.source);
}

interface Judged {
  readonly verdict: Verdict;
  readonly program: ProgramReport;
}

function isWanted(program: Program, options: AnalyzeOptions): boolean {
  return isWantedDevice(program, options) && (options.command?.test(program.command) ?? true);
}

function isWantedDevice({ device }: Pick<Program, 'device'>, options: AnalyzeOptions): boolean {
  return options.device?.test(device) ?? true;
}

function limited(record: ProgramRecord, { memoryLimit }: AnalyzeOptions): ProgramRecord {
  return memoryLimit === undefined ? record : { ...record, memoryLimit };
}

function knownBuilds(builds: Analysis['builds'] & object): Pick<Analysis, 'builds'> {
  return builds.length > 0 ? { builds } : {};
}

function periodOf(records: readonly ProgramRecord[]): Pick<Analysis, 'period'> {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const { timelines } of records) {
    for (const { samples } of timelines) {
      for (const { takenAt } of samples) {
        if (takenAt === undefined) continue;
        from = Math.min(from, takenAt);
        to = Math.max(to, takenAt);
      }
    }
  }
  return from <= to ? { period: { from, to } } : {};
}

function ruleFailure({ device, command }: Program, rule: string, error: unknown): Problem {
  const reason = error instanceof Error ? error.message : String(error);
  const message = `the rule ${rule} failed on ${command} of ${device} (${reason}): a bug of memreport, please report it`;
  return { severity: 'error', code: 'rule-failed', message, file: '', line: 0 };
}
