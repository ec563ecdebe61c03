import type { ContextSource, SampleCapture, SnapshotCapture } from '../model/capture.js';
import { type PlacedSample, type Sample, sampleOf } from '../model/memory.js';
import type { Origin } from '../model/origin.js';
import type { Bytes, Instant } from '../model/units.js';
import type { VmaTable } from '../model/vma-table.js';
import { type Measure, measureOf, PRIVATE, RESIDENT } from './followed-measure.js';

/** What one source said of one process at one instant. */
export interface Reading {
  readonly sample: PlacedSample;
  readonly format: string;
  /** Which source is believed first where several tell the same total: the lowest. */
  readonly rank: number;
  /** What its VMAs are followed by; absent where it has none. */
  readonly measure?: Measure;
  readonly timeSource?: ContextSource;
}

const RANK = {
  smaps: 0,
  rollup: 1,
  privateSnapshot: 2,
  table: 3,
  residentSnapshot: 4,
  status: 5,
  virtual: 6,
} as const;

/** What the VMAs of a table are followed by; undefined where it has none to follow. */
export function followedMeasure(table: VmaTable): Measure | undefined {
  return table.count === 0 || isRollup(table) ? undefined : measureOf(table);
}

/** The reading of a snapshot of which nothing is followed. */
export function readingOfTotals(capture: SnapshotCapture): Reading {
  const totals = sampleOf(capture.table);
  if (!isRollup(capture.table)) return reading(capture, totals, RANK.virtual);
  delete totals.vmaCount;
  delete totals.vss;
  return reading(capture, totals, RANK.rollup);
}

/** The reading of a snapshot whose VMAs are followed by `measure`. */
export function readingOfSnapshot(capture: SnapshotCapture, measure: Measure, unreclaimable?: Bytes): Reading {
  const totals = sampleOf(capture.table);
  if (unreclaimable !== undefined) totals.unreclaimable = unreclaimable;
  return reading(capture, totals, snapshotRank(capture.format, measure), measure);
}

export function readingOfSample(capture: SampleCapture): Reading {
  return reading(capture, capture.sample, sampleRank(capture.format, capture.sample));
}

/** Written out, since copying objects by spreading them costs more than all else that is done for a snapshot. */
function reading(
  { context, format, origin }: SnapshotCapture | SampleCapture,
  totals: Sample,
  rank: number,
  measure?: Measure,
): Reading {
  const sample = withFaults(placedSample(context.takenAt ?? totals.takenAt, origin, totals), totals);
  const told: { -readonly [K in keyof Reading]: Reading[K] } = { sample, format, rank };
  if (context.sources.takenAt !== undefined) told.timeSource = context.sources.takenAt;
  if (measure !== undefined) told.measure = measure;
  return told;
}

/** A sample of memory, its totals in one order whatever the source's. */
export function placedSample(takenAt: Instant | undefined, origin: Origin, totals: Sample): PlacedSample {
  return withTotals(takenAt === undefined ? { origin } : { takenAt, origin }, totals);
}

/** A sample with what was counted of its memory and its page faults, and not where that was read. */
export function unplacedSample(placed: PlacedSample): Sample {
  const { takenAt } = placed;
  return withFaults(withTotals(takenAt === undefined ? {} : { takenAt }, placed), placed);
}

function withTotals<S extends Sample>(sample: S, totals: Sample): S {
  if (totals.vss !== undefined) sample.vss = totals.vss;
  if (totals.rss !== undefined) sample.rss = totals.rss;
  if (totals.pss !== undefined) sample.pss = totals.pss;
  if (totals.uss !== undefined) sample.uss = totals.uss;
  if (totals.swap !== undefined) sample.swap = totals.swap;
  if (totals.privateDirty !== undefined) sample.privateDirty = totals.privateDirty;
  if (totals.unreclaimable !== undefined) sample.unreclaimable = totals.unreclaimable;
  if (totals.vmaCount !== undefined) sample.vmaCount = totals.vmaCount;
  return sample;
}

function withFaults<S extends Sample>(sample: S, { minorFaults, majorFaults }: Sample): S {
  if (minorFaults !== undefined) sample.minorFaults = minorFaults;
  if (majorFaults !== undefined) sample.majorFaults = majorFaults;
  return sample;
}

function snapshotRank(format: string, measure: Measure): number {
  if (measure === PRIVATE) return format === 'smaps' ? RANK.smaps : RANK.privateSnapshot;
  return measure === RESIDENT ? RANK.residentSnapshot : RANK.virtual;
}

function sampleRank(format: string, sample: Sample): number {
  if (/^smaps[-_]rollup$/.test(format)) return RANK.rollup;
  if (/^stat(?:us|m)?$/.test(format)) return RANK.status;
  return sample.rss === undefined && sample.uss === undefined && sample.pss === undefined ? RANK.virtual : RANK.table;
}

/** smaps_rollup prints one area that spans all: its range is not a size and not a VMA. */
function isRollup(table: VmaTable): boolean {
  return table.count === 1 && table.paths[table.path[0] as number] === '[rollup]';
}
