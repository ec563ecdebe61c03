import type { ChartTimeline } from './chart.js';
import { fittedOf } from './fitted.js';
import type { Measures } from './layout.js';
import { type Axis, extentOf, type Measure, type Point, pointsOf, thin } from './points.js';

/** One measure with a line for each timeline. */
export interface Series {
  readonly measure: Measure;
  readonly name: string;
  readonly lines: readonly (readonly Point[])[];
}

/** Measures that are drawn over one scale. */
export interface Panel {
  readonly title: string;
  /** The private memory's, where it is here, is the last: drawn over the others. */
  readonly series: readonly Series[];
  readonly extent: readonly [number, number];
  readonly height: number;
  /** Whether it is the private memory's: the fitted line belongs here. */
  readonly isMain: boolean;
}

/** Below this share of a panel's height, the growth of the private memory would no longer be seen. */
const VISIBLE_SHARE = 0.2;

/**
 * The panels from top to bottom: the private memory's is the last and tall; what would flatten it stands above, in
 * small ones.
 */
export function panelsOf(timelines: readonly ChartTimeline[], axis: Axis, measures: Measures): Panel[] {
  const all = MEASURES.flatMap((measure) => seriesOf(timelines, axis, measure, measures.buckets));
  const fitted = timelines.map(fittedOf).find((one) => one !== undefined)?.measure;
  const main = all.find(({ measure }) => measure === fitted) ?? all[0];
  if (!main) return [];
  const ends = timelines.flatMap(({ trend }) => (trend ? [trend.from, trend.to] : []).filter(Number.isFinite));
  const mainExtent = union(spanOf(main), ends);
  let shared = mainExtent;
  const together = [main];
  const apart: Series[][] = [];
  for (const series of all.filter((one) => one !== main)) {
    const wider = union(shared, spanOf(series));
    if (series.measure !== 'vss' && apart.length === 0 && isVisible(mainExtent, wider)) {
      together.push(series);
      shared = wider;
    } else if (series.measure === 'vss' || apart.length === 0) apart.push([series]);
    else apart.at(-1)?.push(series);
  }
  const side = apart.map((group) => panel(group, group.map(spanOf).reduce(union), measures.sideHeight, false));
  return [...side.reverse(), panel(together, shared, measures.mainHeight, true)];
}

function isVisible(main: readonly [number, number], shared: readonly [number, number]): boolean {
  const moves = main[1] - main[0];
  // A line that hardly moves has no growth to show: company does not hurt it.
  if (moves <= main[1] * 0.02) return shared[1] <= Math.max(4 * main[1], 1);
  return moves >= VISIBLE_SHARE * (shared[1] - shared[0]);
}

function panel(series: readonly Series[], extent: readonly [number, number], height: number, isMain: boolean): Panel {
  // Those that a group joined first were nearest to the private memory.
  const ordered = series.toReversed();
  return { title: ordered.map(({ name }) => name).join(' · '), series: ordered, extent, height, isMain };
}

/** At most one; none where no sample carries it. */
function seriesOf(timelines: readonly ChartTimeline[], axis: Axis, measure: Measure, buckets: number): Series[] {
  let name = NAMES[measure];
  const lines = timelines.map((timeline, index) => {
    const positions = axis.positions[index] ?? [];
    if (measure !== 'private')
      return thin(
        pointsOf(timeline, positions, (sample) => sample[measure]),
        buckets,
      );
    const fitted = fittedOf(timeline);
    if (fitted?.measure !== 'private') return [];
    name = fitted.name;
    return thin(pointsOf(timeline, positions, fitted.numberOf), buckets);
  });
  return lines.some((line) => line.length > 0) ? [{ measure, name, lines }] : [];
}

function spanOf(series: Series): readonly [number, number] {
  return extentOf(series.lines.flat()) ?? [0, 0];
}

function union(a: readonly [number, number], b: readonly number[]): readonly [number, number] {
  return b.reduce<readonly [number, number]>(([low, high], value) => [Math.min(low, value), Math.max(high, value)], a);
}

/** The nearest to the private memory first. */
const MEASURES: readonly Measure[] = ['private', 'uss', 'pss', 'rss', 'vss'];

const NAMES: Readonly<Record<Measure, string>> = {
  vss: 'VSS',
  rss: 'RSS',
  pss: 'PSS',
  uss: 'USS',
  private: 'Private',
};
