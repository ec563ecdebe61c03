import { type Agreement, agreementsByTool, COMPARED_TOTALS, type ComparedTotal } from '../../model/agreement.js';
import { groupBy } from '../../model/group-by.js';
import { type Problem, quote } from '../../model/problem.js';
import type { ProgramRecord } from '../../model/program.js';
import { type Bytes, KIB } from '../../model/units.js';
import type { Member, Process } from '../identify.js';
import type { Reading } from '../readings.js';
import { comparableReadings } from './comparable-readings.js';
import { byOthersOf, roundingOf } from './total-rounding.js';

interface Difference {
  readonly total: ComparedTotal;
  readonly reference: Reading;
  readonly told: Reading;
  readonly bytes: Bytes;
  readonly allowed: Bytes;
}

interface Comparison {
  readonly reference: Reading;
  readonly told: Reading;
  readonly totals: readonly ComparedTotal[];
  readonly largest: Bytes;
  /** Beyond rounding. */
  readonly differs: boolean;
  /** The worst of those that neither rounding nor a step of this or another process between the readings explains. */
  readonly worst?: Difference;
}

/**
 * Compares what several tools told of one process at one instant, each with the one that is believed first.
 *
 * @param members those with a time. A time from the files is none that two tools share; a tool that told of the process
 * more than once in an instant, each time otherwise, is not compared.
 */
export function agreementsOf(
  process: Process,
  members: readonly Member[],
): { agreements: Agreement[]; problems: Problem[] } {
  const instants = comparableReadings(members);
  const ranges = rangesOf(instants);
  const comparisons = instants.flatMap(([reference, ...others]) =>
    reference === undefined ? [] : others.flatMap((told) => compare(reference, told, ranges) ?? []),
  );
  const pairs = groupBy(comparisons, ({ reference, told }) => `${reference.format} ${told.format}`);
  return {
    agreements: [...pairs.values()].flatMap(agreementOf),
    problems: [...pairs.values()].flatMap((ofPair) => problemOf(process, ofPair)),
  };
}

/** All programs' together, by tool. */
export function agreementsOfRecords(records: readonly ProgramRecord[]): Agreement[] {
  return agreementsByTool(records.flatMap(({ timelines }) => timelines.flatMap(({ agreements = [] }) => agreements)));
}

/** How far apart the lowest and the highest of each total are, as the most believed reading of each instant has it. */
function rangesOf(instants: readonly Reading[][]): ReadonlyMap<ComparedTotal, Bytes> {
  return new Map(
    COMPARED_TOTALS.map((total) => {
      let low = Number.POSITIVE_INFINITY;
      let high = 0;
      for (const readings of instants) {
        const value = readings.find(({ sample }) => sample[total] !== undefined)?.sample[total];
        if (value === undefined) continue;
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
      return [total, Math.max(0, high - low)];
    }),
  );
}

function compare(reference: Reading, told: Reading, ranges: ReadonlyMap<ComparedTotal, Bytes>): Comparison | undefined {
  const vmaCount = reference.sample.vmaCount ?? told.sample.vmaCount;
  if (vmaCount === undefined) return undefined;
  const totals: ComparedTotal[] = [];
  let largest = 0;
  let differs = false;
  let worst: Difference | undefined;
  for (const total of COMPARED_TOTALS) {
    const [expected, found] = [reference.sample[total], told.sample[total]];
    if (expected === undefined || found === undefined) continue;
    totals.push(total);
    const bytes = Math.abs(found - expected);
    if (bytes === 0) continue;
    largest = Math.max(largest, bytes);
    const readings: [Reading, Reading] = [reference, told];
    const allowed = roundingOf(total, readings, vmaCount);
    if (bytes <= allowed) continue;
    differs = true;
    const explained = allowed + Math.max(ranges.get(total) ?? 0, byOthersOf(total, readings));
    if (bytes > explained && bytes > (worst?.bytes ?? 0)) worst = { total, reference, told, bytes, allowed };
  }
  if (totals.length === 0) return undefined;
  return { reference, told, totals, largest, differs, ...(worst && { worst }) };
}

function agreementOf(comparisons: readonly Comparison[]): Agreement[] {
  const [first] = comparisons;
  if (first === undefined) return [];
  const told = new Set(comparisons.flatMap(({ totals }) => totals));
  return [
    {
      reference: first.reference.format,
      tool: first.told.format,
      processes: 1,
      samples: comparisons.length,
      equal: comparisons.filter(({ differs }) => !differs).length,
      moved: comparisons.filter(({ differs, worst }) => differs && worst === undefined).length,
      totals: COMPARED_TOTALS.filter((total) => told.has(total)),
      largest: comparisons.reduce((most, { largest }) => Math.max(most, largest), 0),
    },
  ];
}

/** The worst of a process's differences between two tools, in one problem. */
function problemOf({ command, pid }: Process, comparisons: readonly Comparison[]): Problem[] {
  const differences = comparisons.flatMap(({ worst }) => worst ?? []);
  const [first, ...others] = differences;
  if (first === undefined) return [];
  const { total, reference, told, bytes, allowed } = others.reduce((a, b) => (b.bytes > a.bytes ? b : a), first);
  const who = pid === undefined ? quote(command) : `${quote(command)} (pid ${pid})`;
  const message =
    `${told.format} says ${total.toUpperCase()} ${kib(told.sample[total] ?? 0)} of ${who}, ${reference.format} of the ` +
    `same instant ${kib(reference.sample[total] ?? 0)} (${reference.sample.origin.file}:${reference.sample.origin.line}): ` +
    `${kib(bytes)} apart, where rounding explains ${kib(allowed)}; ` +
    `so in ${differences.length} of ${comparisons.length} samples. The process ran on between the two, or one is wrong`;
  return [{ severity: 'warning', code: 'totals-disagree', message, ...told.sample.origin }];
}

function kib(bytes: Bytes): string {
  return `${Math.round(bytes / KIB)} kB`;
}
