import type { CategorySeriesReport } from '../model/address-space.js';
import type { MappingReport, ProgramReport, SummaryReport, TimelineReport, Trend } from '../model/analysis.js';
import { compareNames } from '../model/origin.js';
import { periodOf } from '../model/period.js';
import type { MappingSeries, ProgramRecord, Timeline } from '../model/program.js';
import { HOUR } from '../model/units.js';
import { assignKnown } from '../model/vma-table.js';
import { endLevel } from '../stats/level.js';
import { theilSen } from '../stats/theil-sen.js';
import { addressSpaceOf } from './areas/address-space.js';
import { categoryOfSeries, imageNames, mappingKindsOf, mappingKindsOverTime } from './areas/mapping-kinds.js';
import { listedOf } from './listed-samples.js';
import { vmasOf } from './match-vmas.js';
import { unplacedSample } from './readings.js';
import { footprintOf } from './sharing/footprint.js';

/**
 * What the report tells of a program: its timelines with the lines fitted through them, and the mappings and VMAs of
 * the timeline that the verdict is of.
 *
 * @param trends one for each timeline, in their order
 */
export function programReportOf(
  record: ProgramRecord,
  trends: readonly (Trend | undefined)[],
  pid: number | undefined,
): ProgramReport {
  const { program, timelines, summaries, heapProfiles, runs } = record;
  const shown = timelines.find((timeline) => timeline.pid === pid) ?? longest(timelines);
  const categorySeries = shown && mappingKindsOverTime(shown);
  const report: ProgramReport = {
    ...program,
    ...periodOf(timelines.flatMap(({ samples }) => samples.map(({ takenAt }) => takenAt))),
    timelines: timelines.map((timeline, i) =>
      timelineReport(timeline, trends[i], timeline === shown ? categorySeries : undefined),
    ),
    mappings: shown ? mappingReports(shown) : [],
    vmas: shown ? vmasOf(shown) : [],
    summaries: summaries.map((summary): SummaryReport => ({ ...summary })),
    ...(heapProfiles && { heapProfiles: [...heapProfiles] }),
    ...(runs && { runs: [...runs] }),
  };
  if (shown?.last) {
    report.vmaOrigin = shown.last.origin;
    assignKnown(report, {
      categories: mappingKindsOf(shown),
      categorySeries: categorySeries && listedSeries(categorySeries, report.timelines[timelines.indexOf(shown)]),
      addressSpace: addressSpaceOf(shown),
    });
  }
  const footprint = shown && footprintOf(shown);
  if (footprint) report.footprint = footprint;
  return report;
}

function longest(timelines: readonly Timeline[]): Timeline | undefined {
  return timelines.toSorted((a, b) => b.samples.length - a.samples.length)[0];
}

function timelineReport(
  { pid, samples }: Timeline,
  trend: Trend | undefined,
  categorySeries: CategorySeriesReport | undefined,
): TimelineReport {
  const begin = trend?.firstSample;
  const at = listedOf(samples, [...(begin === undefined ? [] : [begin]), ...(categorySeries?.at ?? [])]);
  const listed = at ? at.flatMap((number) => samples[number] ?? []) : samples;
  return assignKnown<TimelineReport>(
    { samples: listed.map(unplacedSample) },
    {
      pid,
      thinned: at && { of: samples.length, at },
      trend: at && trend && begin !== undefined ? { ...trend, firstSample: at.indexOf(begin) } : trend,
    },
  );
}

/** With the places of its samples among those that are listed. */
function listedSeries(series: CategorySeriesReport, timeline: TimelineReport | undefined): CategorySeriesReport {
  const numbers = timeline?.thinned?.at;
  return numbers ? { ...series, at: series.at.map((number) => numbers.indexOf(number)) } : series;
}

/** Those that grew the most first. */
function mappingReports(timeline: Timeline): MappingReport[] {
  // Not every sample need be a snapshot: mappings are known from the first that is one to the last.
  const followed = new Set(timeline.mappings.flatMap(({ at }) => [at[0] ?? 0, at.at(-1) ?? 0]));
  const ends = { first: Math.min(...followed), last: Math.max(...followed) };
  const images = imageNames(timeline);
  return timeline.mappings
    .map((series) => ({ ...mappingReport(series, timeline, ends), category: categoryOfSeries(series, images) }))
    .sort((a, b) => b.growth - a.growth || b.privateBytes - a.privateBytes || compareNames(a.label, b.label));
}

/** A mapping that is not in the first or the last snapshot held nothing then. */
function mappingReport(
  series: MappingSeries,
  timeline: Timeline,
  ends: { readonly first: number; readonly last: number },
): MappingReport {
  const first = series.at[0] === ends.first ? (series.privateBytes[0] as number) : 0;
  const last = series.at.at(-1) === ends.last ? (series.privateBytes.at(-1) as number) : 0;
  const report: MappingReport = { label: series.label, kind: series.kind, growth: last - first, privateBytes: last };
  if (timeline.timed && series.at.length > 1 && report.growth !== 0) {
    const times = series.at.map((index) => timeline.samples[index]?.takenAt as number);
    const line = theilSen(times, series.privateBytes);
    if (line) {
      report.ratePerHour = line.slope * HOUR;
      report.rateInterval = [line.lower * HOUR, line.upper * HOUR];
    }
  }
  const { value, spread } = endLevel(series.privateBytes);
  if (series.at.at(-1) === ends.last && value !== last) report.level = Math.round(value);
  if (spread > 0) report.spread = spread;
  const vmaCount = series.vmaCount.at(-1) ?? 1;
  if (vmaCount !== 1) report.vmaCount = vmaCount;
  return report;
}
