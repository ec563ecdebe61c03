import type { VerdictLabel } from '../../src/model/verdict.js';
import type { Outcome } from './outcome.js';
import { type Share, shareOf } from './wilson.js';

/** How well accusations fit the truth. */
export interface Accuracy {
  /** Share of the accused that leak. */
  readonly precision: Share;
  /** Share of the leaking that are accused. */
  readonly recall: Share;
  /** Share of the harmless that are accused. */
  readonly falsePositives: Share;
  /** Harmonic mean of precision and recall; absent where no leak is among the traces. */
  readonly f1?: number;
}

export interface Score {
  /** Accused: `leak`. */
  readonly leak: Accuracy;
  /** Accused: `leak` or `suspect`. */
  readonly suspect: Accuracy;
  readonly inconclusive: Share;
  /** Of the leaks found with a mapping named. */
  readonly rightMapping: Share;
  /** Of the leaks found with a rate told. */
  readonly coversRate: Share;
}

export function scoreOf(outcomes: readonly Outcome[]): Score {
  const known = <T>(values: readonly (T | undefined)[]): T[] => values.filter((value) => value !== undefined);
  const rightMappings = known(outcomes.map(({ rightMapping }) => rightMapping));
  const covers = known(outcomes.map(({ coversRate }) => coversRate));
  return {
    leak: accuracyOf(outcomes, isLabelled('leak')),
    suspect: accuracyOf(outcomes, isLabelled('leak', 'suspect')),
    inconclusive: shareOf(outcomes.filter(isLabelled('inconclusive')).length, outcomes.length),
    rightMapping: shareOf(rightMappings.filter(Boolean).length, rightMappings.length),
    coversRate: shareOf(covers.filter(Boolean).length, covers.length),
  };
}

export function isLabelled(...labels: readonly VerdictLabel[]): (outcome: Outcome) => boolean {
  return ({ label }) => labels.includes(label);
}

export function accuracyOf(outcomes: readonly Outcome[], isAccused: (outcome: Outcome) => boolean): Accuracy {
  const leaking = outcomes.filter(({ leaks }) => leaks);
  const harmless = outcomes.filter(({ leaks }) => !leaks);
  const found = leaking.filter(isAccused).length;
  const wrong = harmless.filter(isAccused).length;
  const precision = shareOf(found, found + wrong);
  const recall = shareOf(found, leaking.length);
  return {
    precision,
    recall,
    falsePositives: shareOf(wrong, harmless.length),
    ...(leaking.length > 0 && { f1: (2 * found) / (found + wrong + leaking.length) }),
  };
}
