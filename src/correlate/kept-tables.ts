import { compareOrigins } from '../model/origin.js';
import type { VmaTable } from '../model/vma-table.js';
import type { Reading } from './readings.js';
import type { TableCopier } from './table-copier.js';

/** A table that was kept, with the reading that it belongs to. */
export interface KeptTable {
  readonly reading: Reading;
  /** Sum of what the reading's measure follows. */
  readonly privateBytes: number;
  table: VmaTable;
}

/** The tables of one process that are kept of one kind of snapshot. */
export interface Extremes {
  first: KeptTable;
  peak: KeptTable;
  last: KeptTable;
}

/**
 * By kind of snapshot and order. Whether a timeline goes by time or by the order of its files is known only at the
 * end, so the extremes of both orders are kept.
 */
export type KeptTables = Map<string, Extremes>;

/** Keeps a copy of the snapshot's table if it is the first, the last or the one with the most private memory so far. */
export function keepTable(kept: KeptTables, candidate: KeptTable, copier: TableCopier): void {
  let isKept = false;
  const replaced: KeptTable[] = [];
  for (const order of ordersOf(candidate.reading)) {
    const key = keyOf(candidate.reading, order);
    const extremes = kept.get(key);
    if (extremes === undefined) {
      kept.set(key, { first: candidate, peak: candidate, last: candidate });
      isKept = true;
      continue;
    }
    for (const place of placesFor(candidate, extremes, COMPARE[order])) {
      replaced.push(extremes[place]);
      extremes[place] = candidate;
      isKept = true;
    }
  }
  if (!isKept) return;
  // Mostly each snapshot takes the place of the last one: to copy it into the same arrays is ten times faster.
  const spare = replaced.find((table) => !isIn(kept, table))?.table;
  candidate.table = copier.copy(candidate.table, spare);
}

function placesFor(
  candidate: KeptTable,
  { first, peak, last }: Extremes,
  compare: (a: Reading, b: Reading) => number,
): (keyof Extremes)[] {
  const places: (keyof Extremes)[] = [];
  if (compare(candidate.reading, first.reading) < 0) places.push('first');
  if (exceeds(candidate, peak, compare)) places.push('peak');
  if (compare(candidate.reading, last.reading) > 0) places.push('last');
  return places;
}

function isIn(kept: KeptTables, table: KeptTable): boolean {
  for (const { first, peak, last } of kept.values()) {
    if (first === table || peak === table || last === table) return true;
  }
  return false;
}

export function mergeKept(into: KeptTables, from: KeptTables): void {
  for (const [key, theirs] of from) {
    const ours = into.get(key);
    if (ours === undefined) {
      into.set(key, { ...theirs });
      continue;
    }
    const compare = COMPARE[key.startsWith('time') ? 'time' : 'file'];
    if (compare(theirs.first.reading, ours.first.reading) < 0) ours.first = theirs.first;
    if (compare(theirs.last.reading, ours.last.reading) > 0) ours.last = theirs.last;
    if (exceeds(theirs.peak, ours.peak, compare)) ours.peak = theirs.peak;
  }
}

type Order = 'time' | 'file';

const COMPARE: Readonly<Record<Order, (a: Reading, b: Reading) => number>> = {
  time: (a, b) => (a.sample.takenAt ?? 0) - (b.sample.takenAt ?? 0) || compareOrigins(a.sample.origin, b.sample.origin),
  file: (a, b) => compareOrigins(a.sample.origin, b.sample.origin),
};

const BY_FILE: readonly Order[] = ['file'];
const BY_TIME: readonly Order[] = ['time'];
const BY_BOTH: readonly Order[] = ['time', 'file'];

/** A time that the text itself tells is never given up; any other may be (see times.ts). */
function ordersOf(reading: Reading): readonly Order[] {
  if (reading.sample.takenAt === undefined) return BY_FILE;
  return reading.timeSource === 'header' || reading.timeSource === 'content' ? BY_TIME : BY_BOTH;
}

function keyOf(reading: Reading, order: Order): string {
  return `${order} ${reading.measure ?? ''} ${reading.format}`;
}

function exceeds(candidate: KeptTable, peak: KeptTable, compare: (a: Reading, b: Reading) => number): boolean {
  return (
    candidate.privateBytes > peak.privateBytes ||
    (candidate.privateBytes === peak.privateBytes && compare(candidate.reading, peak.reading) < 0)
  );
}
