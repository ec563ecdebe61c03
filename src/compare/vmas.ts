import type { VmaReport } from '../model/analysis.js';
import type { VmaComparison } from '../model/comparison.js';
import { type Areas, matchAreas } from '../model/match-areas.js';
import type { Vma } from '../model/vma-table.js';
import type { ProgramPair } from './pairing.js';

/**
 * The VMAs that differ between two snapshots of one address space; none where the addresses show that these are two:
 * with address space layout randomization, each start of a program has its own.
 */
export function compareVmas({ before, after }: Pick<ProgramPair, 'before' | 'after'>): VmaComparison[] {
  const first = before[0]?.report.vmas ?? [];
  const last = after[0]?.report.vmas ?? [];
  if (before.length + after.length !== 2 || !isSameSpace(first, last)) return [];
  const matches = matchAreas(areasOf(first), areasOf(last));
  const lost = new Set(first.keys());
  const compared = last.flatMap((vma, row): VmaComparison[] => {
    const match = matches[row] ?? -1;
    lost.delete(match);
    return differenceOf(first[match], vma);
  });
  for (const row of lost) compared.push(...differenceOf(first[row], undefined));
  return compared.sort((a, b) => weightOf(b) - weightOf(a) || (a.start < b.start ? -1 : 1));
}

/** At least half of the areas begin where one of the other snapshot does. */
function isSameSpace(first: readonly VmaReport[], last: readonly VmaReport[]): boolean {
  const starts = new Set(first.map(({ start }) => start));
  const shared = last.filter(({ start }) => starts.has(start)).length;
  return shared > 0 && 2 * shared >= Math.max(first.length, last.length);
}

function differenceOf(old: VmaReport | undefined, now: VmaReport | undefined): VmaComparison[] {
  const shown = now ?? old;
  if (!shown) return [];
  const resident = (now?.rss ?? 0) - (old?.rss ?? 0);
  const grown = resident === 0 ? (now?.size ?? 0) - (old?.size ?? 0) : resident;
  if (old && now && grown === 0) return [];
  const { start, end, permissions, pathname, kind } = shown;
  return [
    {
      start,
      end,
      permissions,
      pathname,
      kind,
      change: !old ? 'new' : !now ? 'gone' : grown > 0 ? 'grew' : 'shrank',
      ...(old?.size !== undefined && { sizeBefore: old.size }),
      ...(now?.size !== undefined && { sizeAfter: now.size }),
      ...(old?.rss !== undefined && { rssBefore: old.rss }),
      ...(now?.rss !== undefined && { rssAfter: now.rss }),
    },
  ];
}

function weightOf({ rssBefore = 0, rssAfter = 0 }: VmaComparison): number {
  return Math.abs(rssAfter - rssBefore);
}

function areasOf(vmas: readonly Vma[]): Areas {
  const of = (row: number): Vma | undefined => vmas[row];
  return {
    count: vmas.length,
    start: (row) => Number(`0x${of(row)?.start ?? ''}`),
    end: (row) => Number(`0x${of(row)?.end ?? ''}`),
    name: (row) => of(row)?.pathname ?? '',
    group: (row) => {
      const { pathname = '', permissions = '' } = of(row) ?? {};
      return pathname === '' || pathname === '[heap]' ? pathname : `${permissions} ${pathname}`;
    },
  };
}
