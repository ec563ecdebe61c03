import type { Trend } from '../model/analysis.js';
import type { ProgramRecord, Timeline } from '../model/program.js';
import type { Evidence, Finding, NotApplicable, Verdict, VerdictLabel, VerdictRule } from '../model/verdict.js';
import { GROWTH } from './growth.js';
import { settle } from './settle.js';
import { trendOf } from './trend.js';

/** Told of a rule that threw: a bug of ours, which must not cost the rest of the verdict. */
export type ReportFailure = (rule: string, error: unknown) => void;

export interface Judgement {
  readonly verdict: Verdict;
  /** The fitted line of each timeline, in their order; undefined where there is none. */
  readonly trends: readonly (Trend | undefined)[];
}

/**
 * The verdict on one program.
 *
 * The rules judge each timeline apart, together with the logs: growth of one process is no objection to another's
 * rest. The verdict is the worst of theirs and names its pid.
 */
export function judge(record: ProgramRecord, rules: readonly VerdictRule[], reportFailure: ReportFailure): Judgement {
  const failed = new Set<string>();
  const reportOnce: ReportFailure = (rule, error) => {
    if (!failed.has(rule)) reportFailure(rule, error);
    failed.add(rule);
  };
  const { timelines } = record;
  const verdicts =
    timelines.length < 2
      ? [verdictOf(record, rules, reportOnce)]
      : timelines.map((timeline) =>
          withPid(verdictOf({ ...record, timelines: [timeline] }, rules, reportOnce), timeline),
        );
  const worst = verdicts.reduce((best, verdict, i) =>
    comparePriority(verdict, timelines[i], best, timelines[verdicts.indexOf(best)]) < 0 ? verdict : best,
  );
  return { verdict: worst, trends: timelines.map((timeline) => trendOf(timeline)) };
}

function verdictOf(record: ProgramRecord, rules: readonly VerdictRule[], reportFailure: ReportFailure): Verdict {
  const findings: Finding[] = [];
  const missing: NotApplicable[] = [];
  for (const rule of rules) {
    const word = wordOf(rule, record, reportFailure);
    if ('reason' in word) missing.push(word);
    else findings.push(...word);
  }
  const grounds = findings.filter(({ bearing }) => bearing === 'for');
  return {
    ...record.program,
    ...grounds.find(({ measure }) => measure !== undefined)?.measure,
    label: settle(findings),
    explainedBy: grounds.flatMap(({ explainedBy }) => explainedBy ?? []),
    grounds: grounds.map(evidenceOf),
    objections: findings.filter(({ bearing }) => bearing === 'against').map(evidenceOf),
    defects: findings.filter(({ bearing }) => bearing === 'defect').map(evidenceOf),
    missing,
  };
}

function wordOf(
  rule: VerdictRule,
  record: ProgramRecord,
  reportFailure: ReportFailure,
): readonly Finding[] | NotApplicable {
  try {
    return rule.judge(record);
  } catch (error) {
    reportFailure(rule.id, error);
    return { rule: rule.id, reason: 'the rule failed: a bug of memreport' };
  }
}

function evidenceOf({ rule, statement, origins }: Finding): Evidence {
  return { rule, statement, origins };
}

function withPid(verdict: Verdict, { pid }: Timeline): Verdict {
  return pid === undefined ? verdict : { ...verdict, pid };
}

/** A life too short to be judged does not make a long clean one doubtful; one that was judged and is unclear does. */
const PRIORITY: Readonly<Record<VerdictLabel, number>> = { leak: 0, suspect: 1, inconclusive: 2, clean: 3 };
const TOO_SHORT = 4;

function comparePriority(
  a: Verdict,
  aTimeline: Timeline | undefined,
  b: Verdict,
  bTimeline: Timeline | undefined,
): number {
  const priority = (verdict: Verdict, timeline: Timeline | undefined): number =>
    verdict.label === 'inconclusive' && (timeline?.samples.length ?? 0) < GROWTH.fewestSamples
      ? TOO_SHORT
      : PRIORITY[verdict.label];
  const measured = (verdict: Verdict): number =>
    verdict.ratePerHour ?? verdict.ratePerSample ?? Number.NEGATIVE_INFINITY;
  return (
    priority(a, aTimeline) - priority(b, bTimeline) ||
    (measured(a) === measured(b) ? 0 : measured(b) - measured(a)) ||
    (bTimeline?.samples.length ?? 0) - (aTimeline?.samples.length ?? 0)
  );
}
