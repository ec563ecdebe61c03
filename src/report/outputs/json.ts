import type { Analysis } from '../../model/analysis.js';

/** The whole analysis, one value a line, ending in a newline: the same bytes for the same analysis. */
export function renderJson(analysis: Analysis): string {
  return `${JSON.stringify(analysis, null, 1)}\n`;
}
