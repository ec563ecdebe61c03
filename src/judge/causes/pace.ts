import { hoursText, memoryText, shareText } from '../amounts.js';
import type { AllocationSite } from './allocation-site.js';
import { type BenchRun, heldBy, hoursOf, twoRunsOf } from './bench-runs.js';
import { type Comparison, type Estimate, NO_COMPARISON } from './estimate.js';
import { type GrowthToExplain, originsOfGrowth } from './growth-to-explain.js';

/**
 * What the bench loses in an hour against what the field grows in an hour: they agree where the program works by the
 * clock or by its input. memcheck slows a program that computes 20 to 30 times: then they don't, and nothing is
 * concluded. Source: valgrind manual, 2.2
 */
export function comparePace(
  sites: readonly AllocationSite[],
  growth: GrowthToExplain,
  runs: readonly BenchRun[],
): Comparison {
  const span = spanOf(runs);
  const { perHour } = growth;
  if (!span || perHour === undefined || !(perHour > 0)) return NO_COMPARISON;
  const rates = sites
    .filter(({ kind }) => span.less !== undefined || kind !== 'reachable')
    .map((site) => {
      const held = heldBy(site.fingerprint, span.more, growth.allocator);
      const before = span.less ? heldBy(site.fingerprint, span.less, growth.allocator) : 0;
      return { site, rate: Math.max(0, held - before) / span.hours };
    })
    .filter(({ rate }) => rate > 0);
  const all = rates.reduce((sum, { rate }) => sum + rate, 0);
  if (all === 0) return NO_COMPARISON;
  const ratio = all / perHour;
  const origins = [span.more.summary.origin, ...originsOfGrowth(growth)];
  const over = span.less ? 'between two runs' : `in ${hoursText(span.hours)}`;
  if (ratio > FASTEST || ratio < SLOWEST) {
    const statement =
      `under memcheck the program keeps ${memoryText(all)} per hour (${over}), but it grew by ${memoryText(perHour)} per ` +
      `hour where it was sampled: it did other work there, or at another pace`;
    return { estimates: new Map(), conflicts: [{ statement, origins }] };
  }
  const estimates = rates.map(({ site, rate }): [string, Estimate] => {
    const share = rate / Math.max(all, perHour);
    const statement =
      `under memcheck it keeps ${memoryText(rate)} per hour here (${over}, with what malloc adds), ` +
      `${shareText(share)} of the ${memoryText(perHour)} per hour that the sampled process grew`;
    return [site.fingerprint, { basis: 'rate', share, statement, origins }];
  });
  return { estimates: new Map(estimates), conflicts: [] };
}

const FASTEST = 1.25;
const SLOWEST = 0.4;

interface Span {
  readonly less?: BenchRun;
  readonly more: BenchRun;
  readonly hours: number;
}

/** What two runs differ in, which leaves the start-up out; else the longest run alone. */
function spanOf(runs: readonly BenchRun[]): Span | undefined {
  const timed = runs.filter((run) => (hoursOf(run) ?? 0) > 0);
  const two = twoRunsOf(timed);
  const more = two?.more ?? timed.at(-1);
  if (!more) return undefined;
  const hours = (hoursOf(more) ?? 0) - (two ? (hoursOf(two.less) ?? 0) : 0);
  return hours > 0 ? { more, hours, ...(two && { less: two.less }) } : undefined;
}
