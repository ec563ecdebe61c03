import type { PlacedSample } from '../model/memory.js';
import type { MappingSeries, Timeline } from '../model/program.js';
import { KIB } from '../model/units.js';
import { theilSen } from '../stats/theil-sen.js';
import type { GrowthPart } from './growth/growth-part.js';
import { mappingSeries, mappingsGrown, roughGrowth } from './mapping-growth.js';
import { type PrivateSeries, seriesOf } from './series.js';

/**
 * Whether pages stopped being shared (copy-on-write): private memory grows by what is shared no more, and nothing new is
 * taken.
 *
 * @param part of the series of private memory that grows
 * @param where the mapping that carries the growth
 * @param repeats whether the series repeats itself
 */
export function isUnsharing(
  timeline: Timeline,
  series: PrivateSeries,
  part: GrowthPart,
  where: MappingSeries | undefined,
  repeats: boolean,
): boolean {
  if (series.measure === 'rss') return false;
  const from = series.at[part.from] ?? 0;
  const own = new Map(series.at.map((index, i) => [index, series.values[i] ?? 0]));
  const residentOf = ({ rss, swap }: PlacedSample): number | undefined => rss && rss + (swap ?? 0);
  const resident = seriesOf(timeline, (sample, index) => (index >= from ? residentOf(sample) : undefined));
  if (resident.at.length < part.points / 2 || resident.at.length < 2) return false;
  if (part.growth < 2 * printedStep(resident.values)) return false;
  // What comes and goes does so in both, so that it is not in the difference.
  const shared = seriesOf(timeline, (sample, index) => {
    const [all, ours] = [residentOf(sample), own.get(index)];
    return index >= from && all !== undefined && ours !== undefined ? all - ours : undefined;
  });
  const line = theilSen(shared.times, shared.values);
  if (!line || line.slope >= -LEAST_UNSHARED * part.line.slope) return false;
  // Dropped file pages may hide the growth of RSS; the growing mapping's own pages do not.
  if (!where || where.rss.length === 0) return true;
  const clean = where.rss.map((bytes, i) => bytes - (where.unreclaimable[i] ?? 0));
  const lost = -roughGrowth(mappingSeries(timeline, where, clean), from);
  const grown =
    mappingsGrown(timeline, series, part.from, repeats).find(({ mapping }) => mapping === where)?.growth ?? 0;
  return lost > LEAST_UNSHARED * grown;
}

/** Above this share of the growth, what is shared shrinks by it. Chosen by hand: 0 for a leak, 1 for un-sharing. */
const LEAST_UNSHARED = 0.75;

/** What amounts are rounded to where they all were printed as `smem -k` does (`1.7M`, `1.2G`), in bytes; else 0. */
function printedStep(values: readonly number[]): number {
  const steps = [KIB ** 3 / 10, KIB ** 2 / 10];
  return steps.find((step) => values.every((value) => Math.abs(value - Math.round(value / step) * step) <= 1)) ?? 0;
}
