import { groupBy } from './group-by.js';
import type { Sample } from './memory.js';
import { compareNames } from './origin.js';
import type { Bytes } from './units.js';

/** What two tools may both tell of a process. */
export type ComparedTotal = 'vss' | 'rss' | 'pss' | 'uss';

export const COMPARED_TOTALS: readonly ComparedTotal[] = ['vss', 'rss', 'pss', 'uss'] satisfies (keyof Sample)[];

/** How far two tools told the same of the same processes at the same instants. */
export interface Agreement {
  /** Ids of the formats; the first is the one that is believed. */
  readonly reference: string;
  readonly tool: string;
  readonly processes: number;
  /** Compared pairs: a process at an instant. */
  readonly samples: number;
  /** Of them, those that were equal within rounding in all totals that both tell. */
  readonly equal: number;
  /**
   * Those that differed by no more than the process moved over its samples, or than another process that starts
   * changes: something ran between the two readings.
   */
  readonly moved: number;
  /** In the order of `COMPARED_TOTALS`. */
  readonly totals: readonly ComparedTotal[];
  /** The largest difference of any total. */
  readonly largest: Bytes;
}

/** All those of two tools in one, by their names. */
export function agreementsByTool(agreements: readonly Agreement[]): Agreement[] {
  return [...groupBy(agreements, ({ reference, tool }) => `${reference} ${tool}`).values()]
    .map((ofPair) => ofPair.reduce(addAgreements))
    .sort((a, b) => compareNames(a.reference, b.reference) || compareNames(a.tool, b.tool));
}

/** Adds `other`, which is of other processes, to `one`. */
function addAgreements(one: Agreement, other: Agreement): Agreement {
  return {
    reference: one.reference,
    tool: one.tool,
    processes: one.processes + other.processes,
    samples: one.samples + other.samples,
    equal: one.equal + other.equal,
    moved: one.moved + other.moved,
    totals: COMPARED_TOTALS.filter((total) => one.totals.includes(total) || other.totals.includes(total)),
    largest: Math.max(one.largest, other.largest),
  };
}
