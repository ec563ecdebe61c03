import type { Sample } from '../../model/memory.js';
import { sampleCountOf } from '../../model/sample-count.js';
import type { ChartTimeline } from './chart.js';

/** What is drawn, in the order of the legend; `private` is what the growth rule fitted, where it is none of the others. */
export type Measure = 'vss' | 'rss' | 'pss' | 'uss' | 'private';

/** A sample's place on the time axis (milliseconds, or its number) with one value in bytes. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where each sample of each timeline lies: at its time, else, if any has none, at its number. */
export interface Axis {
  readonly timed: boolean;
  readonly from: number;
  readonly to: number;
  readonly positions: readonly (readonly number[])[];
}

export function axisOf(timelines: readonly ChartTimeline[]): Axis {
  const timed = timelines.every((timeline) => timeline.samples.every((sample) => Number.isFinite(sample.takenAt)));
  let before = 0;
  const positions = timelines.map((timeline) => {
    const first = before + 1;
    before += sampleCountOf(timeline);
    const { at } = timeline.thinned ?? {};
    return timeline.samples.map((sample, i) =>
      timed && sample.takenAt !== undefined ? sample.takenAt : first + (at?.[i] ?? i),
    );
  });
  let from = Infinity;
  let to = -Infinity;
  for (const row of positions) {
    for (const x of row) {
      from = Math.min(from, x);
      to = Math.max(to, x);
    }
  }
  return { timed, from: Number.isFinite(from) ? from : 0, to: Number.isFinite(to) ? to : 0, positions };
}

/** The points of one number of the samples; samples that don't have it are left out. */
export function pointsOf(
  { samples }: ChartTimeline,
  positions: readonly number[],
  numberOf: (sample: Sample) => number | undefined,
): Point[] {
  const points: Point[] = [];
  samples.forEach((sample, index) => {
    const x = positions[index];
    const y = numberOf(sample);
    if (x !== undefined && y !== undefined && Number.isFinite(y)) points.push({ x, y });
  });
  return points;
}

/** Least and greatest value; `undefined` for no points. */
export function extentOf(points: readonly Point[]): readonly [number, number] | undefined {
  let low = Infinity;
  let high = -Infinity;
  for (const { y } of points) {
    low = Math.min(low, y);
    high = Math.max(high, y);
  }
  return low <= high ? [low, high] : undefined;
}

/**
 * The same line with fewer points: of each of `buckets` strips the first, the lowest, the highest and the last one,
 * so that no peak is lost.
 */
export function thin(points: readonly Point[], buckets: number): readonly Point[] {
  const first = points[0];
  const last = points.at(-1);
  if (points.length <= 4 * buckets || !first || !last || last.x <= first.x) return points;
  const width = (last.x - first.x) / buckets;
  const kept = new Set<Point>();
  let strip: Point[] = [];
  let number = 0;
  const keep = (): void => {
    const low = strip.reduce((a, b) => (b.y < a.y ? b : a), strip[0] ?? first);
    const high = strip.reduce((a, b) => (b.y > a.y ? b : a), strip[0] ?? first);
    for (const point of strip) {
      if (point === strip[0] || point === low || point === high || point === strip.at(-1)) kept.add(point);
    }
  };
  for (const point of points) {
    const at = Math.min(buckets - 1, Math.floor((point.x - first.x) / width));
    if (at !== number) {
      keep();
      strip = [];
      number = at;
    }
    strip.push(point);
  }
  keep();
  return [...kept];
}
