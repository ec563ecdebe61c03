import type { Frame } from './memory-labels.js';
import { element, svgText } from './svg.js';
import type { Scale, Tick } from './ticks.js';

/** The lines across a panel at its round amounts, with these left of it. */
export function drawAmounts(ticks: readonly Tick[], y: Scale, { left, right }: Pick<Frame, 'left' | 'right'>): string {
  let drawn = '';
  for (const { value, text } of ticks) {
    const at = y(value);
    drawn += element('line', { class: 'grid', x1: left, x2: right, y1: at, y2: at });
    drawn += element('text', { class: 'tick', x: left - 8, y: at + 3.5, 'text-anchor': 'end' }, svgText(text));
  }
  return drawn;
}
