import type { Frame } from './memory-labels.js';
import { element, svgText } from './svg.js';
import type { Tick } from './ticks.js';

/** The axis of time, or of the samples' numbers, below what is drawn. */
export function drawPositions(ticks: readonly Tick[], { bottom, left, right }: Frame, title: string): string {
  let drawn = element('line', { class: 'axis', x1: left, x2: right, y1: bottom, y2: bottom });
  for (const { value, text } of ticks) {
    drawn += element('line', { class: 'axis', x1: value, x2: value, y1: bottom, y2: bottom + 4 });
    drawn += element('text', { class: 'tick', x: value, y: bottom + 17, 'text-anchor': 'middle' }, svgText(text));
  }
  return drawn + element('text', { class: 'tick', x: left, y: bottom + 34 }, svgText(title));
}
