import { line } from 'd3-shape';
import type { ChartSpec, ChartTimeline, SparkLines } from './chart.js';
import { fittedOf } from './fitted.js';
import { axisOf, extentOf, type Point, pointsOf, thin } from './points.js';
import { coordinate, element } from './svg.js';

const WIDTH = 112;
const HEIGHT = 26;
const PAD = 3;

/** Private memory, else RSS, PSS or VSS. */
export function sparkLinesOf(timelines: readonly ChartTimeline[]): SparkLines {
  const { from, to, positions } = axisOf(timelines);
  return { from, to, points: timelines.map((timeline, index) => thin(shapeOf(timeline, positions[index] ?? []), 60)) };
}

/** Memory over time, without scales: only the shape. */
export function sparkline({ lines }: Extract<ChartSpec, { kind: 'sparkline' }>): string {
  const { from, to } = lines;
  const extent = extentOf(lines.points.flat());
  if (!extent) return '';
  const [low, high] = extent;
  const x = (value: number): number =>
    to > from ? PAD + ((value - from) / (to - from)) * (WIDTH - 2 * PAD) : WIDTH / 2;
  // A change of less than 2 % of the level is drawn as the flat line that it is.
  const span = Math.max(high - low, high * 0.02, 1);
  const y = (value: number): number => HEIGHT - PAD - ((value - low) / span) * (HEIGHT - 2 * PAD);
  const path = line<Point>(
    (point) => x(point.x),
    (point) => y(point.y),
  ).digits(1);
  const drawn = lines.points.map((points) => {
    const last = points.at(-1);
    if (!last) return '';
    return (
      element('path', { class: 'sparkline-line', d: path(points) ?? '' }) +
      element('circle', { class: 'sparkline-end', cx: coordinate(x(last.x)), cy: coordinate(y(last.y)), r: 2 })
    );
  });
  return element(
    'svg',
    { class: 'sparkline', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT, 'aria-hidden': 'true' },
    drawn.join(''),
  );
}

function shapeOf(timeline: ChartTimeline, positions: readonly number[]): Point[] {
  const fitted = fittedOf(timeline);
  if (fitted) return pointsOf(timeline, positions, fitted.numberOf);
  const pss = pointsOf(timeline, positions, (sample) => sample.pss);
  return pss.length > 0 ? pss : pointsOf(timeline, positions, ({ vss }) => vss);
}
