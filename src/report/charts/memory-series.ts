import { sampleCountOf } from '../../model/sample-count.js';
import { formatGrowth, formatRate } from '../outputs/format-value.js';
import { drawAmounts } from './amount-axis.js';
import type { ChartSpec, ChartTimeline } from './chart.js';
import { gapsOf } from './gaps.js';
import { LAYOUTS, type Layout } from './layout.js';
import { drawKey, drawLabels, type Frame, keyHeight, type Label } from './memory-labels.js';
import { drawLine, labelsOf } from './memory-lines.js';
import { drawGaps, drawStarts, livesOverlap } from './memory-marks.js';
import { type Panel, panelsOf } from './memory-panels.js';
import { drawTrends } from './memory-trend.js';
import { plotArea } from './plot-area.js';
import { type Axis, axisOf } from './points.js';
import { drawPositions } from './position-axis.js';
import { element, svgText } from './svg.js';
import { bytesAxis, positionAxis, type Scale } from './ticks.js';

const TOP = 22;
const GAP = 30;
const BOTTOM = 42;

/** Pixels that the labels of lines are longer with a pid. */
const ROOM_FOR_PIDS = 36;

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
  const right =
    measures.width - measures.right - (livesOverlap(axis) && measures.labels === 'right' ? ROOM_FOR_PIDS : 0);
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
      ...plotArea(axis, { left, right }),
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
  const place = { x, frame, isMain: panel.isMain };
  let drawn = drawGaps(gaps.all, place);
  if (!isKeyed) {
    drawn += element('text', { class: 'panel-title', x: frame.left, y: frame.top - 9 }, svgText(panel.title));
  }
  drawn += drawAmounts(ticks, y, frame) + drawStarts(timelines, axis, place);
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

function describe(panels: readonly Panel[], timelines: readonly ChartTimeline[]): string {
  const samples = timelines.reduce((sum, timeline) => sum + sampleCountOf(timeline), 0);
  const parts = [`${panels.map((panel) => panel.title).join('; ')} over ${samples} samples`];
  for (const { trend } of timelines) {
    if (trend?.ratePerHour !== undefined) parts.push(`trend ${formatRate(trend.ratePerHour, 'hour')}`);
    else if (trend) parts.push(`trend ${formatGrowth(trend.to - trend.from)}`);
  }
  return parts.slice(0, 4).join(', ');
}
