import type { Analysis } from '../../model/analysis.js';
import type { Comparison } from '../../model/comparison.js';

/** A whole analysis or comparison, one value a line, ending in a newline: the same bytes for the same one. */
export function renderJson(data: Analysis | Comparison): string {
  return `${JSON.stringify(data, null, 1)}\n`;
}
