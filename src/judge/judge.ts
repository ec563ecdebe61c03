import type { Trend } from '../model/analysis.js';
import type { ProgramRecord, Timeline } from '../model/program.js';
import type { Evidence, Finding, NotApplicable, Verdict, VerdictLabel, VerdictRule } from '../model/verdict.js';
import { GROWTH } from './growth-limits.js';
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
  const trends = timelines.map((timeline) => trendOf(timeline));
  const [first, ...others] = timelines;
  if (first === undefined || others.length === 0) return { verdict: verdictOf(record, rules, reportOnce), trends };
  const lifeOf = (timeline: Timeline): Life => ({
    timeline,
    verdict: verdictOf({ ...record, timelines: [timeline] }, rules, reportOnce),
  });
  const worst = others.map(lifeOf).reduce((a, b) => (compareLives(b, a) < 0 ? b : a), lifeOf(first));
  const { pid } = worst.timeline;
  return { verdict: pid === undefined ? worst.verdict : { ...worst.verdict, pid }, trends };
}

/** One life of the program and what it alone, with the logs, amounts to. */
interface Life {
  readonly timeline: Timeline;
  readonly verdict: Verdict;
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

/** A life too short to be judged does not make a long clean one doubtful; one that was judged and is unclear does. */
const PRIORITY: Readonly<Record<VerdictLabel, number>> = { leak: 0, suspect: 1, inconclusive: 2, clean: 3 };
const TOO_SHORT = 4;

/** The worst first; among equals the fastest growing, then the one with the most samples. */
function compareLives(a: Life, b: Life): number {
  return (
    priorityOf(a) - priorityOf(b) ||
    compareNumbers(rateOf(b), rateOf(a)) ||
    b.timeline.samples.length - a.timeline.samples.length
  );
}

function priorityOf({ verdict, timeline }: Life): number {
  const tooShort = verdict.label === 'inconclusive' && timeline.samples.length < GROWTH.fewestSamples;
  return tooShort ? TOO_SHORT : PRIORITY[verdict.label];
}

function rateOf({ verdict }: Life): number {
  return verdict.ratePerHour ?? verdict.ratePerSample ?? Number.NEGATIVE_INFINITY;
}

/** Without a subtraction, which is NaN for two infinities. */
function compareNumbers(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
