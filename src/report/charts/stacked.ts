import { area } from 'd3-shape';
import { formatBytes } from '../outputs/format-value.js';
import { drawAmounts } from './amount-axis.js';
import type { ChartSpec } from './chart.js';
import { LAYOUTS, type Layout } from './layout.js';
import { drawKey, drawLabels, type Frame, keyColumns, keyHeight, type Label } from './memory-labels.js';
import { plotArea } from './plot-area.js';
import { drawPositions } from './position-axis.js';
import { element, svgText } from './svg.js';
import { bytesAxis, positionAxis, type Scale } from './ticks.js';

const TOP = 22;
const BOTTOM = 42;

/** Where a layer lies at one instant: `low` is the top of those below it. */
interface Band {
  readonly x: number;
  readonly low: number;
  readonly high: number;
}

/** Parts of the memory over time, one upon the other, each with its last amount beside it. */
export function stacked({ times, layers }: Extract<ChartSpec, { kind: 'stacked' }>, layout: Layout = 'wide'): string {
  const [from, to] = [times[0], times.at(-1)];
  if (from === undefined || to === undefined || layers.length === 0) return '';
  const { width, left, right: margin, mainHeight, labels: place } = LAYOUTS[layout];
  const words = layers.map(({ name, values }) => ({ name, value: formatBytes(values.at(-1) ?? 0) }));
  const columns = keyColumns(words, width - margin - left);
  const top = TOP + (place === 'above' ? keyHeight(layers.length, columns) - TOP / 2 : 0);
  const frame = { top, bottom: top + mainHeight, left, right: width - margin };
  const bands = bandsOf(
    times,
    layers.map(({ values }) => values),
  );
  const highest = bands.at(-1)?.reduce((most, { high }) => Math.max(most, high), 0) ?? 0;
  const { scale: y, ticks } = bytesAxis([0, highest], [frame.bottom, frame.top]);
  const axis = { timed: true, from, to, positions: [times] };
  const positions = positionAxis(axis, [frame.left, frame.right]);
  const grid = drawAmounts(ticks, y, frame);
  const shape = area<Band>(
    (band) => positions.scale(band.x),
    (band) => y(band.low),
    (band) => y(band.high),
  ).digits(1);
  const areas = layers.map(({ name, look }, index) => {
    const title = element('title', {}, svgText(name));
    return element('path', { class: `area layer ${look}`, d: shape(bands[index] ?? []) ?? '' }, title);
  });
  const labels = layers.map(({ name, look }, index) =>
    labelOf(name, look, words[index]?.value ?? '', bands[index], y, frame),
  );
  return element(
    'svg',
    {
      class: `series ${layout}`,
      viewBox: `0 0 ${width} ${frame.bottom + BOTTOM}`,
      role: 'img',
      'aria-label': `${layers.map(({ name }) => name).join(', ')} at ${times.length} instants`,
      ...plotArea(axis, frame),
    },
    grid +
      areas.join('') +
      (place === 'above' ? drawKey(labels, frame, columns) : drawLabels(labels, frame)) +
      drawPositions(positions.ticks, frame, positions.title),
  );
}

function bandsOf(times: readonly number[], layers: readonly (readonly number[])[]): Band[][] {
  const tops = times.map(() => 0);
  return layers.map((values) =>
    times.map((x, at) => {
      const low = tops[at] ?? 0;
      const high = low + Math.max(0, values[at] ?? 0);
      tops[at] = high;
      return { x, low, high };
    }),
  );
}

/** Beside the middle of the layer's end. */
function labelOf(
  name: string,
  look: string,
  value: string,
  bands: readonly Band[] | undefined,
  y: Scale,
  { right, bottom }: Frame,
): Label {
  const end = bands?.at(-1);
  const middle = end ? y((end.low + end.high) / 2) : bottom;
  return { look: `layer ${look}`, name, value, x: right - 4, y: middle };
}
