import { groupBy } from '../../model/group-by.js';
import { memoryText, shareText } from '../amounts.js';
import type { AllocationSite } from './allocation-site.js';
import { type BenchRun, heldBy, twoRunsOf } from './bench-runs.js';
import { type Comparison, type Estimate, NO_COMPARISON } from './estimate.js';
import type { GrowthToExplain } from './growth-to-explain.js';
import { type AreaFit, areaFitOf } from './malloc-area.js';

/**
 * Of all heap memory that a run kept to its end, how much is of one site: the site's share of what grows where malloc
 * places such blocks, if the bench does the same work as the field, at whatever pace.
 *
 * What is kept from the start on is in it as well. Two runs of different length tell it apart; of one run, the share
 * lies between that of all that was kept and that of what was lost, and is told only where these are close.
 */
export function compareHeldAtExit(
  sites: readonly AllocationSite[],
  growth: GrowthToExplain,
  runs: readonly BenchRun[],
): Comparison {
  const more = runs.at(-1);
  if (!more) return NO_COMPARISON;
  const less = twoRunsOf(runs)?.less;
  const held = sites.flatMap((site): Held[] => {
    const fit = areaFitOf(site, growth);
    const before = less ? heldBy(site.fingerprint, less, growth.allocator) : 0;
    const bytes = heldBy(site.fingerprint, more, growth.allocator) - before;
    return fit && fit.share >= LEAST_FIT && bytes > 0 ? [{ site, bytes, fit }] : [];
  });
  const unknown = Math.max(0, untold(more) - (less ? untold(less) : 0));
  // What grows elsewhere is not theirs: sites share the growth of the areas where they are expected.
  const estimates = [...groupBy(held, ({ fit }) => fit.expected).values()].flatMap((group): [string, Estimate][] => {
    const all = sumOf(group) + unknown;
    const growing = less ? all : sumOf(group.filter(({ site }) => site.kind !== 'reachable'));
    if (growing < LEAST_SEEN * growth.bytes) return [];
    return group
      .filter(({ site, bytes }) => (less || site.kind !== 'reachable') && bytes / growing - bytes / all <= WIDEST)
      .map((one) => {
        const part = (one.bytes / all + one.bytes / growing) / 2;
        return [one.site.fingerprint, estimateOf(one, part, more, less !== undefined)];
      });
  });
  return { estimates: new Map(estimates), conflicts: [] };
}

function estimateOf({ bytes, fit }: Held, part: number, run: BenchRun, isDifference: boolean): Estimate {
  const kept = isDifference
    ? 'that one run under memcheck kept more than a shorter one'
    : 'that a run under memcheck kept to its end';
  const statement =
    `of the heap memory ${kept}, ${shareText(part)} is from here (${memoryText(bytes)})` +
    (fit.share < 0.995 ? `; ${shareText(fit.share)} of the growth is ${fit.expected}` : '');
  return { basis: 'held-at-exit', share: fit.share * part, statement, origins: [run.summary.origin] };
}

interface Held {
  readonly site: AllocationSite;
  readonly bytes: number;
  readonly fit: AreaFit;
}

/** Of the growth. What a run lost must be more than a trifle beside it, or other memory may be what grows. */
const LEAST_SEEN = 0.01;
const LEAST_FIT = 0.05;
/** Between the two bounds of a share. */
const WIDEST = 0.2;

function sumOf(held: readonly { readonly bytes: number }[]): number {
  return held.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Kept at the end, but in no record: without --show-leak-kinds=all memcheck leaves out what is still reachable. */
function untold({ summary: { inUseAtExit }, sites }: BenchRun): number {
  const told = [...sites.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  return Math.max(0, (inUseAtExit?.bytes ?? 0) - told);
}
