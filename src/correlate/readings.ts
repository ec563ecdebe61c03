import type { ContextSource, SampleCapture, SnapshotCapture } from '../model/capture.js';
import { type PlacedSample, type Sample, sampleOf } from '../model/memory.js';
import type { VmaTable } from '../model/vma-table.js';
import { type Measure, measureOf, PRIVATE, RESIDENT } from './mapping-points.js';

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

/** The reading of a snapshot; `measure` is left out where the table has no VMAs to follow. */
export function readingOfSnapshot(capture: SnapshotCapture): Reading {
  const { table, format } = capture;
  const totals = sampleOf(table);
  if (isRollup(table)) {
    delete totals.vmaCount;
    delete totals.vss;
    return reading(capture, totals, RANK.rollup);
  }
  if (table.count === 0) return reading(capture, totals, RANK.virtual);
  const measure = measureOf(table);
  return { ...reading(capture, totals, snapshotRank(format, measure)), measure };
}

export function readingOfSample(capture: SampleCapture): Reading {
  return reading(capture, capture.sample, sampleRank(capture.format, capture.sample));
}

function reading(capture: SnapshotCapture | SampleCapture, totals: Sample, rank: number): Reading {
  const { context, format, origin } = capture;
  const takenAt = context.takenAt ?? totals.takenAt;
  return {
    sample: { ...totals, ...(takenAt === undefined ? {} : { takenAt }), origin },
    format,
    rank,
    ...(context.sources.takenAt === undefined ? {} : { timeSource: context.sources.takenAt }),
  };
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
