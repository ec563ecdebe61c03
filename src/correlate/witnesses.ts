import { COMM_LENGTH } from '../model/capture.js';
import { groupBy } from '../model/group-by.js';
import { baseName, callersOf, plainSymbol, type StackFrame, siteOf } from '../model/leaks.js';
import { compareNames } from '../model/origin.js';
import type { Program } from '../model/program.js';
import type { DiagnosisLog } from './diagnosis-log.js';
import { UNKNOWN } from './identify.js';
import type { Testimony } from './merge-leaks.js';

/** A program of which samples were taken. */
export interface SampledProgram extends Program {
  readonly pids: ReadonlySet<number>;
  /** Whether a process of it was sampled more than once. */
  readonly hasSeries: boolean;
}

/** A log and the program that it tells of. */
export interface Assignment extends Program {
  readonly testimony: Testimony;
}

/** Finds the programs that each log tells of: one or more for each. */
export function assignLogs(logs: readonly DiagnosisLog[], sampled: readonly SampledProgram[]): Assignment[] {
  const named = logs.flatMap((log) => (log.command === undefined ? [] : [{ log, command: log.command }]));
  return logs.flatMap((log) => {
    const own = log.command === undefined ? programOfPid(log, sampled) : undefined;
    if (own) return [{ device: own.device, command: own.command, testimony: { log } }];
    const command = log.command ?? commandOf(log, named, sampled);
    if (command === undefined) return [{ device: log.device, command: UNKNOWN, testimony: { log } }];
    return programsOf(log, command, sampled);
  });
}

/** The program of the log's own device if that was sampled, else those of all devices, else one of its own. */
function programsOf(log: DiagnosisLog, command: string, sampled: readonly SampledProgram[]): Assignment[] {
  const alike = sampled.filter((program) => sameCommand(program.command, command));
  const programs = [...groupBy(alike, (program) => program.device)].flatMap(([device, ofDevice]) => {
    const exact = ofDevice.filter((program) => program.command === command);
    return (exact.length > 0 ? exact : ofDevice).map((program) => ({ device, command: program.command }));
  });
  const here = programs.filter(({ device }) => device === log.device);
  if (here.length > 0) return here.map((program) => ({ ...program, testimony: { log } }));
  if (programs.length > 0) {
    return programs.map((program) => ({ ...program, testimony: { log, witness: log.device } }));
  }
  return [{ device: log.device, command, testimony: { log } }];
}

/** Whether both name the same program: one of them may be cut to the kernel's 15 characters. */
function sameCommand(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return short === long || (short.length === COMM_LENGTH && long.startsWith(short));
}

function programOfPid(log: DiagnosisLog, sampled: readonly SampledProgram[]): SampledProgram | undefined {
  const { device, pid } = log;
  if (pid === undefined) return undefined;
  return sampled
    .filter((program) => program.device === device && program.pids.has(pid))
    .toSorted((a, b) => compareNames(a.command, b.command))[0];
}

/** The command of a log that does not say it, by the best trace there is; undefined: no trace. */
function commandOf(
  log: DiagnosisLog,
  named: readonly { readonly log: DiagnosisLog; readonly command: string }[],
  sampled: readonly SampledProgram[],
): string | undefined {
  return (
    executableOf(log) ?? commandOfSameSites(log, named) ?? commandOfSource(log, sampled) ?? onlySeries(log, sampled)
  );
}

/** `main` is in the executable, so its module names the program. */
function executableOf(log: DiagnosisLog): string | undefined {
  return namesOf(mainFrames(log).map((frame) => baseName(frame.module ?? '')))[0];
}

/** The command of the log that shows most of the same stacks at the same source lines; the same device first. */
function commandOfSameSites(
  log: DiagnosisLog,
  named: readonly { readonly log: DiagnosisLog; readonly command: string }[],
): string | undefined {
  const sites = sitesOf(log);
  const shared = named
    .map((other) => ({
      command: other.command,
      elsewhere: other.log.device === log.device ? 0 : 1,
      count: [...sitesOf(other.log)].filter((site) => sites.has(site)).length,
    }))
    .filter(({ count }) => count > 0);
  return shared.toSorted(
    (a, b) => a.elsewhere - b.elsewhere || b.count - a.count || compareNames(a.command, b.command),
  )[0]?.command;
}

/** A sampled command that is named as the source file of `main`. */
function commandOfSource(log: DiagnosisLog, sampled: readonly SampledProgram[]): string | undefined {
  const sources = namesOf(mainFrames(log).map(({ file }) => baseName(file ?? '').replace(/\.[^.]*$/, '')));
  const commands = new Set(sampled.map((program) => program.command));
  return sources.find((source) => commands.has(source));
}

/** The one program of the log's device that was followed over time. */
function onlySeries(log: DiagnosisLog, sampled: readonly SampledProgram[]): string | undefined {
  const followed = sampled.filter((program) => program.device === log.device && program.hasSeries);
  return followed.length === 1 ? followed[0]?.command : undefined;
}

function stacksOf({ losses, errors }: DiagnosisLog): { fingerprint: string; frames: readonly StackFrame[] }[] {
  return [...losses.values(), ...errors.values()];
}

function mainFrames(log: DiagnosisLog): StackFrame[] {
  return stacksOf(log).flatMap(({ frames }) =>
    callersOf(frames).filter(({ symbol }) => symbol !== undefined && plainSymbol(symbol) === 'main'),
  );
}

function sitesOf(log: DiagnosisLog): Set<string> {
  const sites = new Set<string>();
  for (const { fingerprint, frames } of stacksOf(log)) {
    const site = siteOf(frames);
    if (site?.line !== undefined) sites.add(`${fingerprint} ${baseName(site.file ?? '')}:${site.line}`);
  }
  return sites;
}

/** The different names, without empty ones, the most frequent first. */
function namesOf(names: readonly string[]): string[] {
  return [
    ...groupBy(
      names.filter((name) => name !== ''),
      (name) => name,
    ),
  ]
    .toSorted(([a, ofA], [b, ofB]) => ofB.length - ofA.length || compareNames(a, b))
    .map(([name]) => name);
}
