import { line, type SymbolType, symbol, symbolCircle, symbolDiamond, symbolSquare, symbolTriangle } from 'd3-shape';
import { formatBytes, formatInstant, formatRate } from '../outputs/format-value.js';
import type { ChartTimeline } from './chart.js';
import { NAMES, type Panel } from './memory-panels.js';
import type { Axis, Measure, Point } from './points.js';
import { coordinate, element, svgText } from './svg.js';
import type { Scale } from './ticks.js';

/** Words beside the end of a line. */
export interface Label {
  readonly look: string;
  readonly name: string;
  readonly value: string;
  /** Where the line ends. */
  readonly x: number;
  readonly y: number;
}

/** With more points than this, markers would make a caterpillar of the line. */
const MARKED_POINTS = 40;
/** With more, dashes would run into each other. */
const DENSE_POINTS = 250;
const LABEL_HEIGHT = 15;

/** Pixels within which two lines end at the same time. */
const SAME_END = 12;

const MARKERS: Readonly<Record<Measure, SymbolType>> = {
  vss: symbolDiamond,
  rss: symbolCircle,
  pss: symbolSquare,
  uss: symbolTriangle,
};

/** Where the line of a timeline ends. */
export interface LineEnd {
  readonly timeline: number;
  readonly x: number;
  readonly y: number;
  readonly value: number;
}

/** The lines of one measure, one for each timeline, and where they end. */
export function drawLine(
  measure: Measure,
  lines: readonly (readonly Point[])[],
  x: Scale,
  y: Scale,
  timed: boolean,
): { svg: string; ends: LineEnd[] } {
  const path = line<Point>(
    (point) => x(point.x),
    (point) => y(point.y),
  ).digits(1);
  const look = `series-${measure}`;
  const count = lines.reduce((sum, points) => sum + points.length, 0);
  const marked = count <= MARKED_POINTS;
  const ends: LineEnd[] = [];
  let svg = '';
  lines.forEach((points, timeline) => {
    const last = points.at(-1);
    if (!last) return;
    svg += element('path', { class: `line ${look}${count > DENSE_POINTS ? ' dense' : ''}`, d: path(points) ?? '' });
    for (const point of marked ? points : [last]) {
      const place = `translate(${coordinate(x(point.x))} ${coordinate(y(point.y))})`;
      const when = timed ? formatInstant(point.x) : `sample ${point.x}`;
      const title = element('title', {}, svgText(`${NAMES[measure]} ${formatBytes(point.y)}, ${when}`));
      const shape = symbol(MARKERS[measure], marked ? 22 : 34).digits(1)() ?? '';
      svg += element('path', { class: `marker ${look}`, d: shape, transform: place }, title);
    }
    ends.push({ timeline, x: x(last.x), y: y(last.y), value: last.y });
  });
  return { svg, ends };
}

/** The labels of the lines that end last: of the highest one, or, up to `limit`, of each with its pid. */
export function labelsOf(
  measure: Measure,
  ends: readonly LineEnd[],
  timelines: readonly ChartTimeline[],
  limit: number,
): Label[] {
  const right = ends.reduce((max, end) => Math.max(max, end.x), -Infinity);
  const latest = ends.filter((end) => end.x > right - SAME_END).sort((a, b) => a.y - b.y);
  return latest.slice(0, limit).map((end) => {
    const pid = timelines[end.timeline]?.pid;
    const whose = latest.length > 1 && limit > 1 && pid !== undefined ? ` of ${pid}` : '';
    return {
      look: `series-${measure}`,
      name: `${NAMES[measure]}${whose}`,
      value: formatBytes(end.value),
      x: end.x,
      y: end.y,
    };
  });
}

/** The fitted straight lines, where this panel is theirs. */
export function drawTrend(
  panel: Panel,
  timelines: readonly ChartTimeline[],
  axis: Axis,
  x: Scale,
  y: Scale,
): { svg: string; label?: Label } {
  let svg = '';
  let label: Label | undefined;
  if (!panel.trend) return { svg };
  timelines.forEach(({ trend }, index) => {
    const first = axis.positions[index]?.[0];
    const last = axis.positions[index]?.at(-1);
    if (!trend || first === undefined || last === undefined) return;
    if (!Number.isFinite(trend.from) || !Number.isFinite(trend.to)) return;
    svg += element('line', { class: 'trend', x1: x(first), y1: y(trend.from), x2: x(last), y2: y(trend.to) });
    if (label && label.x > x(last)) return;
    const value =
      trend.ratePerHour !== undefined
        ? formatRate(trend.ratePerHour, 'hour')
        : trend.ratePerSample !== undefined
          ? formatRate(trend.ratePerSample, 'sample')
          : '';
    label = { look: 'label-trend', name: 'trend', value, x: x(last), y: y(trend.to) };
  });
  return label ? { svg, label } : { svg };
}

/** The labels right of the panel, moved apart where the lines end too close to each other. */
export function drawLabels(labels: readonly Label[], frame: { top: number; bottom: number; right: number }): string {
  const sorted = labels.toSorted((a, b) => a.y - b.y);
  const places = sorted.map((label) => label.y);
  for (let i = 1; i < places.length; i++) {
    places[i] = Math.max(places[i] ?? 0, (places[i - 1] ?? 0) + LABEL_HEIGHT);
  }
  // What was pushed below the panel is pushed back up, from the last one.
  let limit = Math.max(frame.bottom + 2, frame.top + (places.length - 1) * LABEL_HEIGHT);
  for (let i = places.length - 1; i >= 0; i--) {
    places[i] = Math.min(places[i] ?? 0, limit);
    limit = (places[i] ?? 0) - LABEL_HEIGHT;
  }
  let drawn = '';
  sorted.forEach((label, index) => {
    const at = places[index] ?? label.y;
    const x = frame.right + 14;
    drawn += element('path', {
      class: 'leader',
      d: `M${coordinate(label.x + 4)},${coordinate(label.y)}H${coordinate(frame.right + 4)}L${coordinate(x - 3)},${coordinate(at)}`,
    });
    drawn += element(
      'text',
      { class: `label ${label.look}`, x, y: at + 4 },
      element('tspan', { class: 'label-name' }, svgText(label.name)) + svgText(` ${label.value}`),
    );
  });
  return drawn;
}
