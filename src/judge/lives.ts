import type { Timeline } from '../model/program.js';
import type { Finding, NotApplicable, Verdict, VerdictLabel } from '../model/verdict.js';
import { GROWTH } from './growth/growth-limits.js';

/** What the rules say of one life, or of a program of which there are only logs. */
export interface Words {
  readonly findings: readonly Finding[];
  readonly missing: readonly NotApplicable[];
}

/** One life of a program and what it alone, with the logs, amounts to. */
export interface Life {
  readonly timeline: Timeline;
  readonly words: Words;
  readonly verdict: Verdict;
}

/** The worst life; among equals one whose growth is proven, then the fastest, then the one with the most samples. */
export function worstOf(first: Life, others: readonly Life[]): Life {
  const lives = [first, ...others];
  const priorities = new Map(lives.map((life) => [life, priorityOf(life, lives)]));
  const compare = (a: Life, b: Life): number =>
    (priorities.get(a) ?? 0) - (priorities.get(b) ?? 0) ||
    Number(isProvenGrowth(b)) - Number(isProvenGrowth(a)) ||
    compareNumbers(rateOf(b), rateOf(a)) ||
    b.timeline.samples.length - a.timeline.samples.length;
  return others.reduce((a, b) => (compare(b, a) < 0 ? b : a), first);
}

/** Whether one ended before the other began: a parent and its child say nothing of each other. */
export function ranInTurn(a: Timeline, b: Timeline): boolean {
  return endOf(a) <= startOf(b) || endOf(b) <= startOf(a);
}

const PRIORITY: Readonly<Record<VerdictLabel, number>> = { leak: 0, suspect: 1, inconclusive: 2, clean: 3 };
const EXCUSED = 4;

/**
 * A life too short to be judged does not make another doubtful. Nor does one too short to prove anything where a life
 * before or after it was long enough and clean: what rises in it is the warm-up.
 */
function priorityOf({ timeline, verdict: { label } }: Life, lives: readonly Life[]): number {
  const { length } = timeline.samples;
  const open = label === 'inconclusive' || label === 'suspect';
  const tooFew = label === 'inconclusive' && length < GROWTH.fewestSamples;
  const explained = open && length < GROWTH.enoughSamples && lives.some((other) => explains(other, timeline));
  return PRIORITY[label] + (tooFew || explained ? EXCUSED : 0);
}

function explains({ timeline, verdict: { label } }: Life, short: Timeline): boolean {
  return label === 'clean' && timeline.samples.length >= GROWTH.enoughSamples && ranInTurn(timeline, short);
}

/** A life of three samples may rise fast by chance; a loss record proves a leak in each life alike. */
function isProvenGrowth({ words }: Life): boolean {
  return words.findings.some(({ measure, strength }) => measure !== undefined && strength === 'strong');
}

function rateOf({ verdict }: Life): number {
  return verdict.ratePerHour ?? verdict.ratePerSample ?? Number.NEGATIVE_INFINITY;
}

/** Without a subtraction, which is NaN for two infinities. */
function compareNumbers(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function startOf({ samples }: Timeline): number {
  return samples[0]?.takenAt ?? Number.NEGATIVE_INFINITY;
}

function endOf({ samples }: Timeline): number {
  return samples.at(-1)?.takenAt ?? Number.POSITIVE_INFINITY;
}
