import type { Footprint } from '../../model/footprint.js';
import { totalsOf } from '../../model/memory.js';
import type { KeptSnapshot, Timeline } from '../../model/program.js';
import type { Bytes } from '../../model/units.js';
import { assignKnown, type VmaTable } from '../../model/vma-table.js';

/** What the process of a timeline costs, and would give back; undefined where no sample tells USS and PSS. */
export function footprintOf({ pid, samples, first, last }: Timeline): Footprint | undefined {
  const sample = samples.findLast(({ uss, pss }) => uss !== undefined && pss !== undefined);
  if (sample?.uss === undefined || sample.pss === undefined) return undefined;
  const { takenAt, rss, pss, uss, swap, origin } = sample;
  const isOfSample = last?.origin.file === origin.file && last.origin.line === origin.line;
  const table = isOfSample ? last.table : undefined;
  const swapPss = table && totalsOf(table).swapPss;
  const ownSwap = swapPss ?? swap ?? 0;
  return assignKnown<Footprint>(
    { pss, uss, freed: uss + ownSwap, charged: pss + ownSwap },
    {
      pid,
      takenAt,
      rss,
      swap,
      swapPss,
      sharedWithForks: table && sharedWithForks(table),
      sharedWithForksAtFirst: table && firstShared(first),
    },
  );
}

function firstShared(first: KeptSnapshot | undefined): Bytes | undefined {
  return first && sharedWithForks(first.table);
}

/**
 * Anonymous pages that are not private. They are shared only by processes of one family: a page is copied when one of
 * them writes. Files that an area maps too make it a lower bound.
 */
function sharedWithForks({ counters, count }: VmaTable): Bytes | undefined {
  const anonymous = counters.get('Anonymous');
  const clean = counters.get('Private_Clean');
  const dirty = counters.get('Private_Dirty');
  if (!anonymous || !clean || !dirty) return undefined;
  let sum = 0;
  for (let row = 0; row < count; row++) {
    const own = (clean[row] as number) + (dirty[row] as number);
    sum += Math.max(0, (anonymous[row] as number) - own);
  }
  return sum;
}
