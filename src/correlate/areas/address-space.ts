import type { AddressArea, AddressSpaceReport } from '../../model/address-space.js';
import type { Timeline } from '../../model/program.js';
import { hexOf, permissionsText, type VmaTable } from '../../model/vma-table.js';
import { earlierTable, growthOf } from '../match-vmas.js';
import { boundedAreas } from './bounded-areas.js';
import { type DraftArea, draftsOf } from './draft-areas.js';

/** The address space in the first and the last snapshot of a timeline; undefined where no VMA has an address. */
export function addressSpaceOf(snapshots: Pick<Timeline, 'first' | 'last'>): AddressSpaceReport | undefined {
  const { last } = snapshots;
  if (last === undefined) return undefined;
  const earlier = earlierTable(snapshots);
  const after = draftsOf(last.table, earlier && growthOf(earlier, last.table));
  if (after.length === 0) return undefined;
  if (earlier === undefined) return { after: boundedAreas(after).map((area) => areaOf(area, last.table)) };
  const before = draftsOf(earlier, undefined);
  return {
    before: boundedAreas(before).map((area) => areaOf(area, earlier, { others: after, change: 'gone' })),
    after: boundedAreas(after).map((area) => areaOf(area, last.table, { others: before, change: 'new' })),
  };
}

function areaOf(
  draft: DraftArea,
  { counters }: VmaTable,
  other?: { readonly others: readonly DraftArea[]; readonly change: 'new' | 'gone' },
): AddressArea {
  const area: AddressArea = {
    start: hexOf(draft.from),
    end: hexOf(draft.to),
    label: draft.label,
    category: draft.category,
    permissions: [...draft.permissions].map(permissionsText).join(' '),
    vmaCount: draft.vmaCount,
    size: draft.size,
  };
  if (draft.others > 0) area.others = draft.others;
  if (counters.has('Rss')) area.rss = draft.rss;
  if (counters.has('Private_Dirty')) area.privateBytes = draft.privateBytes;
  if (draft.writableCode > 0) area.writableCode = draft.writableCode;
  if (!other) return area;
  if (other.change === 'new') area.growth = draft.growth;
  if (!overlapsAny(draft, other.others)) area.change = other.change;
  return area;
}

/** Whether one of `sorted`, which are disjoint and in order, lies within the area. */
function overlapsAny({ from, to }: DraftArea, sorted: readonly DraftArea[]): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.to ?? Infinity) <= from) low = middle + 1;
    else high = middle;
  }
  return (sorted[low]?.from ?? Infinity) < to;
}
