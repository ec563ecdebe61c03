import type { MappingReport, ProgramReport, SummaryReport, TimelineReport, Trend } from '../model/analysis.js';
import type { Sample } from '../model/memory.js';
import { compareNames } from '../model/origin.js';
import type { MappingSeries, ProgramRecord, Timeline } from '../model/program.js';
import { HOUR } from '../model/units.js';
import { theilSen } from '../stats/theil-sen.js';
import { vmasOf } from './match-vmas.js';

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
  const { program, timelines, summaries } = record;
  const shown = timelines.find((timeline) => timeline.pid === pid) ?? longest(timelines);
  const report: ProgramReport = {
    ...program,
    timelines: timelines.map((timeline, i) => timelineReport(timeline, trends[i])),
    mappings: shown ? mappingReports(shown) : [],
    vmas: shown ? vmasOf(shown) : [],
    summaries: summaries.map((summary): SummaryReport => ({ ...summary })),
  };
  if (shown?.last) report.vmaOrigin = shown.last.origin;
  return report;
}

function longest(timelines: readonly Timeline[]): Timeline | undefined {
  return timelines.toSorted((a, b) => b.samples.length - a.samples.length)[0];
}

function timelineReport(timeline: Timeline, trend: Trend | undefined): TimelineReport {
  const report: TimelineReport = {
    samples: timeline.samples.map(({ origin: _origin, ...sample }): Sample => sample),
  };
  if (timeline.pid !== undefined) report.pid = timeline.pid;
  if (trend) report.trend = trend;
  return report;
}

/** Those that grew the most first. */
function mappingReports(timeline: Timeline): MappingReport[] {
  return timeline.mappings
    .map((series) => mappingReport(series, timeline))
    .sort((a, b) => b.growth - a.growth || b.privateBytes - a.privateBytes || compareNames(a.label, b.label));
}

/** A mapping that is not in the first or the last sample held nothing then. */
function mappingReport(series: MappingSeries, timeline: Timeline): MappingReport {
  const followed = timeline.samples.length;
  const first = series.at[0] === 0 ? (series.privateBytes[0] as number) : 0;
  const last = series.at.at(-1) === followed - 1 ? (series.privateBytes.at(-1) as number) : 0;
  const report: MappingReport = { label: series.label, kind: series.kind, growth: last - first, privateBytes: last };
  if (timeline.timed && series.at.length > 1 && report.growth !== 0) {
    const times = series.at.map((index) => timeline.samples[index]?.takenAt as number);
    const slope = theilSen(times, series.privateBytes)?.slope;
    if (slope !== undefined) report.ratePerHour = slope * HOUR;
  }
  return report;
}
