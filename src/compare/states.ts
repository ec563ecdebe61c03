import type { ProgramState, Rate, RateComparison, VerdictComparison } from '../model/comparison.js';
import { growsOn } from '../model/growth-shape.js';
import { sampleCountOf } from '../model/sample-count.js';
import { HOUR, type Milliseconds } from '../model/units.js';
import type { GrowthShape, Verdict, VerdictLabel } from '../model/verdict.js';
import { medianInterval } from '../stats/median-interval.js';
import { medianOf } from '../stats/robust-noise.js';
import type { Observation } from './observations.js';

/** The worst first. */
const LABELS: readonly VerdictLabel[] = ['leak', 'suspect', 'inconclusive', 'clean'];

/** Courses of memory that stays. */
const STEADY: ReadonlySet<GrowthShape> = new Set(['flat', 'settled', 'one-time-step', 'cyclic', 'noise']);

/** What one side knows of a program, over its devices; undefined where it has none. */
export function stateOf(observations: readonly Observation[]): ProgramState | undefined {
  const worst = observations.toSorted((a, b) => rankOf(a.verdict) - rankOf(b.verdict))[0]?.verdict;
  if (!worst) return undefined;
  const durations = observations.flatMap(({ timeline }) => durationOf(timeline?.samples ?? []) ?? []);
  const rate = rateOf(observations);
  return {
    label: worst.label,
    ...(observations.length > 1 && { labels: labelCounts(observations) }),
    ...(worst.shape !== undefined && { shape: worst.shape }),
    samples: Math.min(...observations.map(({ timeline }) => (timeline ? sampleCountOf(timeline) : 0))),
    ...(durations.length > 0 && { duration: Math.min(...durations) }),
    ...(rate && { rate }),
    ...(worst.where !== undefined && { where: worst.where }),
  };
}

/** Whether most of the observations are of a program that keeps growing. */
export function isGrowing(observations: readonly Observation[]): boolean {
  return 2 * observations.filter(({ verdict }) => growsOn(verdict)).length > observations.length;
}

/** How the verdict changed, and how far the later one can be relied on. */
export function compareVerdicts(before: ProgramState, after: ProgramState): VerdictComparison {
  const isTold = before.label !== 'inconclusive' && after.label !== 'inconclusive';
  const change = LABELS.indexOf(before.label) - LABELS.indexOf(after.label);
  const expected =
    before.rate && before.rate.perHour > 0 && after.duration !== undefined
      ? (before.rate.perHour * after.duration) / HOUR
      : undefined;
  return {
    change: change === 0 ? 'same' : isTold ? (change > 0 ? 'worse' : 'better') : 'not-told',
    isWeaker: after.samples < NEARLY * before.samples || (after.duration ?? 0) < NEARLY * (before.duration ?? 0),
    ...(expected !== undefined && { expectedGrowth: Math.round(expected) }),
  };
}

/** One sample or some seconds less make no weaker evidence. */
const NEARLY = 0.9;

/** Rates whose intervals overlap are not told apart. */
export function compareRates(before: Rate | undefined, after: Rate | undefined): RateComparison {
  if (!before || !after) return { change: 'not-told' };
  const difference = after.perHour - before.perHour;
  if (after.interval[0] > before.interval[1]) return { change: 'faster', difference };
  if (after.interval[1] < before.interval[0]) return { change: 'slower', difference };
  return { change: 'not-told-apart', difference };
}

/** The rate of a side; of several devices their median, with the interval that they give it. */
function rateOf(observations: readonly Observation[]): Rate | undefined {
  const rates = observations.flatMap(({ verdict }) => verdictRate(verdict) ?? []);
  const [first] = rates;
  if (rates.length < 2) return first;
  const perHour = medianOf(rates.map((rate) => rate.perHour));
  return { perHour, interval: medianInterval(rates.map((rate) => rate.perHour)) };
}

function verdictRate(verdict: Verdict): Rate | undefined {
  const { ratePerHour, rateInterval, shape } = verdict;
  if (growsOn(verdict)) {
    if (ratePerHour === undefined || rateInterval === undefined) return undefined;
    return { perHour: ratePerHour, interval: [rateInterval[0], rateInterval[1]] };
  }
  return shape !== undefined && STEADY.has(shape) ? { perHour: 0, interval: [0, 0] } : undefined;
}

function durationOf(samples: readonly { readonly takenAt?: number }[]): Milliseconds | undefined {
  const from = samples[0]?.takenAt;
  const to = samples.at(-1)?.takenAt;
  return from === undefined || to === undefined || samples.length < 2 ? undefined : to - from;
}

function labelCounts(observations: readonly Observation[]): Partial<Record<VerdictLabel, number>> {
  const counts: Partial<Record<VerdictLabel, number>> = {};
  for (const { verdict } of observations) counts[verdict.label] = (counts[verdict.label] ?? 0) + 1;
  return counts;
}

function rankOf({ label }: Verdict): number {
  return LABELS.indexOf(label);
}
