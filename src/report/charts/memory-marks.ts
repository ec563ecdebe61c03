import { formatDuration } from '../outputs/format-value.js';
import type { ChartTimeline } from './chart.js';
import type { Gap } from './gaps.js';
import { type Frame, LETTER } from './memory-labels.js';
import type { Axis } from './points.js';
import { element, svgText } from './svg.js';
import type { Scale } from './ticks.js';

/** Where a panel has its marks; only the main one says them in words. */
export interface MarkPlace {
  readonly x: Scale;
  readonly frame: Frame;
  readonly isMain: boolean;
}

/** Below the upper edge of a panel, lines of words do not meet. */
const GAP_WORDS = 30;

/** Whether a process began before the one before it had ended. */
export function livesOverlap({ positions }: Axis): boolean {
  return positions.some((row, index) => {
    const next = positions[index + 1]?.[0];
    const last = row.at(-1);
    return next !== undefined && last !== undefined && next < last;
  });
}

/** Where each life of the process begins. */
export function drawStarts(timelines: readonly ChartTimeline[], axis: Axis, { x, frame, isMain }: MarkPlace): string {
  if (timelines.length < 2) return '';
  let drawn = '';
  let free = -Infinity;
  const overlap = livesOverlap(axis);
  timelines.forEach(({ pid }, index) => {
    const start = axis.positions[index]?.[0];
    if (start === undefined) return;
    const at = x(start);
    drawn += element('line', { class: 'start', x1: at, x2: at, y1: frame.top, y2: frame.bottom });
    // Names that would run into each other, or leave the panel, are left out; the lines stay.
    if (!isMain || pid === undefined || at < free) return;
    // What ran when the first sample was taken may have run for long.
    const isFirst = start <= axis.from;
    const words = isFirst ? `pid ${pid}` : overlap ? `pid ${pid} starts` : `restart, pid ${pid}`;
    const width = 8 + words.length * LETTER;
    if (at + width > frame.right) return;
    drawn += element('text', { class: 'tick', x: at + 4, y: frame.top + 8 }, svgText(words));
    free = at + width;
  });
  return drawn;
}

/** Where no process of the program was sampled; told in words once. */
export function drawGaps(gaps: readonly Gap[], { x, frame, isMain }: MarkPlace): string {
  let drawn = '';
  for (const { from, to } of gaps) {
    const [start, end] = [x(from), x(to)];
    const words = `no sample for ${formatDuration(to - from)}`;
    const box = { class: 'gap', x: start, y: frame.top, width: end - start, height: frame.bottom - frame.top };
    drawn += element('rect', box, element('title', {}, svgText(words)));
    if (!isMain || words.length * LETTER > end - start) continue;
    const middle = { class: 'tick', x: (start + end) / 2, y: frame.top + GAP_WORDS, 'text-anchor': 'middle' };
    drawn += element('text', middle, svgText(words));
  }
  return drawn;
}
