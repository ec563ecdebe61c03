import type { Statement } from '../../model/verdict.js';
import { hoursText, memoryText } from '../amounts.js';
import type { AllocationSite } from './allocation-site.js';
import { type BenchRun, hoursOf, twoRunsOf } from './bench-runs.js';

/**
 * Whether a site kept more in a longer run than in a shorter one: then it grows, whatever memcheck calls its blocks.
 * Memory that is still reachable or possibly lost is no defect by itself, but this is evidence.
 */
export function logGrowthOf(site: AllocationSite, runs: readonly BenchRun[]): Statement | undefined {
  const two = twoRunsOf(runs);
  const before = two?.less.sites.get(site.fingerprint);
  const after = two?.more.sites.get(site.fingerprint);
  if (!two || !before || !after || before.bytes === after.bytes) return undefined;
  const words = after.bytes > before.bytes * LEAST_RISE ? 'grows with the run' : 'does not grow with the run';
  return {
    statement: `what it keeps ${words}: ${memoryText(before.bytes)} ${lengthText(two.less)}, ${memoryText(after.bytes)} ${lengthText(two.more)}`,
    origins: [before.origin, after.origin],
  };
}

/** Sites that keep the same in runs of different length hold start-up memory: they do not grow. */
export function isConstant(site: AllocationSite, runs: readonly BenchRun[]): boolean {
  const two = twoRunsOf(runs);
  const before = two?.less.sites.get(site.fingerprint);
  const after = two?.more.sites.get(site.fingerprint);
  return before !== undefined && after !== undefined && after.bytes <= before.bytes * LEAST_RISE;
}

const LEAST_RISE = 1.05;

function lengthText(run: BenchRun): string {
  const hours = hoursOf(run);
  if (hours !== undefined) return `in ${hoursText(hours)}`;
  const { allocatedBytes } = run.summary;
  return allocatedBytes === undefined ? 'in one run' : `in a run that allocated ${memoryText(allocatedBytes)}`;
}
