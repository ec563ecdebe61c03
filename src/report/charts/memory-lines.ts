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
const LABEL_HEIGHT = 15;

const MARKERS: Readonly<Record<Measure, SymbolType>> = {
  vss: symbolDiamond,
  rss: symbolCircle,
  pss: symbolSquare,
  uss: symbolTriangle,
};

/** The lines of one measure, one for each timeline, and the label of the one that ends last. */
export function drawLine(
  measure: Measure,
  lines: readonly (readonly Point[])[],
  x: Scale,
  y: Scale,
  timed: boolean,
): { svg: string; label?: Label } {
  const path = line<Point>(
    (point) => x(point.x),
    (point) => y(point.y),
  ).digits(1);
  const look = `series-${measure}`;
  const marked = lines.reduce((sum, points) => sum + points.length, 0) <= MARKED_POINTS;
  let svg = '';
  let end: Point | undefined;
  for (const points of lines) {
    const last = points.at(-1);
    if (!last) continue;
    svg += element('path', { class: `line ${look}`, d: path(points) ?? '' });
    for (const point of marked ? points : [last]) {
      const place = `translate(${coordinate(x(point.x))} ${coordinate(y(point.y))})`;
      const when = timed ? formatInstant(point.x) : `sample ${point.x}`;
      const title = element('title', {}, svgText(`${NAMES[measure]} ${formatBytes(point.y)}, ${when}`));
      const shape = symbol(MARKERS[measure], marked ? 22 : 34).digits(1)() ?? '';
      svg += element('path', { class: `marker ${look}`, d: shape, transform: place }, title);
    }
    if (!end || last.x >= end.x) end = last;
  }
  if (!end) return { svg };
  return { svg, label: { look, name: NAMES[measure], value: formatBytes(end.y), x: x(end.x), y: y(end.y) } };
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
