import { memoryText, shareText } from '../amounts.js';
import { type AllocationSite, runsOf, type SiteRun } from './allocation-site.js';
import { footprintOf } from './allocator.js';
import { type Comparison, type Estimate, NO_COMPARISON } from './estimate.js';
import { type GrowthToExplain, originsOfGrowth } from './growth-to-explain.js';

/**
 * What the sampled process itself said at its end of the blocks that it lost, against what it grew.
 *
 * The log tells of the whole run, the samples of a part of it. Where all sites together lost more than grew while
 * samples were taken, each has its part of the growth; where they lost much more, the samples say too little.
 */
export function compareSameProcess(sites: readonly AllocationSite[], growth: GrowthToExplain): Comparison {
  const { pid } = growth.timeline;
  if (pid === undefined) return NO_COMPARISON;
  const lost = sites.flatMap((site) => {
    const run = largestOf(runsOf(site.leaks).filter((one) => one.pid === pid && !one.elsewhere));
    return run && run.blocks > 0
      ? [{ site, run, bytes: run.blocks * footprintOf(run.bytes / run.blocks, growth.allocator) }]
      : [];
  });
  const all = lost.reduce((sum, { bytes }) => sum + bytes, 0);
  if (all === 0 || all > MOST_OF_GROWTH * growth.bytes) return NO_COMPARISON;
  const scale = Math.max(all, growth.bytes);
  const estimates = lost.map(({ site, run, bytes }): [string, Estimate] => {
    const share = bytes / scale;
    return [
      site.fingerprint,
      {
        basis: 'same-process',
        share,
        statement:
          `the sampled process itself lost ${memoryText(run.bytes)} here, ${memoryText(bytes)} with what its allocator ` +
          `adds: ${shareText(share)} of ${all > growth.bytes ? `all it lost, which covers the ${memoryText(growth.bytes)} that it grew` : `the ${memoryText(growth.bytes)} that it grew`} while sampled`,
        origins: [run.origin, ...originsOfGrowth(growth)],
      },
    ];
  });
  return { estimates: new Map(estimates), conflicts: [] };
}

/** Samples that cover less than two thirds of the run say too little of what happened in the rest. */
const MOST_OF_GROWTH = 1.5;

function largestOf(runs: readonly SiteRun[]): SiteRun | undefined {
  return runs.reduce<SiteRun | undefined>((most, run) => (most && most.bytes >= run.bytes ? most : run), undefined);
}
