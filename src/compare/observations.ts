import type { Analysis, ErrorReport, LeakReport, ProgramReport, TimelineReport } from '../model/analysis.js';
import { groupBy } from '../model/group-by.js';
import { judgedTimeline } from '../model/judged-timeline.js';
import { programKey } from '../model/program-key.js';
import type { Verdict } from '../model/verdict.js';

/** All that one side says of one program on one device. */
export interface Observation {
  readonly device: string;
  readonly command: string;
  readonly report: ProgramReport;
  readonly verdict: Verdict;
  /** The one that the verdict is about; absent for a program that only a log told of. */
  readonly timeline?: TimelineReport;
  readonly leaks: readonly LeakReport[];
  readonly errors: readonly ErrorReport[];
}

/** The programs of an analysis that have a verdict, in its order. */
export function observationsOf(analysis: Analysis): Observation[] {
  const verdicts = new Map(analysis.verdicts.map((verdict) => [programKey(verdict), verdict]));
  const leaks = groupBy(analysis.leaks, programKey);
  const errors = groupBy(analysis.errors, programKey);
  return analysis.programs.flatMap((report): Observation[] => {
    const key = programKey(report);
    const verdict = verdicts.get(key);
    if (!verdict) return [];
    const timeline = judgedTimeline(report, verdict);
    return [
      {
        device: report.device,
        command: report.command,
        report,
        verdict,
        ...(timeline && timeline.samples.length > 0 && { timeline }),
        leaks: leaks.get(key) ?? [],
        errors: errors.get(key) ?? [],
      },
    ];
  });
}
