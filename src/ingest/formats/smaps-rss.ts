import { KIB } from '../../model/units.js';
import { hexOf, type VmaTable } from '../../model/vma-table.js';
import type { Section } from '../format.js';

/** Warns of the first VMA with more memory in RAM than address space: no kernel prints that, but edited texts do. */
export function reportUnlikelyRss({ count, counters, start, line }: VmaTable, section: Section): void {
  const size = counters.get('Size');
  const rss = counters.get('Rss');
  if (!size || !rss) return;
  for (let row = 0; row < count; row++) {
    const most = size[row] as number;
    const found = rss[row] as number;
    // No area has a Size of 0: that line was lost.
    if (most === 0 || found <= most) continue;
    const message = `expected Rss up to the Size of ${most / KIB} kB in the VMA at ${hexOf(start[row] as number)}, found ${found / KIB} kB`;
    section.problem('warning', 'unlikely-value', message, line[row] as number);
    return;
  }
}
