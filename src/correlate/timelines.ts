import type { Problem } from '../model/problem.js';
import { quote } from '../model/problem.js';
import type { KeptSnapshot, Timeline } from '../model/program.js';
import { agreementsOf } from './agreement/agreement.js';
import { splitCounts, withCounts } from './fault-counts.js';
import type { Member, Process } from './identify.js';
import type { KeptTable } from './kept-tables.js';
import type { MappingNames } from './mapping-names.js';
import { followedKind, kindOfSnapshot, seriesOf } from './mapping-series.js';
import { type MergedSample, samplesByFile, samplesByTime } from './merge-samples.js';
import type { ProcessLog } from './process-log.js';
import type { Reading } from './readings.js';
import { compareMembers, orderedOf } from './times.js';
import { rightTimesOf } from './told-times.js';
import { withinSeconds } from './within-seconds.js';

/** The timeline of one life of a process, and what could not be placed in it. */
export function timelineOf(
  process: Process,
  mappings: MappingNames,
  order: Uint32Array,
): { timeline: Timeline; problems: Problem[] } {
  const { memory, counts } = splitCounts(process.members);
  const { members, timed, left, unbelieved } = orderedOf(memory);
  const clock = timed ? rightTimesOf([...members, ...counts].map(({ reading }) => reading)) : undefined;
  const byFile = timed ? undefined : samplesByFile(members);
  const times = clock && withinSeconds(members, clock.times);
  const samples = byFile?.samples ?? samplesByTime(members, times);
  const { pid, startTicks } = process;
  const kind = followedKind(samples);
  const { agreements, problems: disagreements } = agreementsOf(process, timed ? members : []);
  const timeline: Timeline = {
    ...(pid === undefined ? {} : { pid }),
    ...(startTicks === undefined ? {} : { startTicks }),
    samples: withCounts(
      samples.map(({ sample }) => sample),
      counts,
      timed,
      times,
    ),
    timed,
    mappings: kind === undefined ? [] : seriesOf(samples, kind, mappings, order),
    ...snapshotsOf(memory, samples, kind),
    ...(agreements.length === 0 ? {} : { agreements }),
  };
  return {
    timeline,
    problems: [
      ...disagreements,
      ...(clock?.problems ?? []),
      ...timesProblem(process, unbelieved),
      ...leftProblem(
        process,
        left,
        timed ? 'no usable time, beside others that have one' : 'a time, beside more without one',
      ),
      ...leftProblem(process, byFile?.left ?? [], 'no time that says to which others they belong'),
    ],
  };
}

/** First, peak and last of the kept tables: those of the series, else of the captures that have no place in it. */
function snapshotsOf(
  all: readonly Member[],
  samples: readonly MergedSample[],
  kind: string | undefined,
): Pick<Timeline, 'first' | 'peak' | 'last'> {
  const places = new Map<Reading, number>();
  if (kind !== undefined) {
    for (const [at, { members }] of samples.entries()) for (const { reading } of members) places.set(reading, at);
  } else {
    const inFiles = all.toSorted((a, b) => (a.reading.measure ?? 0) - (b.reading.measure ?? 0) || compareMembers(a, b));
    for (const [at, { reading }] of inFiles.entries()) places.set(reading, at);
  }
  const tables = keptTables(all)
    .filter(({ reading }) => places.has(reading) && (kind === undefined || kindOfSnapshot(reading) === kind))
    .toSorted((a, b) => (places.get(a.reading) ?? 0) - (places.get(b.reading) ?? 0));
  const [first] = tables;
  if (first === undefined) return {};
  const alike = tables.filter(({ reading }) => kindOfSnapshot(reading) === kindOfSnapshot(first.reading));
  const last = alike.at(-1) ?? first;
  const peak = alike.reduce((most, table) => (table.privateBytes > most.privateBytes ? table : most));
  return { first: snapshot(first), peak: snapshot(peak), last: snapshot(last) };
}

function keptTables(members: readonly Member[]): KeptTable[] {
  const kept = new Set<KeptTable>();
  for (const log of new Set<ProcessLog>(members.map((member) => member.log))) {
    for (const { first, peak, last } of log.kept.values()) kept.add(first).add(peak).add(last);
  }
  return [...kept];
}

function snapshot({ reading, table }: KeptTable): KeptSnapshot {
  return { origin: reading.sample.origin, table };
}

function leftProblem(process: Process, left: readonly Member[], why: string): Problem[] {
  const first = left.toSorted(compareMembers)[0];
  if (first === undefined) return [];
  const { file, line } = first.reading.sample.origin;
  const readings = left.length === 1 ? 'this capture has' : `${left.length} captures from here on have`;
  const message = `${readings} ${why}: not used for the course of ${nameOf(process)}`;
  return [{ severity: 'warning', code: 'untimed-capture', message, file, line }];
}

function timesProblem(process: Process, unbelieved: readonly Member[]): Problem[] {
  const first = unbelieved.toSorted(compareMembers)[0];
  if (first === undefined) return [];
  const { file, line } = first.reading.sample.origin;
  const message = `the files' times do not tell when the ${unbelieved.length} captures of ${nameOf(process)} were taken: not used`;
  return [{ severity: 'warning', code: 'time-from-modification', message, file, line }];
}

function nameOf({ command, pid }: Process): string {
  return pid === undefined ? quote(command) : `${quote(command)} (pid ${pid})`;
}
