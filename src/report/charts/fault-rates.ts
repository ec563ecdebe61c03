import { HOUR } from '../../model/units.js';
import type { ChartTimeline } from './chart.js';
import { type Axis, type Point, thin } from './points.js';

export type FaultKind = 'minorFaults' | 'majorFaults';

/** Page faults from one sample to the next. */
export interface FaultRates {
  /** "second", "minute" or "hour", so that the highest rate is not below one; "sample" where there are no times. */
  readonly per: string;
  /** Of each timeline, where the first interval begins, and the ends of all with their rates. */
  readonly lines: readonly { readonly from: number; readonly points: readonly Point[] }[];
  readonly most: number;
}

/** The rates of one kind; undefined where no timeline counts them twice. */
export function faultRatesOf(
  timelines: readonly ChartTimeline[],
  axis: Axis,
  kind: FaultKind,
  buckets: number,
): FaultRates | undefined {
  const raw = timelines.map((timeline, i) => intervalsOf(timeline, axis, axis.positions[i] ?? [], kind));
  const most = raw.flatMap(({ points }) => points).reduce((max, { y }) => Math.max(max, y), 0);
  if (raw.every(({ points }) => points.length === 0)) return undefined;
  const { per, factor } = axis.timed ? (UNITS.find(({ factor: one }) => most >= one) ?? PER_HOUR) : PER_SAMPLE;
  return {
    per,
    lines: raw.map(({ from, points }) => ({
      from,
      points: thin(
        points.map(({ x, y }) => ({ x, y: y / factor })),
        buckets,
      ),
    })),
    most: most / factor,
  };
}

/** Faults per hour, or per sample, of each interval; where a count fell there is no telling: zero. */
function intervalsOf(
  { samples }: ChartTimeline,
  { timed }: Axis,
  positions: readonly number[],
  kind: FaultKind,
): { from: number; points: Point[] } {
  const points: Point[] = [];
  let before: Point | undefined;
  let from = 0;
  samples.forEach((sample, index) => {
    const count = sample[kind];
    const x = positions[index];
    if (count === undefined || x === undefined) return;
    if (before === undefined) from = x;
    else {
      const length = timed ? (x - before.x) / HOUR : 1;
      if (length <= 0) return;
      points.push({ x, y: Math.max(0, count - before.y) / length });
    }
    before = { x, y: count };
  });
  return { from, points };
}

const PER_HOUR = { per: 'hour', factor: 1 } as const;
const PER_SAMPLE = { per: 'sample', factor: 1 } as const;
const UNITS = [{ per: 'second', factor: 3600 }, { per: 'minute', factor: 60 }, PER_HOUR] as const;
