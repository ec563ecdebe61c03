import type { ProgramRecord, Timeline } from '../model/program.js';
import type { GrowthMeasure } from '../model/verdict.js';
import { countedText, countText, hoursText, memoryText } from './amounts.js';
import { exhaustionOf } from './exhaustion.js';
import type { GrowthPart } from './growth/growth-part.js';
import type { Series } from './series.js';

/** The growth of a part of a series as the verdict reports it, in bytes. */
export function measureOf(
  record: ProgramRecord,
  timeline: Timeline,
  series: Series,
  part: GrowthPart,
  where: string | undefined,
): GrowthMeasure {
  const { slope, lower, upper } = part.line;
  const exhaustion = timeline.timed ? exhaustionOf(record, timeline, slope) : undefined;
  const since = part.from > 0 ? timeline.samples[series.at[part.from] ?? 0]?.takenAt : undefined;
  return {
    growth: Math.round(part.growth),
    pValue: part.trend.pValue,
    ratePerSample: perSample(series, part),
    ...(timeline.timed ? { ratePerHour: slope, rateInterval: [lower, upper] as const } : {}),
    ...(where === undefined ? {} : { where }),
    ...(timeline.timed && since !== undefined ? { since } : {}),
    ...(exhaustion ? { exhaustion } : {}),
  };
}

/** Growth on the line from one sample to the next, on average. */
export function perSample(series: Series, part: GrowthPart): number {
  const intervals = series.at.length - 1 - part.from;
  return intervals > 0 ? part.growth / intervals : 0;
}

/** "26 samples over 25 s", with where the part begins if it is not the whole. */
export function spanText(timeline: Timeline, series: Series, from = 0): string {
  const samples = countedText(series.at.length - from, 'sample');
  const hours = (series.times.at(-1) ?? 0) - (series.times[from] ?? 0);
  const length = timeline.timed ? `${samples} over ${hoursText(hours)}` : samples;
  return from === 0 ? length : `the last ${length}, since sample ${countText((series.at[from] ?? 0) + 1)}`;
}

/**
 * "43.2 MiB per hour (95 % interval 43.1 MiB to 43.3 MiB)", or per sample where there are no times.
 *
 * An interval too narrow to show is left out.
 */
export function rateText(timeline: Timeline, part: GrowthPart): string {
  const { slope, lower, upper } = part.line;
  const per = timeline.timed ? 'hour' : 'sample';
  const [from, to] = [memoryText(lower), memoryText(upper)];
  const interval = from === to ? '' : ` (95 % interval ${from} to ${to})`;
  return `${memoryText(slope)} per ${per}${interval}`;
}
