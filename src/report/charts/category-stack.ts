import { area } from 'd3-shape';
import { formatBytes, formatCount } from '../outputs/format-value.js';
import { drawAmounts } from './amount-axis.js';
import type { ChartSpec } from './chart.js';
import { gapsOf, partsOf } from './gaps.js';
import { LAYOUTS, type Layout } from './layout.js';
import { drawKey, drawLabels, type Frame, keyColumns, keyHeight, type Label } from './memory-labels.js';
import { plotArea } from './plot-area.js';
import { axisOf, type Point } from './points.js';
import { drawPositions } from './position-axis.js';
import { element, svgText } from './svg.js';
import { bytesAxis, positionAxis } from './ticks.js';

type Stack = Extract<ChartSpec, { kind: 'category-stack' }>;

const TOP = 12;
const HEIGHT = 130;
const BOTTOM = 42;
/** Room for the longest title and its amount. */
const RIGHT = 205;

/** Memory by category over time, one area upon the other; the first is the lowest. */
export function categoryStack({ samples, series }: Stack, layout: Layout = 'wide'): string {
  const measures = LAYOUTS[layout];
  const axis = axisOf([{ samples }]);
  const positions = axis.positions[0] ?? [];
  const tops = stackedTops(
    series.map(({ bytes }) => bytes),
    positions.length,
  );
  const most = Math.max(0, ...(tops.at(-1) ?? []));
  if (positions.length < 2 || most <= 0) return '';
  const words = series.map(({ name, bytes }) => ({ name, value: formatBytes(bytes.at(-1) ?? 0) }));
  const columns = keyColumns(words, measures.width - measures.right - measures.left);
  const top = TOP + (measures.labels === 'above' ? keyHeight(series.length, columns) : 0);
  const right = measures.labels === 'above' ? measures.right : RIGHT;
  const frame: Frame = { top, bottom: top + HEIGHT, left: measures.left, right: measures.width - right };
  const { scale: y, ticks } = bytesAxis([0, most], [frame.bottom, frame.top]);
  const { scale: x, ticks: xTicks, title } = positionAxis(axis, [frame.left, frame.right]);
  const gaps = gapsOf(axis).each[0] ?? [];
  let drawn = drawAmounts(ticks, y, frame);
  const labels: Label[] = [];
  for (const [index, { name, look }] of series.entries()) {
    const points = positions.map(
      (at, i): Band => ({ x: at, y: tops[index]?.[i] ?? 0, low: tops[index - 1]?.[i] ?? 0 }),
    );
    const band = area<Band>()
      .x((point) => x(point.x))
      .y0((point) => y(point.low))
      .y1((point) => y(point.y))
      .digits(1);
    for (const part of partsOf(points, gaps) as Band[][]) {
      drawn += element(
        'path',
        { class: `stack-area ${look}`, d: band(part) ?? '' },
        element('title', {}, svgText(name)),
      );
    }
    const last = points.at(-1);
    const value = words[index]?.value;
    if (!last || value === undefined) continue;
    labels.push({ look, name, value, x: x(last.x), y: y((last.y + last.low) / 2) });
  }
  drawn += measures.labels === 'above' ? drawKey(labels, frame, columns) : drawLabels(labels, frame);
  drawn += drawPositions(xTicks, frame, title);
  return element(
    'svg',
    {
      class: `series category-stack ${layout}`,
      viewBox: `0 0 ${measures.width} ${frame.bottom + BOTTOM}`,
      role: 'img',
      'aria-label': `Memory of ${formatCount(series.length)} kinds of mappings over ${formatCount(positions.length)} samples`,
      ...plotArea(axis, frame),
    },
    drawn,
  );
}

interface Band extends Point {
  readonly low: number;
}

/** For each series the upper edge of its area at each sample. */
function stackedTops(series: readonly (readonly number[])[], count: number): number[][] {
  const sums = Array.from({ length: count }, () => 0);
  return series.map((bytes) =>
    sums.map((sum, index) => {
      const top = sum + Math.max(0, bytes[index] ?? 0);
      sums[index] = top;
      return top;
    }),
  );
}
