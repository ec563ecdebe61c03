import { groupBy } from '../model/group-by.js';
import { baseName, callersOf, plainSymbol, type StackFrame, siteOf } from '../model/leaks.js';
import { compareNames } from '../model/origin.js';
import type { Program } from '../model/program.js';
import type { DiagnosisLog } from './diagnosis-log.js';
import { UNKNOWN } from './identify.js';
import type { Testimony } from './merge-leaks.js';
import { SampledIndex, type SampledProgram } from './sampled-index.js';

/** A log and the program that it tells of. */
export interface Assignment extends Program {
  readonly testimony: Testimony;
}

/** Finds the programs that each log tells of: one or more for each. */
export function assignLogs(logs: readonly DiagnosisLog[], sampled: readonly SampledProgram[]): Assignment[] {
  const index = new SampledIndex(sampled);
  const sites = new NamedSites(logs);
  return logs.flatMap((log) => {
    const { device, command: told, pid } = log;
    const own = told === undefined && pid !== undefined ? index.ofPid(device, pid) : undefined;
    if (own) return [{ device, command: own.command, testimony: { log } }];
    const command = told ?? commandOf(log, sites, index);
    if (command === undefined) return [{ device, command: UNKNOWN, testimony: { log } }];
    return programsOf(log, command, index);
  });
}

/** The program of the log's own device if that was sampled, else those of all devices, else one of its own. */
function programsOf(log: DiagnosisLog, command: string, sampled: SampledIndex): Assignment[] {
  const programs = [...groupBy(sampled.alike(command), (program) => program.device)].flatMap(([device, ofDevice]) => {
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

/** The command of a log that does not say it, by the best trace there is; undefined: no trace. */
function commandOf(log: DiagnosisLog, sites: NamedSites, sampled: SampledIndex): string | undefined {
  return (
    executableOf(log) ??
    sites.commandOf(log) ??
    sourcesOf(log).find((source) => sampled.hasCommand(source)) ??
    sampled.onlySeries(log.device)?.command
  );
}

/** `main` is in the executable, so its module names the program. */
function executableOf(log: DiagnosisLog): string | undefined {
  return namesOf(mainFrames(log).map((frame) => baseName(frame.module ?? '')))[0];
}

/** Programs are named as the source file of `main`. */
function sourcesOf(log: DiagnosisLog): string[] {
  return namesOf(mainFrames(log).map(({ file }) => baseName(file ?? '').replace(/\.[^.]*$/, '')));
}

/** The logs that say their command, by the sites that their stacks show. */
class NamedSites {
  private readonly logs = new Map<string, { readonly device: string; readonly command: string }[]>();

  constructor(logs: readonly DiagnosisLog[]) {
    for (const log of logs) {
      const { device, command } = log;
      if (command === undefined) continue;
      const named = { device, command };
      for (const site of sitesOf(log)) {
        const known = this.logs.get(site);
        if (known) known.push(named);
        else this.logs.set(site, [named]);
      }
    }
  }

  /** The command of the log that shows most of the same stacks at the same source lines; the same device first. */
  commandOf(log: DiagnosisLog): string | undefined {
    const shared = [
      ...groupBy(
        [...sitesOf(log)].flatMap((site) => this.logs.get(site) ?? []),
        (named) => named,
      ),
    ].map(([{ device, command }, { length }]) => ({
      command,
      elsewhere: device === log.device ? 0 : 1,
      count: length,
    }));
    return shared.toSorted(
      (a, b) => a.elsewhere - b.elsewhere || b.count - a.count || compareNames(a.command, b.command),
    )[0]?.command;
  }
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
