import { HOUR } from '../../model/units.js';
import { formatInstant, formatRate } from '../outputs/format-value.js';
import type { ChartTimeline } from './chart.js';
import { type Frame, type Label, LETTER } from './memory-labels.js';
import type { Axis } from './points.js';
import { coordinate, element, svgText } from './svg.js';
import type { Scale } from './ticks.js';

interface Scales {
  readonly x: Scale;
  readonly y: Scale;
}

/** The fitted straight lines with the bands of their intervals, and the label of the one that ends last, of several the steepest. */
export function drawTrends(
  timelines: readonly ChartTimeline[],
  axis: Axis,
  scales: Scales,
  frame: Frame,
): { bands: string; lines: string; label?: Label } {
  const { x, y } = scales;
  let bands = '';
  let lines = '';
  let label: Label | undefined;
  let steepest = -Infinity;
  timelines.forEach((timeline, index) => {
    const { trend } = timeline;
    const positions = axis.positions[index] ?? [];
    const first = positions[trend?.firstSample ?? 0];
    const last = positions.at(-1);
    if (!trend || first === undefined || last === undefined) return;
    if (!Number.isFinite(trend.from) || !Number.isFinite(trend.to)) return;
    lines += element('path', {
      class: 'trend',
      d: `M${coordinate(x(first))},${coordinate(y(trend.from))}L${coordinate(x(last))},${coordinate(y(trend.to))}`,
    });
    if (axis.timed) bands += drawBand(timeline, { first, last }, scales, frame);
    if (trend.firstSample !== undefined) {
      const since = axis.timed
        ? formatInstant(first)
        : `sample ${(timeline.thinned?.at[trend.firstSample] ?? trend.firstSample) + 1}`;
      lines += drawOnset(x(first), x(last), `grows since ${since}`, frame);
    }
    const slope = (trend.to - trend.from) / Math.max(1, last - first);
    const isLater = label === undefined || x(last) > label.x;
    if (!isLater && (x(last) < (label?.x ?? 0) || slope <= steepest)) return;
    steepest = slope;
    label = { look: 'label-trend', name: 'trend', value: rateOf(trend), x: x(last), y: y(trend.to) };
  });
  return label ? { bands, lines, label } : { bands, lines };
}

function rateOf({ ratePerHour, ratePerSample }: NonNullable<ChartTimeline['trend']>): string {
  if (ratePerHour !== undefined) return formatRate(ratePerHour, 'hour');
  return ratePerSample === undefined ? '' : formatRate(ratePerSample, 'sample');
}

/** Between the flattest and the steepest line of the interval, which cross in the middle of the fitted part. */
function drawBand(
  { trend, rateInterval }: ChartTimeline,
  { first, last }: { readonly first: number; readonly last: number },
  { x, y }: Scales,
  frame: Frame,
): string {
  if (!trend || !rateInterval?.every(Number.isFinite)) return '';
  const level = (trend.from + trend.to) / 2;
  const half = (last - first) / 2 / HOUR;
  const corner = (at: number, value: number): string => `${coordinate(x(at))},${coordinate(y(value))}`;
  const [lower, upper] = rateInterval;
  const steepest = [corner(first, level - upper * half), corner(last, level + upper * half)];
  const flattest = [corner(last, level + lower * half), corner(first, level - lower * half)];
  // The picture within the picture cuts off what leaves the panel.
  const [width, height] = [frame.right - frame.left, frame.bottom - frame.top];
  const box = `${frame.left} ${frame.top} ${width} ${height}`;
  return element(
    'svg',
    { x: frame.left, y: frame.top, width, height, viewBox: box },
    element('path', { class: 'band', d: `M${[...steepest, ...flattest].join('L')}Z` }),
  );
}

/** Where the growth began: in words, where they fit between the neighbours. */
function drawOnset(place: number, end: number, words: string, frame: Frame): string {
  const width = words.length * LETTER + 10;
  // What grows leaves room below its later part and above what was before.
  const isRight = end - place >= width;
  const drawn = element('path', {
    class: 'onset',
    d: `M${coordinate(place)},${coordinate(frame.top)}V${coordinate(frame.bottom)}`,
  });
  if (!isRight && place - frame.left < width) return drawn;
  const where = isRight
    ? { x: place + 5, y: frame.bottom - 7, 'text-anchor': 'start' }
    : { x: place - 5, y: frame.top + 10, 'text-anchor': 'end' };
  return drawn + element('text', { class: 'tick', ...where }, svgText(words));
}
