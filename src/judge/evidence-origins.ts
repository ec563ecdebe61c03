import { compareOrigins, type Origin } from '../model/origin.js';
import type { Timeline } from '../model/program.js';
import type { Series } from './series.js';

/** Of many places the first ten, in the order of the report, each once. */
export function firstOrigins(origins: readonly Origin[]): Origin[] {
  const sorted = origins.toSorted(compareOrigins);
  return sorted.filter((origin, i) => i === 0 || compareOrigins(origin, sorted[i - 1] ?? origin) !== 0).slice(0, MOST);
}

const MOST = 10;

/** The first and the last place of a series, from its point `from` on. */
export function endOrigins(timeline: Timeline, series: Series, from = 0): Origin[] {
  const first = timeline.samples[series.at[from] ?? 0]?.origin;
  const last = timeline.samples[series.at.at(-1) ?? 0]?.origin;
  if (!first || !last) return [];
  return first === last ? [first] : [first, last];
}
