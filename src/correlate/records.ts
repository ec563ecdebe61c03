import { groupBy } from '../model/group-by.js';
import { compareNames, compareOrigins } from '../model/origin.js';
import { type Problem, sortProblems } from '../model/problem.js';
import type { ProgramRecord, Timeline } from '../model/program.js';
import { programKey } from '../model/program-key.js';
import { assignKnown } from '../model/vma-table.js';
import { devicesOf } from './device/device-memory.js';
import { endedProcessesOf } from './device/ended-processes.js';
import { kernelFindingsOf } from './device/kernel-findings.js';
import { hasMemory } from './fault-counts.js';
import { type SampledRecord, withCauses } from './faults/faults.js';
import { type Process, processesOf, UNKNOWN } from './identify.js';
import type { Ledger } from './ledger.js';
import { orderOfMappings } from './mapping-series.js';
import { diagnosisOf } from './merge-leaks.js';
import { briefly, type SampledProgram } from './sampled-index.js';
import { timelineOf } from './timelines.js';
import { compareMembers } from './times.js';
import { type Assignment, assignLogs } from './witnesses.js';

/** All that the captures tell, by program, and what is doubtful in it. */
export interface Correlation {
  /** By device and command. */
  readonly records: ProgramRecord[];
  readonly problems: Problem[];
  /** Those of which there are samples, by device and command. */
  readonly sampled: readonly SampledProgram[];
}

/** A program with all that its samples tell. */
export type SampledTimelines = SampledProgram & { readonly timelines: readonly Timeline[] };

/** The programs of which a ledger has samples, and what is doubtful in these. */
export interface Sampled {
  readonly programs: readonly SampledTimelines[];
  readonly problems: readonly Problem[];
}

export function sampledPrograms({ processes, mappings }: Pick<Ledger, 'processes' | 'mappings'>): Sampled {
  const order = orderOfMappings(mappings);
  const problems: Problem[] = [];
  const programs = [...groupBy(processesOf(processes.values()).filter(hasMemory), programKey).values()].map(
    (ofProgram) => {
      const timelines = ofProgram.map((process) => {
        const { timeline, problems: ofTimeline } = timelineOf(process, mappings, order);
        problems.push(...ofTimeline, ...unknownProcess(process));
        return timeline;
      });
      return sampledProgram(ofProgram, timelines);
    },
  );
  return { programs, problems: oncePerClock(problems) };
}

/** A clock that was set is told once in a file, not for each process. */
function oncePerClock(problems: readonly Problem[]): Problem[] {
  const told = new Set<string>();
  return problems.toSorted(compareOrigins).filter(({ code, file, message }) => {
    if (code !== 'clock-set') return true;
    const isNew = !told.has(`${file} ${message}`);
    told.add(`${file} ${message}`);
    return isNew;
  });
}

/** What is known from elsewhere of the programs of a device. */
export interface Elsewhere {
  /** The logs that tell of them. */
  readonly logs: readonly Assignment[];
  /** The programs of other devices, where the logs come from. */
  readonly witnesses: readonly SampledTimelines[];
}

/**
 * The programs of a ledger, which is not changed. They share its tables: what is folded later overwrites those.
 *
 * @param elsewhere for a ledger of one device among others; by default the ledger is all that there is
 */
export function recordsOf(ledger: Ledger, elsewhere?: Elsewhere): Correlation {
  const { programs, problems } = sampledPrograms(ledger);
  const logs = elsewhere?.logs ?? assignLogs([...ledger.diagnoses.values()], programs);
  return {
    records: withCauses(recordsOfPrograms(programs, logs, ledger), (elsewhere?.witnesses ?? []).map(asRecord)),
    problems: sortProblems([...problems, ...logs.flatMap(unknownLog)]),
    sampled: briefly(programs),
  };
}

function asRecord({ device, command, timelines }: SampledTimelines): SampledRecord {
  return { program: { device, command }, timelines };
}

function sampledProgram(processes: readonly Process[], timelines: readonly Timeline[]): SampledTimelines {
  const { device, command } = processes[0] as Process;
  return {
    device,
    command,
    pids: new Set(processes.flatMap(({ pid }) => pid ?? []).sort((a, b) => a - b)),
    hasSeries: timelines.some(({ samples }) => samples.length > 1),
    timelines: timelines.toSorted(compareTimelines),
  };
}

function recordsOfPrograms(
  sampled: readonly SampledTimelines[],
  assignments: readonly Assignment[],
  { cutShort, deviceMemory, kernelFindings }: Pick<Ledger, 'cutShort' | 'deviceMemory' | 'kernelFindings'>,
): ProgramRecord[] {
  const sampledAs = new Map(sampled.map((program) => [programKey(program), program]));
  const findings = kernelFindingsOf(kernelFindings);
  const endedOf = (program: SampledTimelines | undefined): Pick<ProgramRecord, 'ended'> => {
    const ended = program ? endedProcessesOf(program, sampled, findings) : [];
    return ended.length > 0 ? { ended } : {};
  };
  const testimonies = groupBy(assignments, programKey);
  const programs = new Map(
    [...sampled, ...assignments, ...cutShort.values()].map((program) => [programKey(program), program]),
  );
  const memoryOf = new Map(devicesOf(deviceMemory).map(({ device, memory }) => [device, memory]));
  return [...programs]
    .map(([key, { device, command }]) => ({
      program: { device, command },
      timelines: sampledAs.get(key)?.timelines ?? [],
      ...endedOf(sampledAs.get(key)),
      ...diagnosisOf((testimonies.get(key) ?? []).map(({ testimony }) => testimony)),
      ...assignKnown<Pick<ProgramRecord, 'deviceMemory'>>({}, { deviceMemory: memoryOf.get(device) }),
    }))
    .toSorted(
      (a, b) => compareNames(a.program.device, b.program.device) || compareNames(a.program.command, b.program.command),
    );
}

/** By start; a timeline without times after those with. */
function compareTimelines(a: Timeline, b: Timeline): number {
  const [firstA] = a.samples;
  const [firstB] = b.samples;
  if (firstA === undefined || firstB === undefined) return b.samples.length - a.samples.length;
  return (
    (firstA.takenAt ?? Number.MAX_SAFE_INTEGER) - (firstB.takenAt ?? Number.MAX_SAFE_INTEGER) ||
    compareOrigins(firstA.origin, firstB.origin) ||
    (a.pid ?? 0) - (b.pid ?? 0) ||
    (a.startTicks ?? 0) - (b.startTicks ?? 0)
  );
}

function unknownProcess({ unnamed, members, command }: Process): Problem[] {
  const first = unnamed ? members.toSorted(compareMembers)[0] : undefined;
  if (first === undefined) return [];
  const { file, line } = first.reading.sample.origin;
  const message = `nothing says which program this is of: taken as "${command}"`;
  return [{ severity: 'warning', code: 'unknown-program', message, file, line }];
}

function unknownLog({ command, testimony: { log } }: Assignment): Problem[] {
  if (command !== UNKNOWN || log.command !== undefined) return [];
  const message = `nothing says which program this log is of: taken as "${UNKNOWN}"`;
  return [{ severity: 'warning', code: 'unknown-program', message, ...log.origin }];
}
