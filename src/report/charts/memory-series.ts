import { formatDuration, formatGrowth, formatRate } from '../outputs/format-value.js';
import type { ChartSpec, ChartTimeline } from './chart.js';
import { gapsOf } from './gaps.js';
import { LAYOUTS, type Layout } from './layout.js';
import { drawKey, drawLabels, type Frame, keyHeight, type Label, LETTER } from './memory-labels.js';
import { drawLine, labelsOf } from './memory-lines.js';
import { type Panel, panelsOf } from './memory-panels.js';
import { drawTrends } from './memory-trend.js';
import { type Axis, axisOf } from './points.js';
import { element, svgText } from './svg.js';
import { bytesAxis, positionAxis, type Scale, type Tick } from './ticks.js';

const TOP = 22;
const GAP = 30;
const BOTTOM = 42;

/** How many processes that run at the same time are named. */
const SIDE_BY_SIDE = 4;

/**
 * VSS, RSS, PSS, USS and private memory of a program over time, with the line that the growth rule fitted.
 *
 * Measures share a panel only while the private memory's growth stays visible in it: VSS is often a thousand times
 * larger. Each measure has a colour, a dash and a marker of its own, so that it survives a grey printer.
 */
export function memorySeries(
  { timelines }: Extract<ChartSpec, { kind: 'memory-series' }>,
  layout: Layout = 'wide',
): string {
  const measures = LAYOUTS[layout];
  const axis = axisOf(timelines);
  const panels = panelsOf(timelines, axis, measures);
  if (panels.length === 0) return '';
  const { left } = measures;
  const right = measures.width - measures.right;
  const positions = positionAxis(axis, [left, right]);
  const view = { timelines, axis, x: positions.scale, gaps: gapsOf(axis), labels: measures.labels };
  let top = TOP;
  let drawn = '';
  for (const panel of panels) {
    const key = measures.labels === 'above' ? keyHeight(labelCount(panel, timelines)) - TOP / 2 : 0;
    const frame = { top: top + key, bottom: top + key + panel.height, left, right };
    drawn += drawPanel(panel, view, frame);
    top = frame.bottom + GAP;
  }
  const bottom = top - GAP;
  drawn += drawPositions(positions.ticks, { top, bottom, left, right }, positions.title);
  return element(
    'svg',
    {
      class: `series ${layout}`,
      viewBox: `0 0 ${measures.width} ${bottom + BOTTOM}`,
      role: 'img',
      'aria-label': describe(panels, timelines),
    },
    drawn,
  );
}

/** What all panels are drawn from. */
interface View {
  readonly timelines: readonly ChartTimeline[];
  readonly axis: Axis;
  readonly x: Scale;
  readonly gaps: ReturnType<typeof gapsOf>;
  readonly labels: 'right' | 'above';
}

function labelCount({ series, isMain }: Panel, timelines: readonly ChartTimeline[]): number {
  return series.length + (isMain && timelines.some(({ trend }) => trend) ? 1 : 0);
}

function drawPanel(panel: Panel, view: View, frame: Frame): string {
  const { timelines, axis, x, gaps } = view;
  const { scale: y, ticks } = bytesAxis(panel.extent, [frame.bottom, frame.top]);
  const isKeyed = view.labels === 'above';
  let drawn = drawGaps(view, frame, panel.isMain);
  if (!isKeyed) {
    drawn += element('text', { class: 'panel-title', x: frame.left, y: frame.top - 9 }, svgText(panel.title));
  }
  for (const tick of ticks) {
    const at = y(tick.value);
    drawn += element('line', { class: 'grid', x1: frame.left, x2: frame.right, y1: at, y2: at });
    drawn += element(
      'text',
      { class: 'tick', x: frame.left - 8, y: at + 3.5, 'text-anchor': 'end' },
      svgText(tick.text),
    );
  }
  drawn += timelines.length > 1 ? drawStarts(view, frame) : '';
  const trends = panel.isMain ? drawTrends(timelines, axis, { x, y }, frame) : { bands: '', lines: '' };
  drawn += trends.bands;
  const labels: Label[] = [];
  for (const series of panel.series) {
    const isMain = panel.isMain && series === panel.series.at(-1);
    const { svg, ends } = drawLine(series, { x, y, timed: axis.timed, isMain, gaps: gaps.each });
    drawn += svg;
    labels.push(...labelsOf(series, ends, timelines, isMain && !isKeyed ? SIDE_BY_SIDE : 1));
  }
  drawn += trends.lines;
  if ('label' in trends && trends.label) labels.push(trends.label);
  return drawn + (isKeyed ? drawKey(labels, frame) : drawLabels(labels, frame));
}

/** Where each life of the process begins. */
function drawStarts({ timelines, axis, x }: View, frame: Frame): string {
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
    // Names that would run into each other, or leave the panel, are left out; the lines stay.
    if (overlap || timeline.pid === undefined || at < free) return;
    const name = index === 0 ? `pid ${timeline.pid}` : `restart, pid ${timeline.pid}`;
    const width = 8 + name.length * LETTER;
    if (at + width > frame.right) return;
    drawn += element('text', { class: 'tick', x: at + 4, y: frame.top + 8 }, svgText(name));
    free = at + width;
  });
  return drawn;
}

/** Where no process of the program was sampled; told in words once. */
function drawGaps({ gaps, x }: View, frame: Frame, isMain: boolean): string {
  let drawn = '';
  for (const { from, to } of gaps.all) {
    const [start, end] = [x(from), x(to)];
    const words = `no sample for ${formatDuration(to - from)}`;
    const box = { class: 'gap', x: start, y: frame.top, width: end - start, height: frame.bottom - frame.top };
    drawn += element('rect', box, element('title', {}, svgText(words)));
    if (!isMain || words.length * LETTER > end - start) continue;
    const middle = { class: 'tick', x: (start + end) / 2, y: frame.top + GAP, 'text-anchor': 'middle' };
    drawn += element('text', middle, svgText(words));
  }
  return drawn;
}

function drawPositions(ticks: readonly Tick[], { bottom, left, right }: Frame, title: string): string {
  let drawn = element('line', { class: 'axis', x1: left, x2: right, y1: bottom, y2: bottom });
  for (const { value, text } of ticks) {
    drawn += element('line', { class: 'axis', x1: value, x2: value, y1: bottom, y2: bottom + 4 });
    drawn += element('text', { class: 'tick', x: value, y: bottom + 17, 'text-anchor': 'middle' }, svgText(text));
  }
  return drawn + element('text', { class: 'tick', x: left, y: bottom + 34 }, svgText(title));
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
