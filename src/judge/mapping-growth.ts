import type { MappingSeries, Timeline } from '../model/program.js';
import type { Bytes } from '../model/units.js';
import { theilSen } from '../stats/theil-sen.js';
import { withoutPeriod } from './growth/steady-series.js';
import { type Series, seriesOf } from './series.js';

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
export function untouchedOf({ kind, at, size, rss, unreclaimable }: MappingSeries, from: number): Bytes | undefined {
  const sizes = size.filter((_, i) => (at[i] ?? 0) >= from);
  const [first] = sizes;
  if (kind !== 'shared-memory' || first === undefined || sizes.some((one) => one !== first)) return undefined;
  return Math.max(0, first - Math.max(rss.at(-1) ?? 0, unreclaimable.at(-1) ?? 0));
}

/** Growth on a line from sample `from` on, thinned to what suffices to compare mappings. */
export function roughGrowth({ at, times, values }: Series, from: number): number {
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
