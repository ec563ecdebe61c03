import type { CaptureContext, SnapshotCapture } from '../model/capture.js';
import { thinRuns } from './followed-snapshots.js';
import { type KeptTables, keepTable, mergeKept } from './kept-tables.js';
import { appendRuns, type MappingRuns, noRuns } from './mapping-runs.js';
import type { MappingSums } from './mapping-sums.js';
import { followedMeasure, type Reading, readingOfSnapshot, readingOfTotals } from './readings.js';
import type { TableCopier } from './table-copier.js';

/** Who a process is, as far as its captures say. */
export type ProcessIdentity = Pick<CaptureContext, 'device' | 'command' | 'pid' | 'startTicks' | 'layout'>;

/** What is known of one process, in the order in which it was read; of a long series not the mappings of each snapshot. */
export interface ProcessLog extends Readonly<ProcessIdentity> {
  readonly readings: Reading[];
  readonly runs: MappingRuns;
  readonly kept: KeptTables;
}

export function emptyProcessLog({ device, command, pid, startTicks, layout }: ProcessIdentity): ProcessLog {
  return {
    device,
    ...(command === undefined ? {} : { command }),
    ...(pid === undefined ? {} : { pid }),
    ...(startTicks === undefined ? {} : { startTicks }),
    ...(layout === undefined ? {} : { layout }),
    readings: [],
    runs: noRuns(),
    kept: new Map(),
  };
}

export function addReading(log: ProcessLog, reading: Reading): void {
  log.readings.push(reading);
}

/** The scratch memory for folding snapshots. */
export interface SnapshotTools {
  readonly sums: MappingSums;
  readonly copier: TableCopier;
}

export function addSnapshot(log: ProcessLog, capture: SnapshotCapture, { sums, copier }: SnapshotTools): void {
  const { table } = capture;
  const measure = followedMeasure(table);
  if (measure === undefined) {
    log.readings.push(readingOfTotals(capture));
    return;
  }
  const { privateBytes, unreclaimable } = sums.add(log.runs, log.readings.length, table);
  const reading = readingOfSnapshot(capture, measure, unreclaimable);
  log.readings.push(reading);
  keepTable(log.kept, { reading, privateBytes, table }, copier);
  thinRuns(log);
}

/** Adds `other` to `log`; `renumbered` has the number in `log`'s ledger of each mapping in `other`'s. */
export function mergeProcessLogs(log: ProcessLog, other: ProcessLog, renumbered: readonly number[]): void {
  appendRuns(log.runs, other.runs, log.readings.length, renumbered);
  for (const reading of other.readings) log.readings.push(reading);
  mergeKept(log.kept, other.kept);
  thinRuns(log);
}
