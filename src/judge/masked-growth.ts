import type { MappingSeries, Timeline } from '../model/program.js';
import { PAGE } from '../model/units.js';
import { falseDiscoveryRates } from '../stats/benjamini-hochberg.js';
import { type Growth, growthOf } from './growth/growth.js';
import { GROWTH } from './growth/growth-limits.js';
import type { GrowthPart } from './growth/growth-part.js';
import { coveredSamples, mappingSeries } from './mapping-growth.js';
import type { Series } from './series.js';

/** A mapping that grows although the total does not. */
export interface MappingGrowth {
  readonly label: string;
  readonly growth: Growth;
  readonly series: Series;
  /** Others shrink by as much. */
  readonly compensated: boolean;
}

/** The mapping that carries the growth, where others shrink so much that the total shows only a part of it. */
export function halfHidden(timeline: Timeline, total: GrowthPart, carrier: MappingSeries): MappingGrowth | undefined {
  const series = mappingSeries(timeline, carrier, carrier.unreclaimable);
  const own = (series.values.at(-1) ?? 0) - (series.values[0] ?? 0);
  if (own < total.growth * LEAST_HIDDEN) return undefined;
  const growth = growthOf(series, PAGE);
  if (growth.state !== 'growing' || !growth.part || growth.part.line.lower < total.line.upper) return undefined;
  return { label: carrier.label, series, growth, compensated: false };
}

const LEAST_HIDDEN = 1.2;

/** The surest of the mappings that grow although the total does not. */
export function maskedGrowth(timeline: Timeline, sum: Series, total: Growth): MappingGrowth | undefined {
  const covered = coveredSamples(timeline);
  if (covered.filter(Boolean).length < GROWTH.enoughSamples || growsWhere(covered, sum)) return undefined;
  const rises = timeline.mappings
    .map((mapping) => ({ mapping, rise: (mapping.unreclaimable.at(-1) ?? 0) - (mapping.unreclaimable[0] ?? 0) }))
    .filter(({ rise }) => rise >= GROWTH.leastUnits * PAGE)
    .sort((a, b) => b.rise - a.rise || (a.mapping.label < b.mapping.label ? -1 : 1))
    .slice(0, MOST_MAPPINGS);
  const judged = rises.map(({ mapping }) => {
    const series = mappingSeries(timeline, mapping, mapping.unreclaimable, covered);
    return { label: mapping.label, series, growth: isAllThatMoves(series, sum) ? total : growthOf(series, PAGE) };
  });
  // Mappings that do not rise are tests too, with nothing found.
  const silent = new Array<number>(timeline.mappings.length - judged.length).fill(1);
  const rates = falseDiscoveryRates([...judged.map(({ growth }) => growth.part?.trend.pRising ?? 1), ...silent]);
  const found = judged.find(({ growth }, i) => growth.state === 'growing' && (rates[i] ?? 1) <= GROWTH.significance);
  if (!found) return undefined;
  const rest = total.part?.line.slope ?? 0;
  return { ...found, compensated: Math.abs(rest) < (found.growth.part?.line.slope ?? 0) * 0.1 };
}

/** Whether the rest of the total stands still, as in most programs: then what is said of the total is said of the mapping. */
function isAllThatMoves({ at, values }: Series, { at: sumAt, values: sums }: Series): boolean {
  const rest = (sums[0] ?? 0) - (values[0] ?? 0);
  return (
    at.length === sumAt.length &&
    at.every((index, i) => index === sumAt[i] && (sums[i] ?? 0) - (values[i] ?? 0) === rest)
  );
}

/**
 * Whether the total of the samples whose mappings are known grows, although that of all does not: then it is these few
 * samples that look like growth, and nothing is masked.
 */
function growsWhere(covered: readonly boolean[], { at, times, values }: Series): boolean {
  const known = at.flatMap((index, i) => (covered[index] ? [i] : []));
  if (known.length === at.length) return false;
  const pick = (numbers: readonly number[]): number[] => known.map((i) => numbers[i] ?? 0);
  return growthOf({ at: pick(at), times: pick(times), values: pick(values) }, PAGE).state === 'growing';
}

/** Those that rose most: a full judgement takes up to 0.1 s for a long series. */
const MOST_MAPPINGS = 16;
