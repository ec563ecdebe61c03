import type { ProgramReport, TimelineReport } from './analysis.js';
import type { Verdict } from './verdict.js';

/** The timeline that a verdict is about: of its pid, else the one with the most samples. */
export function judgedTimeline(
  report: Pick<ProgramReport, 'timelines'>,
  { pid }: Pick<Verdict, 'pid'>,
): TimelineReport | undefined {
  const named = report.timelines.find((timeline) => pid !== undefined && timeline.pid === pid);
  return named ?? report.timelines.toSorted((a, b) => b.samples.length - a.samples.length)[0];
}
