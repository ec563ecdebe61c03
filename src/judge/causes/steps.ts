import { PAGE } from '../../model/units.js';
import { medianOf } from '../../stats/robust-noise.js';
import { countedText, countText, memoryText } from '../amounts.js';
import type { AllocationSite } from './allocation-site.js';
import { footprintOf } from './allocator.js';
import { type Comparison, type Estimate, NO_COMPARISON } from './estimate.js';
import { type GrowthToExplain, originsOfGrowth } from './growth-to-explain.js';

/**
 * Whether the series grows in steps of whole blocks of one site.
 *
 * The kernel counts whole pages, so a step may be off by a page now and then, but not as a rule; and blocks of few
 * pages fit any step and prove nothing. Of those, it is the mean of the usual steps that must be a whole number.
 */
export function compareSteps(sites: readonly AllocationSite[], growth: GrowthToExplain): Comparison {
  const steps = stepsOf(growth);
  // What comes and goes takes whole blocks too: the steps must be those that stay.
  if (steps.length < FEWEST_STEPS || sumOf(steps) > MOST_OF_GROWTH * growth.bytes) return NO_COMPARISON;
  const fits = sites
    .filter(({ blocks, kind }) => blocks > 0 && kind !== 'reachable')
    .flatMap((site) => stepFit(site, steps, growth) ?? usualFit(site, steps, growth) ?? [])
    .toSorted((a, b) => b.site.bytes - a.site.bytes);
  const [best] = fits;
  if (!best) return NO_COMPARISON;
  const origins = [...originsOfGrowth(growth), ...best.site.leaks.flatMap(({ origins }) => origins.slice(0, 1))];
  const estimate: Estimate = { basis: 'steps', share: Math.min(1, best.share), statement: best.statement, origins };
  return { estimates: new Map([[best.site.fingerprint, estimate]]), conflicts: [] };
}

interface Fit {
  readonly site: AllocationSite;
  readonly share: number;
  readonly statement: string;
}

function sumOf(steps: readonly number[]): number {
  return steps.reduce((sum, step) => sum + step, 0);
}

function stepsOf({ series, part }: GrowthToExplain): number[] {
  const steps: number[] = [];
  for (let i = part.from + 1; i < series.values.length; i++) {
    const step = (series.values[i] ?? 0) - (series.values[i - 1] ?? 0);
    if (step > 0) steps.push(step);
  }
  return steps;
}

/** Each step by itself is a whole number of blocks. */
function stepFit(site: AllocationSite, steps: readonly number[], growth: GrowthToExplain): Fit | undefined {
  const block = footprintOf(site.bytes / site.blocks, growth.allocator);
  if (block <= 2 * PAGE) return undefined;
  const step = medianOf(steps);
  const each = Math.round(step / block);
  if (each < 1 || Math.abs(step - each * block) > block / 8) return undefined;
  const fitting = steps.filter((one) => Math.abs(one - Math.round(one / block) * block) <= PAGE);
  if (fitting.length < MOST_OF_STEPS * steps.length) return undefined;
  // A page is a large part of a small block: chance fits that often.
  if ((2 * PAGE) / block > LEAST_SURPRISE) return undefined;
  const samples = growth.series.values.length - 1 - growth.part.from;
  const perSample = (steps.length / samples) * each * block;
  const blocks = each === 1 ? 'one block' : `${countText(each)} blocks`;
  return {
    site,
    share: perSample / growth.perSample,
    statement:
      `memory grows in steps of ${memoryText(step)}, each ${blocks} of ${countedText(site.bytes / site.blocks, 'byte')} ` +
      `of this site, with ${memoryText(block)} for each; ${countText(fitting.length)} of ${countText(steps.length)} steps fit to the page`,
  };
}

const FEWEST_STEPS = 3;
const MOST_OF_GROWTH = 1.25;
const MOST_OF_STEPS = 0.8;
const LEAST_SURPRISE = 0.5;

/**
 * The usual step is a whole number of blocks, however small they are: each single one is rounded to pages, but their
 * mean is not. Where samples are not taken in step with the program's work, some steps are missing or double.
 */
function usualFit(site: AllocationSite, steps: readonly number[], growth: GrowthToExplain): Fit | undefined {
  const middle = medianOf(steps);
  const usual = steps.filter((step) => Math.abs(step - middle) <= PAGE);
  if (usual.length < Math.max(FEWEST_STEPS, steps.length / 2)) return undefined;
  const mean = sumOf(usual) / usual.length;
  const block = footprintOf(site.bytes / site.blocks, growth.allocator);
  const each = mean / block;
  const whole = Math.round(each);
  // Of a difference of two numbers rounded to pages: PAGE² / 6 is its variance.
  const error = PAGE / Math.sqrt(6 * usual.length) / block;
  if (whole < 1 || error > MOST_ERROR || Math.abs(each - whole) > MOST_ERROR) return undefined;
  const fitting = steps.filter((step) => Math.abs(step - Math.round(step / mean) * mean) <= 2 * PAGE);
  return {
    site,
    share: sumOf(fitting) / growth.bytes,
    statement:
      `the usual step from sample to sample is ${memoryText(mean)}, ${each.toFixed(2)} ± ${error.toFixed(2)} blocks of this ` +
      `site (${countedText(site.bytes / site.blocks, 'byte')}, ${memoryText(block)} with what malloc adds)`,
  };
}

/** In blocks. A mean is by chance so close to a whole number in one case of five. */
const MOST_ERROR = 0.1;
