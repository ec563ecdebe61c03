import { setImmediate } from 'node:timers/promises';
import { agreementsOfRecords } from '../correlate/agreement/agreement.js';
import { buildsOf } from '../correlate/device/builds.js';
import { devicesOf } from '../correlate/device/device-memory.js';
import { withDivisions } from '../correlate/device/divisions.js';
import { kernelFindingsOf } from '../correlate/device/kernel-findings.js';
import { explainedFindings } from '../correlate/faults/faults.js';
import type { Ledger } from '../correlate/ledger.js';
import { programReportOf } from '../correlate/program-report.js';
import { recordsOf, sampledPrograms } from '../correlate/records.js';
import type { SampledProgram } from '../correlate/sampled-index.js';
import { sharingOf } from '../correlate/sharing/sharing.js';
import type { Assignment } from '../correlate/witnesses.js';
import { judge } from '../judge/judge.js';
import { pageFaultsOf } from '../judge/page-faults/page-faults.js';
import { verdictRules } from '../judge/rules/index.js';
import type { Agreement } from '../model/agreement.js';
import type { Analysis, ErrorReport, LeakReport } from '../model/analysis.js';
import type { PlacedDeviceBuild } from '../model/device-build.js';
import type { Problem } from '../model/problem.js';
import type { Program, ProgramRecord } from '../model/program.js';
import type { Bytes } from '../model/units.js';

/** All that was read of one device. */
export interface DeviceCaptures {
  readonly ledger: Ledger;
  /** The logs that tell of its programs. */
  readonly logs: readonly Assignment[];
  /** What was read of other devices from whose logs errors are told. */
  readonly witnesses: readonly Ledger[];
}

export interface DeviceOptions {
  /** Only programs of matching commands. */
  readonly command?: RegExp;
  /** What each program may use at most. */
  readonly memoryLimit?: Bytes;
}

/** What an analysis says of one device. */
export interface DeviceAnalysis
  extends Pick<Analysis, 'programs' | 'sharing' | 'kernelFindings' | 'devices' | 'verdicts' | 'problems'> {
  leaks: LeakReport[];
  errors: ErrorReport[];
  builds: PlacedDeviceBuild[];
  agreements: Agreement[];
  /** By which logs of any device find their programs. */
  sampled: readonly SampledProgram[];
}

/** Puts together by program what was read of a device, and judges each. */
export async function analyzeDevice(
  { ledger, logs, witnesses }: DeviceCaptures,
  { command, memoryLimit }: DeviceOptions,
): Promise<DeviceAnalysis> {
  const elsewhere = { logs, witnesses: witnesses.flatMap((witness) => sampledPrograms(witness).programs) };
  const correlation = recordsOf(ledger, elsewhere);
  const problems = [...correlation.problems];
  const records = correlation.records
    .filter(({ program }) => command?.test(program.command) ?? true)
    .map((record) => (memoryLimit === undefined ? record : { ...record, memoryLimit }));
  const analysis: DeviceAnalysis = {
    programs: [],
    leaks: records.flatMap(leaksOf),
    errors: records.flatMap(errorsOf),
    sharing: sharingOf(records),
    kernelFindings: explainedFindings(kernelFindingsOf(ledger.kernelFindings), correlation.records),
    devices: withDivisions(devicesOf(ledger.deviceMemory), correlation.records),
    builds: buildsOf(ledger.builds),
    agreements: agreementsOfRecords(records),
    verdicts: [],
    problems,
    sampled: correlation.sampled,
  };
  for (const record of records) {
    // A signal is heard between two programs: judging those of a device may take longer than one may wait.
    await setImmediate();
    const { verdict, trends } = judge(record, verdictRules, (rule, error) => {
      problems.push(ruleFailure(record.program, rule, error));
    });
    analysis.verdicts.push(verdict);
    analysis.programs.push({ ...programReportOf(record, trends, verdict.pid), ...pageFaultsOf(record) });
  }
  return analysis;
}

function leaksOf({ program, leaks }: ProgramRecord): LeakReport[] {
  return leaks.map((leak) => ({
    ...program,
    ...leak,
    frames: [...leak.frames],
    origins: [...leak.origins],
    tellings: [...leak.tellings],
  }));
}

function errorsOf({ program, errors }: ProgramRecord): ErrorReport[] {
  return errors.map((error) => ({ ...program, ...error, origins: [...error.origins] }));
}

/** The code of the problem that a rule failed: a bug of ours, so that what was found is not kept for another run. */
export const RULE_FAILED = 'rule-failed';

function ruleFailure({ device, command }: Program, rule: string, error: unknown): Problem {
  const reason = error instanceof Error ? error.message : String(error);
  const message = `the rule ${rule} failed on ${command} of ${device} (${reason}): a bug of memreport, please report it`;
  return { severity: 'error', code: RULE_FAILED, message, file: '', line: 0 };
}
