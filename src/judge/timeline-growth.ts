import type { Timeline } from '../model/program.js';
import { type Bytes, HOUR, PAGE } from '../model/units.js';
import { type Growth, growthOf } from './growth/growth.js';
import { GROWTH } from './growth/growth-limits.js';
import { carrierOf, untouchedOf } from './mapping-growth.js';
import { halfHidden, type MappingGrowth, maskedGrowth } from './masked-growth.js';
import { type PrivateSeries, privateSeriesOf, type Series } from './series.js';
import { isUnsharing } from './unsharing.js';

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
