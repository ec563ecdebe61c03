import type { Trend } from '../model/analysis.js';
import type { ProgramRecord, Timeline } from '../model/program.js';
import type { Evidence, Finding, NotApplicable, Verdict, VerdictRule } from '../model/verdict.js';
import { withCause } from './causes/explain.js';
import { type Life, type Words, worstOf } from './lives.js';
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
 * rest. The verdict is the worst of theirs and names its pid; what all lives say together is added to it.
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
  if (first === undefined || others.length === 0) {
    return { verdict: withCause(verdictOf(record, wordsOf(record, rules, reportOnce)), record), trends };
  }
  const lifeOf = (timeline: Timeline): Life => {
    const words = wordsOf({ ...record, timelines: [timeline] }, rules, reportOnce);
    return { timeline, words, verdict: verdictOf(record, words) };
  };
  const worst = worstOf(lifeOf(first), others.map(lifeOf));
  const together = rules.flatMap((rule) => {
    const findings = guarded(rule, () => rule.judgeLives?.(record) ?? [], reportOnce);
    return 'reason' in findings ? [] : findings;
  });
  const { pid } = worst.timeline;
  const verdict = { ...withLives(record, worst, together), ...(pid !== undefined && { pid }) };
  return { verdict: withCause(verdict, record), trends };
}

/**
 * The verdict on the worst life with what all of them say together. That may settle what a single life is too short
 * for, but does not take back what one of them proves.
 */
function withLives(record: ProgramRecord, worst: Life, together: readonly Finding[]): Verdict {
  const proven = worst.verdict.label === 'leak';
  const added = together.filter(({ bearing }) => bearing === 'for' || !proven);
  if (added.length === 0) return worst.verdict;
  const own = worst.words.findings.filter(({ bearing }) => bearing !== 'against' || proven);
  return verdictOf(record, { ...worst.words, findings: [...added, ...own] });
}

function wordsOf(record: ProgramRecord, rules: readonly VerdictRule[], reportFailure: ReportFailure): Words {
  const findings: Finding[] = [];
  const missing: NotApplicable[] = [];
  for (const rule of rules) {
    const word = guarded(rule, () => rule.judge(record), reportFailure);
    if ('reason' in word) missing.push(word);
    else findings.push(...word);
  }
  return { findings, missing };
}

function verdictOf(record: ProgramRecord, { findings, missing }: Words): Verdict {
  const grounds = findings.filter(({ bearing }) => bearing === 'for');
  return {
    ...record.program,
    ...grounds.find(({ measure }) => measure !== undefined)?.measure,
    label: settle(findings),
    ...shapeOf(grounds, findings),
    explainedBy: [],
    grounds: grounds.map(evidenceOf),
    objections: findings.filter(({ bearing }) => bearing === 'against').map(evidenceOf),
    defects: findings.filter(({ bearing }) => bearing === 'defect').map(evidenceOf),
    missing,
  };
}

function guarded(
  rule: VerdictRule,
  judging: () => readonly Finding[] | NotApplicable,
  reportFailure: ReportFailure,
): readonly Finding[] | NotApplicable {
  try {
    return judging();
  } catch (error) {
    reportFailure(rule.id, error);
    return { rule: rule.id, reason: 'the rule failed: a bug of memreport' };
  }
}

/** Of the first ground that has one; of what speaks against, where nothing speaks for. */
function shapeOf(grounds: readonly Finding[], findings: readonly Finding[]): Pick<Verdict, 'shape'> {
  const told = grounds.length > 0 ? grounds : findings.filter(({ bearing }) => bearing === 'against');
  const shape = told.find((finding) => finding.shape !== undefined)?.shape;
  return shape === undefined ? {} : { shape };
}

function evidenceOf({ rule, statement, origins }: Finding): Evidence {
  return { rule, statement, origins };
}
