import { LETTER } from './memory-labels.js';
import { element, svgText } from './svg.js';

/** A colour, by its class in templates/styles, and what it says. */
export interface KeyItem {
  readonly look: string;
  readonly words: string;
}

const LINE = 16;

/** The colours with their words, in as many lines as they need; `top` is the baseline of the first. */
export function drawColourKey(items: readonly KeyItem[], width: number, top: number): { svg: string; bottom: number } {
  let svg = '';
  let x = 0;
  let y = top;
  for (const { look, words } of items) {
    const needed = 18 + words.length * LETTER + 10;
    if (x > 0 && x + needed > width) {
      x = 0;
      y += LINE;
    }
    svg += element('rect', { class: look, x: x + 0.5, y: y - 8.5, width: 12, height: 10 });
    svg += element('text', { class: 'tick', x: x + 17, y }, svgText(words));
    x += needed;
  }
  return { svg, bottom: y + 6 };
}
