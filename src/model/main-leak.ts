import type { LeakReport } from './analysis.js';
import type { LossKind } from './leaks.js';
import { compareNames } from './origin.js';
import type { Verdict } from './verdict.js';

/** The loss record that a reader should look at first: the one that explains the growth, else the worst. */
export function mainLeakOf(
  { explainedBy }: Pick<Verdict, 'explainedBy'>,
  leaks: readonly LeakReport[],
): LeakReport | undefined {
  const explaining = explainedBy[0]?.fingerprint;
  const sorted = leaks.toSorted(compareLeaks);
  return sorted.find((leak) => leak.fingerprint === explaining) ?? sorted.find((leak) => leak.kind !== 'reachable');
}

/** The worst first. */
export function compareLeaks(a: LeakReport, b: LeakReport): number {
  return (
    KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || b.bytes - a.bytes || compareNames(a.fingerprint, b.fingerprint)
  );
}

const KINDS: readonly LossKind[] = ['definite', 'indirect', 'possible', 'reachable'];
