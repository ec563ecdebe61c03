import { COMM_LENGTH } from '../model/capture.js';
import { groupBy } from '../model/group-by.js';
import { compareNames } from '../model/origin.js';
import { isRollupLayout } from '../model/rollup-layout.js';
import { membersInTurn } from './in-turn.js';
import type { ProcessLog } from './process-log.js';
import type { Reading } from './readings.js';
import { compareMembers } from './times.js';

/** One reading, with where it stands in the log of its process. */
export interface Member {
  readonly log: ProcessLog;
  readonly index: number;
  readonly reading: Reading;
}

/** One life of a process and all readings of it, in no order. */
export interface Process {
  readonly device: string;
  readonly command: string;
  readonly pid?: number;
  readonly startTicks?: number;
  readonly members: readonly Member[];
  /** Nothing tells the program: `command` is a stand-in. */
  readonly unnamed: boolean;
}

/** The command of a program that nothing names. */
export const UNKNOWN = 'unknown';

/** Which readings are of one process. What one capture does not say of it, another of the same pid may. */
export function processesOf(logs: Iterable<ProcessLog>): Process[] {
  const byPid = groupBy(logs, ({ device, pid, command }) => JSON.stringify([device, pid ?? null, pid ?? command]));
  return [...byPid.values()].flatMap((ofOnePid) => {
    const names = commandsOf(ofOnePid);
    return [...groupBy(ofOnePid, (log) => names.get(log))].flatMap(([command, ofOneCommand]) =>
      livesOf(ofOneCommand, command),
    );
  });
}

/** The command of each log of one pid; none where nothing tells. */
function commandsOf(logs: readonly ProcessLog[]): Map<ProcessLog, string> {
  const resolved = new Map<ProcessLog, string>();
  const named = groupBy(logs, (log) => log.command);
  named.delete(undefined);
  const aliases = named.size > 1 ? aliasesOf(named as Map<string, ProcessLog[]>) : new Map<string, string>();
  for (const log of logs) {
    if (log.command !== undefined) resolved.set(log, aliases.get(log.command) ?? log.command);
  }
  const commands = new Set(resolved.values());
  const [only] = commands;
  let unnamed = logs.filter((log) => log.command === undefined);
  // Each round looks at the names of the round before, so that the order of the logs does not matter.
  for (let found = -1; found !== 0; ) {
    const known = new Map(resolved);
    for (const log of unnamed) {
      const command = commands.size === 1 ? only : commandBeside(log, known);
      if (command !== undefined) resolved.set(log, command);
    }
    unnamed = unnamed.filter((log) => !resolved.has(log));
    found = resolved.size - known.size;
  }
  return resolved;
}

/** The command of the named logs that are surely the same process, if they have only one. */
function commandBeside(log: ProcessLog, named: ReadonlyMap<ProcessLog, string>): string | undefined {
  const sameStart = [...named].filter(([other]) => log.startTicks !== undefined && other.startTicks === log.startTicks);
  const beside = sameStart.length > 0 ? sameStart : [...named].filter(([other]) => shareAnInstant([log], [other]));
  const [command, ...others] = new Set(beside.map(([, name]) => name));
  return others.length === 0 ? command : undefined;
}

/** For each name of one pid the name to use: names may be cut, and a process read at one instant has one name. */
function aliasesOf(named: ReadonlyMap<string, readonly ProcessLog[]>): Map<string, string> {
  const aliases = new Map<string, string>();
  for (const [command, logs] of named) {
    const longer = [...named.keys()].filter((other) => other.length > command.length && other.startsWith(command));
    const longest = longer.toSorted((a, b) => b.length - a.length)[0];
    const oneChain = longest !== undefined && longer.every((other) => longest.startsWith(other));
    if (oneChain && mayBeCut(command, logs)) aliases.set(command, longest);
  }
  const whole = [...named]
    .filter(([command]) => !aliases.has(command))
    .map(([command, logs]) => trustOf(command, logs));
  const nameAt = new Map<number, string>();
  for (const { command, instants } of whole.sort(compareTrust)) {
    const shared = instants.find((instant) => nameAt.has(instant));
    const name = (shared === undefined ? undefined : nameAt.get(shared)) ?? command;
    if (name !== command) aliases.set(command, name);
    for (const instant of instants) if (!nameAt.has(instant)) nameAt.set(instant, name);
  }
  for (const [command, target] of aliases) aliases.set(command, aliases.get(target) ?? target);
  return aliases;
}

/** The kernel cuts comm at 15 characters; smem cuts command lines at 27, anywhere in the name. */
function mayBeCut(command: string, logs: readonly ProcessLog[]): boolean {
  return (
    command.length === COMM_LENGTH ||
    logs.every((log) => log.readings.every((reading) => reading.format.startsWith('smem')))
  );
}

interface Trust {
  readonly command: string;
  readonly rank: number;
  readonly readings: number;
  /** Ascending. */
  readonly instants: readonly number[];
}

function trustOf(command: string, logs: readonly ProcessLog[]): Trust {
  const readings = logs.flatMap((log) => log.readings);
  return {
    command,
    rank: readings.reduce((lowest, reading) => Math.min(lowest, reading.rank), Number.MAX_SAFE_INTEGER),
    readings: readings.length,
    instants: [...instantsOf(logs)].sort((a, b) => a - b),
  };
}

/** The name that comes with the better source first, then the one that more readings give. */
function compareTrust(a: Trust, b: Trust): number {
  return a.rank - b.rank || b.readings - a.readings || compareNames(a.command, b.command);
}

function shareAnInstant(some: readonly ProcessLog[], others: readonly ProcessLog[]): boolean {
  const instants = instantsOf(some);
  return [...instantsOf(others)].some((instant) => instants.has(instant));
}

function instantsOf(logs: readonly ProcessLog[]): Set<number> {
  const instants = new Set<number>();
  for (const log of logs) {
    for (const { sample } of log.readings) if (sample.takenAt !== undefined) instants.add(sample.takenAt);
  }
  return instants;
}

/**
 * Splits the logs of one pid and command by start time, or by layout where that proves several processes, or by the turns
 * in which a log tells them. A log without any joins the only life, or the one around it.
 */
function livesOf(logs: readonly ProcessLog[], command: string | undefined): Process[] {
  const members = logs.flatMap(membersOf);
  const inTurn = membersInTurn(members);
  if (inTurn) return inTurn.map((own) => process(command, own));
  const layoutOf = comparableLayouts(logs);
  const areSeveral = areSideBySide(members, layoutOf);
  const lives = groupBy(members, ({ log }) => log.startTicks ?? (areSeveral ? layoutOf(log) : undefined));
  const undated = lives.get(undefined) ?? [];
  lives.delete(undefined);
  const [first] = lives;
  if (lives.size === 0) return [process(command, undated)];
  if (lives.size === 1 && first) return [process(command, [...first[1], ...undated])];
  const spans = [...lives.values()].map((own) => ({ members: [...own], ...spanOf(own) }));
  const rest = undated.filter((member) => {
    const at = member.reading.sample.takenAt;
    const around = spans.filter((span) => at !== undefined && span.from <= at && at <= span.to);
    if (around.length !== 1) return true;
    around[0]?.members.push(member);
    return false;
  });
  const dated = spans.map((span) => process(command, span.members));
  return rest.length === 0 ? dated : [...dated, process(command, rest)];
}

/**
 * Whether there is more than one process, by layout: one was seen before and after another. A program that was started
 * again was seen only before it, or only after.
 */
function areSideBySide(members: readonly Member[], layoutOf: LayoutOf): boolean {
  const layouts = new Set(members.map(({ log }) => layoutOf(log)));
  layouts.delete(undefined);
  if (layouts.size < 2) return false;
  const told = members.filter(({ log }) => layoutOf(log) !== undefined).toSorted(compareSeen);
  const left = new Map<string | undefined, number>();
  for (const { log } of told) left.set(layoutOf(log), (left.get(layoutOf(log)) ?? 0) + 1);
  return told.some(({ log }, i) => {
    const next = told[i + 1];
    const rest = (left.get(layoutOf(log)) ?? 0) - 1;
    left.set(layoutOf(log), rest);
    return rest > 0 && next !== undefined && layoutOf(next.log) !== layoutOf(log);
  });
}

type LayoutOf = (log: ProcessLog) => string | undefined;

/** The layouts that can be held against each other: those of VMAs, else those of sums. */
function comparableLayouts(logs: readonly ProcessLog[]): LayoutOf {
  const ofVmas = logs.some(({ layout }) => layout !== undefined && !isRollupLayout(layout));
  return ({ layout }) => (ofVmas && layout !== undefined && isRollupLayout(layout) ? undefined : layout);
}

/** By time, where all have one. */
function compareSeen(a: Member, b: Member): number {
  return (a.reading.sample.takenAt ?? 0) - (b.reading.sample.takenAt ?? 0) || compareMembers(a, b);
}

function membersOf(log: ProcessLog): Member[] {
  return log.readings.map((reading, index) => ({ log, index, reading }));
}

function spanOf(members: readonly Member[]): { from: number; to: number } {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const { reading } of members) {
    const at = reading.sample.takenAt;
    if (at === undefined) continue;
    from = Math.min(from, at);
    to = Math.max(to, at);
  }
  return { from, to };
}

function process(command: string | undefined, members: readonly Member[]): Process {
  const { device, pid } = (members[0] as Member).log;
  const startTicks = members.find(({ log }) => log.startTicks !== undefined)?.log.startTicks;
  return {
    device,
    command: command ?? (pid === undefined ? UNKNOWN : `pid-${pid}`),
    ...(pid === undefined ? {} : { pid }),
    ...(startTicks === undefined ? {} : { startTicks }),
    members,
    unnamed: command === undefined,
  };
}
