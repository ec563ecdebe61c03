import type { PlacedSample } from '../model/memory.js';
import type { MappingSeries, Timeline } from '../model/program.js';
import { type Bytes, HOUR, KIB, PAGE } from '../model/units.js';
import { falseDiscoveryRates } from '../stats/benjamini-hochberg.js';
import { theilSen } from '../stats/theil-sen.js';
import { type Growth, growthOf } from './growth/growth.js';
import { GROWTH } from './growth/growth-limits.js';
import type { GrowthPart } from './growth/growth-part.js';
import { withoutPeriod } from './growth/steady-series.js';
import { type PrivateSeries, privateSeriesOf, type Series, seriesOf } from './series.js';

/** A mapping that grows although the total does not. */
export interface MappingGrowth {
  readonly label: string;
  readonly growth: Growth;
  readonly series: Series;
  /** Others shrink by as much. */
  readonly compensated: boolean;
}

/** What the private memory of one timeline does. */
export interface TimelineGrowth {
  readonly series: PrivateSeries;
  readonly growth: Growth;
  /** The label of the mapping that carries most of the growth. */
  readonly where?: string;
  /** The growth is of shared memory whose size stays, in bytes not touched yet: it grows by no more than these. */
  readonly untouched?: Bytes;
  /** RSS and swap do not grow with it: pages stopped being shared (copy-on-write), nothing new was taken. */
  readonly unshared?: true;
  /** A mapping that grows while others shrink, so that the total does not show it, or not all of it. */
  readonly masked?: MappingGrowth;
}

const known = new WeakMap<Timeline, TimelineGrowth>();

/** The growth of a timeline's private memory; worked out once for all rules and charts. */
export function timelineGrowthOf(timeline: Timeline): TimelineGrowth {
  const cached = known.get(timeline);
  if (cached) return cached;
  const series = privateSeriesOf(timeline);
  const growth = isOneMoment(timeline, series) ? momentOf(series) : growthOf(series, PAGE);
  const { part, state } = growth;
  const repeats = growth.period !== undefined;
  const grows = state === 'growing' || state === 'leaning';
  const where = part && grows ? carrierOf(timeline, series, part.from, repeats) : undefined;
  const untouched = part && where && untouchedOf(where, series.at[part.from] ?? 0);
  const masked =
    state === 'growing' ? part && where && halfHidden(timeline, part, where) : maskedGrowth(timeline, series, growth);
  const result: TimelineGrowth = {
    series,
    growth,
    ...(where ? { where: where.label } : {}),
    ...(untouched === undefined ? {} : { untouched }),
    ...(part && grows && isUnsharing(timeline, series, part, where, repeats) ? { unshared: true } : {}),
    ...(masked ? { masked } : {}),
  };
  known.set(timeline, result);
  return result;
}

/** Whether all points lie so near together that they tell nothing of time. */
export function isOneMoment({ timed }: Timeline, { times }: Series): boolean {
  const hours = (times.at(-1) ?? 0) - (times[0] ?? 0);
  return timed && times.length >= GROWTH.fewestSamples && hours * HOUR < GROWTH.shortestSeconds * 1000;
}

/** As of the first two points: no statement on growth or rest. */
function momentOf({ at, times, values }: Series): Growth {
  return growthOf({ at: at.slice(0, 2), times: times.slice(0, 2), values: values.slice(0, 2) }, PAGE);
}

/** The mapping whose private memory grows most from the series' point `start` on, without what `repeats` itself. */
export function carrierOf(
  timeline: Timeline,
  series: Series,
  start: number,
  repeats: boolean,
): MappingSeries | undefined {
  let best: MappingGrown | undefined;
  for (const grown of mappingsGrown(timeline, series, start, repeats)) {
    if (grown.growth > (best?.growth ?? 0)) best = grown;
  }
  return best?.mapping;
}

export interface MappingGrown {
  readonly mapping: MappingSeries;
  /** Of its unreclaimable memory, in bytes, roughly. */
  readonly growth: number;
}

/** What each mapping has grown from the series' point `start` on, without what `repeats` itself. */
export function mappingsGrown(timeline: Timeline, series: Series, start: number, repeats: boolean): MappingGrown[] {
  const from = series.at[start] ?? 0;
  const covered = coveredSamples(timeline);
  return timeline.mappings.map((mapping) => {
    const own = mappingSeries(timeline, mapping, mapping.unreclaimable, covered);
    return { mapping, growth: roughGrowth(repeats ? withoutPeriod(own).steady : own, from) };
  });
}

/** What is left of shared memory to be touched, where its size has stayed since sample `from`. */
function untouchedOf({ kind, at, size, rss, unreclaimable }: MappingSeries, from: number): Bytes | undefined {
  const sizes = size.filter((_, i) => (at[i] ?? 0) >= from);
  const [first] = sizes;
  if (kind !== 'shared-memory' || first === undefined || sizes.some((one) => one !== first)) return undefined;
  return Math.max(0, first - Math.max(rss.at(-1) ?? 0, unreclaimable.at(-1) ?? 0));
}

/** Growth on a line from sample `from` on, thinned to what suffices to compare mappings. */
function roughGrowth({ at, times, values }: Series, from: number): number {
  const start = Math.max(
    0,
    at.findIndex((index) => index >= from),
  );
  const partTimes = times.slice(start);
  const line = theilSen(partTimes, values.slice(start), { limit: 60 });
  if (!line) return 0;
  const span = (partTimes.at(-1) ?? 0) - (partTimes[0] ?? 0);
  // Rare steps have a median slope of zero; the ends then tell which mapping took them.
  return line.slope * span || ((values.at(-1) ?? 0) - (values[start] ?? 0)) / 2;
}

/** The samples that have VMAs: there a mapping that is not listed did not exist. */
export function coveredSamples(timeline: Timeline): readonly boolean[] {
  const covered = new Array<boolean>(timeline.samples.length).fill(false);
  for (const { at } of timeline.mappings) for (const index of at) covered[index] = true;
  return covered;
}

/** A mapping's numbers over all samples with VMAs; 0 where it did not exist. */
export function mappingSeries(
  timeline: Timeline,
  mapping: MappingSeries,
  numbers: readonly number[],
  covered: readonly boolean[] = coveredSamples(timeline),
): Series {
  const dense = new Array<number>(timeline.samples.length).fill(0);
  mapping.at.forEach((index, i) => {
    dense[index] = numbers[i] ?? 0;
  });
  return seriesOf(timeline, (_, index) => (covered[index] ? dense[index] : undefined));
}

function isUnsharing(
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

/** The mapping that carries the growth, where others shrink so much that the total shows only a part of it. */
function halfHidden(timeline: Timeline, total: GrowthPart, carrier: MappingSeries): MappingGrowth | undefined {
  const series = mappingSeries(timeline, carrier, carrier.unreclaimable);
  const own = (series.values.at(-1) ?? 0) - (series.values[0] ?? 0);
  if (own < total.growth * LEAST_HIDDEN) return undefined;
  const growth = growthOf(series, PAGE);
  if (growth.state !== 'growing' || !growth.part || growth.part.line.lower < total.line.upper) return undefined;
  return { label: carrier.label, series, growth, compensated: false };
}

const LEAST_HIDDEN = 1.2;

/** The surest of the mappings that grow although the total does not. */
function maskedGrowth(timeline: Timeline, sum: Series, total: Growth): MappingGrowth | undefined {
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
