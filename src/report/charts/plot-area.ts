import type { Frame } from './memory-labels.js';
import type { Axis } from './points.js';
import type { Attributes } from './svg.js';
import { domainOf } from './ticks.js';

/** Where samples lie in a chart, for report.js: between `data-left` and `data-right` from `data-from` to `data-to`. */
export function plotArea(axis: Axis, { left, right }: Pick<Frame, 'left' | 'right'>): Attributes {
  const [from, to] = domainOf(axis).domain;
  return { 'data-from': String(from), 'data-to': String(to), 'data-left': left, 'data-right': right };
}
