import { formatGrowth, formatRate } from '../outputs/format-value.js';
import type { ChartSpec, ChartTimeline } from './chart.js';
import { drawLabels, drawLine, drawTrend, type Label, labelsOf } from './memory-lines.js';
import { type Panel, panelsOf } from './memory-panels.js';
import { type Axis, axisOf } from './points.js';
import { element, svgText } from './svg.js';
import { bytesAxis, positionAxis, type Scale, type Tick } from './ticks.js';

const WIDTH = 760;
const LEFT = 70;
const RIGHT = 142;
const TOP = 22;
const GAP = 30;
const BOTTOM = 42;

/** How many processes that run at the same time are named. */
const SIDE_BY_SIDE = 4;

/**
 * VSS, RSS, PSS and USS of a program over time, with the line that the growth rule fitted.
 *
 * Measures share a panel only while the private memory's growth stays visible in it: VSS is often a thousand times
 * larger. Each measure has a colour, a dash and a marker of its own, so that it survives a grey printer.
 */
export function memorySeries({ timelines }: Extract<ChartSpec, { kind: 'memory-series' }>): string {
  const axis = axisOf(timelines);
  const panels = panelsOf(timelines, axis);
  if (panels.length === 0) return '';
  const right = WIDTH - RIGHT;
  const positions = positionAxis(axis, [LEFT, right]);
  let top = TOP;
  let drawn = '';
  for (const panel of panels) {
    drawn += drawPanel(panel, timelines, axis, positions.scale, { top, bottom: top + panel.height, right });
    top += panel.height + GAP;
  }
  const bottom = top - GAP;
  drawn += drawPositions(positions.ticks, bottom, right, positions.title);
  const height = bottom + BOTTOM;
  return element(
    'svg',
    { class: 'series', viewBox: `0 0 ${WIDTH} ${height}`, role: 'img', 'aria-label': describe(panels, timelines) },
    drawn,
  );
}

interface Frame {
  readonly top: number;
  readonly bottom: number;
  readonly right: number;
}

function drawPanel(panel: Panel, timelines: readonly ChartTimeline[], axis: Axis, x: Scale, frame: Frame): string {
  const { scale: y, ticks } = bytesAxis(panel.extent, [frame.bottom, frame.top]);
  let drawn = element('text', { class: 'panel-title', x: LEFT, y: frame.top - 9 }, svgText(panel.title));
  for (const tick of ticks) {
    const at = y(tick.value);
    drawn += element('line', { class: 'grid', x1: LEFT, x2: frame.right, y1: at, y2: at });
    drawn += element('text', { class: 'tick', x: LEFT - 8, y: at + 3.5, 'text-anchor': 'end' }, svgText(tick.text));
  }
  drawn += timelines.length > 1 ? drawStarts(timelines, axis, x, frame) : '';
  const labels: Label[] = [];
  for (const { measure, lines } of panel.series) {
    const isMain = panel.trend && measure === panel.series.at(-1)?.measure;
    const { svg, ends } = drawLine(measure, lines, x, y, axis.timed);
    drawn += svg;
    labels.push(...labelsOf(measure, ends, timelines, isMain ? SIDE_BY_SIDE : 1));
  }
  const trend = drawTrend(panel, timelines, axis, x, y);
  drawn += trend.svg;
  if (trend.label) labels.push(trend.label);
  return drawn + drawLabels(labels, frame);
}

/** Where each life of the process begins. */
function drawStarts(timelines: readonly ChartTimeline[], axis: Axis, x: Scale, frame: Frame): string {
  let drawn = '';
  let free = -Infinity;
  // Where lives overlap, the ends of their lines are named instead.
  const overlap = axis.positions.some((positions, index) => {
    const next = axis.positions[index + 1]?.[0];
    const last = positions.at(-1);
    return next !== undefined && last !== undefined && next < last;
  });
  timelines.forEach((timeline, index) => {
    const start = axis.positions[index]?.[0];
    if (start === undefined) return;
    const at = x(start);
    drawn += element('line', { class: 'start', x1: at, x2: at, y1: frame.top, y2: frame.bottom });
    // Names that would run into each other are left out; the lines stay.
    if (overlap || timeline.pid === undefined || at < free) return;
    const name = `pid ${timeline.pid}`;
    drawn += element('text', { class: 'tick', x: at + 4, y: frame.top + 8 }, svgText(name));
    free = at + 12 + name.length * 6;
  });
  return drawn;
}

function drawPositions(ticks: readonly Tick[], bottom: number, right: number, title: string): string {
  let drawn = element('line', { class: 'axis', x1: LEFT, x2: right, y1: bottom, y2: bottom });
  for (const { value, text } of ticks) {
    drawn += element('line', { class: 'axis', x1: value, x2: value, y1: bottom, y2: bottom + 4 });
    drawn += element('text', { class: 'tick', x: value, y: bottom + 17, 'text-anchor': 'middle' }, svgText(text));
  }
  return drawn + element('text', { class: 'tick', x: LEFT, y: bottom + 34 }, svgText(title));
}

function describe(panels: readonly Panel[], timelines: readonly ChartTimeline[]): string {
  const samples = timelines.reduce((sum, timeline) => sum + timeline.samples.length, 0);
  const parts = [`${panels.map((panel) => panel.title).join('; ')} over ${samples} samples`];
  for (const { trend } of timelines) {
    if (trend?.ratePerHour !== undefined) parts.push(`trend ${formatRate(trend.ratePerHour, 'hour')}`);
    else if (trend) parts.push(`trend ${formatGrowth(trend.to - trend.from)}`);
  }
  return parts.slice(0, 4).join(', ');
}
