import type { ChartTimeline } from './chart.js';
import { type Axis, extentOf, type Measure, type Point, pointsOf, thin } from './points.js';

/** One measure with a line for each timeline. */
export interface Series {
  readonly measure: Measure;
  readonly lines: readonly (readonly Point[])[];
}

/** Measures that are drawn over one scale. */
export interface Panel {
  readonly title: string;
  readonly series: readonly Series[];
  readonly extent: readonly [number, number];
  readonly height: number;
  /** Whether the fitted line belongs here. */
  readonly trend: boolean;
}

const BUCKETS = 160;
const MAIN_HEIGHT = 200;
const SIDE_HEIGHT = 64;

/** Below this share of a panel's height, the growth of the private memory would no longer be seen. */
const VISIBLE_SHARE = 0.2;

/**
 * The panels from top to bottom: the private memory's is the last and tall; what would flatten it stands above, in
 * small ones.
 */
export function panelsOf(timelines: readonly ChartTimeline[], axis: Axis): Panel[] {
  const all = (['uss', 'pss', 'rss', 'vss'] as const)
    .map((measure): Series => ({ measure, lines: linesOf(timelines, axis, measure) }))
    .filter((series) => series.lines.some((line) => line.length > 0));
  const [main, ...others] = all;
  if (!main) return [];
  const fitted = timelines.flatMap(({ trend }) => (trend ? [trend.from, trend.to] : []).filter(Number.isFinite));
  const mainExtent = union(spanOf(main), fitted);
  let shared = mainExtent;
  const together = [main];
  const apart: Series[][] = [];
  for (const series of others) {
    const wider = union(shared, spanOf(series));
    if (series.measure !== 'vss' && apart.length === 0 && isVisible(mainExtent, wider)) {
      together.push(series);
      shared = wider;
    } else if (series.measure === 'vss' || apart.length === 0) apart.push([series]);
    else apart.at(-1)?.push(series);
  }
  const side = apart.map((group) => panel(group, group.map(spanOf).reduce(union), SIDE_HEIGHT, false));
  return [...side.reverse(), panel(together, shared, MAIN_HEIGHT, true)];
}

function isVisible(main: readonly [number, number], shared: readonly [number, number]): boolean {
  const moves = main[1] - main[0];
  // A line that hardly moves has no growth to show: company does not hurt it.
  if (moves <= main[1] * 0.02) return shared[1] <= Math.max(4 * main[1], 1);
  return moves >= VISIBLE_SHARE * (shared[1] - shared[0]);
}

function panel(series: readonly Series[], extent: readonly [number, number], height: number, trend: boolean): Panel {
  const ordered = series.toSorted((a, b) => ORDER.indexOf(a.measure) - ORDER.indexOf(b.measure));
  return { title: ordered.map((one) => NAMES[one.measure]).join(' · '), series: ordered, extent, height, trend };
}

function linesOf(timelines: readonly ChartTimeline[], axis: Axis, measure: Measure): (readonly Point[])[] {
  return timelines.map((timeline, index) => thin(pointsOf(timeline, axis.positions[index] ?? [], measure), BUCKETS));
}

function spanOf(series: Series): readonly [number, number] {
  return extentOf(series.lines.flat()) ?? [0, 0];
}

function union(a: readonly [number, number], b: readonly number[]): readonly [number, number] {
  return b.reduce<readonly [number, number]>(([low, high], value) => [Math.min(low, value), Math.max(high, value)], a);
}

const ORDER: readonly Measure[] = ['vss', 'rss', 'pss', 'uss'];

export const NAMES: Readonly<Record<Measure, string>> = { vss: 'VSS', rss: 'RSS', pss: 'PSS', uss: 'USS' };
