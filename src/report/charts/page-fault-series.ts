import { formatBytes, formatCount } from '../outputs/format-value.js';
import { drawAmounts } from './amount-axis.js';
import type { ChartSpec, ChartTimeline } from './chart.js';
import { type FaultKind, type FaultRates, faultRatesOf } from './fault-rates.js';
import { gapsOf } from './gaps.js';
import { LAYOUTS, type Layout, type Measures } from './layout.js';
import type { Frame } from './memory-labels.js';
import { drawLabels } from './memory-labels.js';
import { drawLine, labelsOf } from './memory-lines.js';
import { plotArea } from './plot-area.js';
import { type Axis, axisOf, extentOf, pointsOf, thin } from './points.js';
import { drawPositions } from './position-axis.js';
import { rateAxis } from './rate-axis.js';
import { coordinate, element, svgText } from './svg.js';
import { bytesAxis, positionAxis, type Scale, type Tick } from './ticks.js';

const TOP = 22;
const GAP = 26;
const BOTTOM = 42;
const HEIGHT = 54;

/**
 * RSS over time, and below it the minor and major faults of each interval between two samples, as rates.
 *
 * The time axis is that of the memory chart, so that both can be read one above the other.
 */
export function pageFaultSeries(
  { timelines }: Extract<ChartSpec, { kind: 'page-faults' }>,
  layout: Layout = 'wide',
): string {
  const measures = LAYOUTS[layout];
  const axis = axisOf(timelines);
  const { left } = measures;
  const right = measures.width - measures.right;
  const positions = positionAxis(axis, [left, right]);
  const view = { timelines, axis, x: positions.scale, measures };
  let top = TOP;
  let drawn = '';
  const spoken: string[] = [];
  const add = (draw: (frame: Frame) => { svg: string; title: string } | undefined): void => {
    const frame = { top, bottom: top + HEIGHT, left, right };
    const panel = draw(frame);
    if (!panel) return;
    drawn += panel.svg;
    spoken.push(panel.title);
    top = frame.bottom + GAP;
  };
  add((frame) => drawRss(view, frame));
  add((frame) => drawFaults('minorFaults', view, frame));
  add((frame) => drawFaults('majorFaults', view, frame));
  if (spoken.length === 0) return '';
  const bottom = top - GAP;
  drawn += drawPositions(positions.ticks, { top, bottom, left, right }, positions.title);
  const look = {
    class: `series ${layout}`,
    viewBox: `0 0 ${measures.width} ${bottom + BOTTOM}`,
    role: 'img',
    'aria-label': spoken.join('; '),
    ...plotArea(axis, { left, right }),
  };
  return element('svg', look, drawn);
}

interface View {
  readonly timelines: readonly ChartTimeline[];
  readonly axis: Axis;
  readonly x: Scale;
  readonly measures: Measures;
}

function drawRss({ timelines, axis, x, measures }: View, frame: Frame): { svg: string; title: string } | undefined {
  const lines = timelines.map((timeline, i) =>
    thin(
      pointsOf(timeline, axis.positions[i] ?? [], ({ rss }) => rss),
      measures.buckets,
    ),
  );
  const extent = extentOf(lines.flat());
  if (!extent) return undefined;
  const { scale: y, ticks } = bytesAxis(extent, [frame.bottom, frame.top]);
  const series = { measure: 'rss' as const, name: 'RSS', lines };
  const look = { x, y, timed: axis.timed, isMain: false, gaps: gapsOf(axis).each };
  const { svg, ends } = drawLine(series, look);
  const labels = measures.labels === 'right' ? drawLabels(labelsOf(series, ends, timelines, 1), frame) : '';
  const [low, high] = extent;
  return {
    svg: drawFrame('RSS', ticks, y, frame) + svg + labels,
    title: `RSS from ${formatBytes(low)} to ${formatBytes(high)}`,
  };
}

function drawFaults(
  kind: FaultKind,
  { timelines, axis, x, measures }: View,
  frame: Frame,
): { svg: string; title: string } | undefined {
  const rates = faultRatesOf(timelines, axis, kind, measures.buckets);
  if (!rates || rates.most === 0) return undefined;
  const { scale: y, ticks } = rateAxis(rates.most, [frame.bottom, frame.top]);
  const title = `${kind === 'minorFaults' ? 'Minor' : 'Major'} faults per ${rates.per}`;
  let svg = drawFrame(title, ticks, y, frame);
  for (const line of rates.lines) svg += drawSteps(line, { x, y }, frame, kind);
  return { svg, title: `${title}, at most ${formatCount(rates.most)}` };
}

/** Each interval is a step: its faults came anywhere in it. */
function drawSteps(
  { from, points }: FaultRates['lines'][number],
  { x, y }: { readonly x: Scale; readonly y: Scale },
  frame: Frame,
  kind: FaultKind,
): string {
  const last = points.at(-1);
  if (!last) return '';
  const steps = points.map((point) => `V${coordinate(y(point.y))}H${coordinate(x(point.x))}`).join('');
  const bottom = coordinate(frame.bottom);
  const d = `M${coordinate(x(from))},${bottom}${steps}V${bottom}Z`;
  return element('path', { class: `faults ${kind === 'minorFaults' ? 'faults-minor' : 'faults-major'}`, d });
}

function drawFrame(title: string, ticks: readonly Tick[], y: Scale, frame: Frame): string {
  const heading = element('text', { class: 'panel-title', x: frame.left, y: frame.top - 7 }, svgText(title));
  return heading + drawAmounts(ticks, y, frame);
}
