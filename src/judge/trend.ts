import type { Trend } from '../model/analysis.js';
import type { Timeline } from '../model/program.js';
import { timelineGrowthOf } from './timeline-growth.js';

/**
 * The line that the growth rule fitted through a timeline's private memory; undefined for fewer than two samples.
 *
 * Fitted to the part that grows. Where that is not the whole, `firstSample` tells where the line begins.
 */
export function trendOf(timeline: Timeline): Trend | undefined {
  const { series, growth } = timelineGrowthOf(timeline);
  const { part } = growth;
  if (!part) return undefined;
  const on = (time: number): number => Math.max(0, part.line.intercept + part.line.slope * time);
  const first = series.at[part.from] ?? 0;
  return {
    measure: series.measure,
    from: on(series.times[part.from] ?? 0),
    to: on(series.times.at(-1) ?? 0),
    ...(timeline.timed ? { ratePerHour: part.line.slope } : { ratePerSample: part.line.slope }),
    ...(part.from > 0 ? { firstSample: first } : {}),
  };
}
