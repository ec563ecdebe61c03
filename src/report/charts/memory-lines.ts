import {
  line,
  type SymbolType,
  symbol,
  symbolCircle,
  symbolDiamond,
  symbolSquare,
  symbolStar,
  symbolTriangle,
} from 'd3-shape';
import { formatBytes, formatInstant } from '../outputs/format-value.js';
import type { ChartTimeline } from './chart.js';
import { type Gap, partsOf } from './gaps.js';
import type { Label } from './memory-labels.js';
import type { Series } from './memory-panels.js';
import type { Measure, Point } from './points.js';
import { coordinate, element, svgText } from './svg.js';
import type { Scale } from './ticks.js';

/** With more markers than this, they would make a caterpillar of the line. */
const MOST_MARKERS = 14;
/** With more, dashes would run into each other. */
const DENSE_POINTS = 250;

/** Pixels within which two lines end at the same time. */
const SAME_END = 12;

const MARKERS: Readonly<Record<Measure, SymbolType>> = {
  vss: symbolDiamond,
  rss: symbolCircle,
  pss: symbolSquare,
  uss: symbolTriangle,
  private: symbolStar,
};

/** Where the line of a timeline ends. */
export interface LineEnd {
  readonly timeline: number;
  readonly x: number;
  readonly y: number;
  readonly value: number;
}

/** How the lines of a panel are drawn. */
export interface LineLook {
  readonly x: Scale;
  readonly y: Scale;
  readonly timed: boolean;
  /** What stands out of the panel: drawn in full. */
  readonly isMain: boolean;
  /** Of each timeline, where its line is broken. */
  readonly gaps: readonly (readonly Gap[])[];
}

/** The lines of one measure, one for each timeline, and where they end. */
export function drawLine(series: Series, { x, y, timed, isMain, gaps }: LineLook): { svg: string; ends: LineEnd[] } {
  const { measure, name, lines } = series;
  const path = line<Point>(
    (point) => x(point.x),
    (point) => y(point.y),
  ).digits(1);
  const look = `series-${measure}`;
  const count = lines.reduce((sum, points) => sum + points.length, 0);
  const ends: LineEnd[] = [];
  let svg = '';
  lines.forEach((points, timeline) => {
    const last = points.at(-1);
    if (!last) return;
    const parts = partsOf(points, gaps[timeline] ?? []);
    svg += element('path', {
      class: `line ${look}${isMain ? ' main' : ''}${count > DENSE_POINTS ? ' dense' : ''}`,
      d: parts.map((part) => path(part) ?? '').join(''),
    });
    for (const point of markedOf(points)) {
      const place = `translate(${coordinate(x(point.x))} ${coordinate(y(point.y))})`;
      const when = timed ? formatInstant(point.x) : `sample ${point.x}`;
      const title = element('title', {}, svgText(`${name} ${formatBytes(point.y)}, ${when}`));
      const shape = symbol(MARKERS[measure], 24).digits(1)() ?? '';
      svg += element('path', { class: `marker ${look}`, d: shape, transform: place }, title);
    }
    ends.push({ timeline, x: x(last.x), y: y(last.y), value: last.y });
  });
  return { svg, ends };
}

/** Each point of a short line, some of a long one, and the last. */
function markedOf(points: readonly Point[]): readonly Point[] {
  const step = Math.ceil(points.length / MOST_MARKERS);
  const last = points.length - 1;
  return points.filter((_, index) => (last - index) % step === 0);
}

/** The labels of the lines that end last: of the highest one, or, up to `limit`, of each with its pid. */
export function labelsOf(
  { measure, name }: Series,
  ends: readonly LineEnd[],
  timelines: readonly ChartTimeline[],
  limit: number,
): Label[] {
  const right = ends.reduce((max, end) => Math.max(max, end.x), -Infinity);
  const latest = ends.filter((end) => end.x > right - SAME_END).sort((a, b) => a.y - b.y);
  return latest.slice(0, limit).map((end) => {
    const pid = timelines[end.timeline]?.pid;
    const whose = latest.length > 1 && limit > 1 && pid !== undefined ? ` of ${pid}` : '';
    return { look: `series-${measure}`, name: `${name}${whose}`, value: formatBytes(end.value), x: end.x, y: end.y };
  });
}
