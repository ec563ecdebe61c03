import type { VmaTable } from '../model/vma-table.js';

/**
 * What is followed of a snapshot's VMAs, best first: private dirty + swap; Rss where the capture has no
 * Private_Dirty; the size of the areas where it has neither. Figures of different measures do not mix.
 */
export const PRIVATE = 0;
export const RESIDENT = 1;
export const VIRTUAL = 2;
export type Measure = typeof PRIVATE | typeof RESIDENT | typeof VIRTUAL;

export function measureOf(table: VmaTable): Measure {
  if (table.counters.has('Private_Dirty')) return PRIVATE;
  return table.counters.has('Rss') ? RESIDENT : VIRTUAL;
}
