import type { Finding, VerdictLabel } from '../model/verdict.js';

type Weight = 'none' | Finding['strength'];

/**
 * What grounds (rows) and objections (columns) amount to. Both stay in the verdict: a conflict is told, not hidden.
 *
 * A strong ground settles it: an objection may have looked at another moment or another part. A weak ground holds
 * against a weak objection, not against a strong one. Without any ground it takes an objection to be clean: nothing
 * found is not the same as nothing there.
 */
export const SETTLEMENT: Readonly<Record<Weight, Readonly<Record<Weight, VerdictLabel>>>> = {
  strong: { none: 'leak', weak: 'leak', strong: 'leak' },
  weak: { none: 'suspect', weak: 'suspect', strong: 'clean' },
  none: { none: 'inconclusive', weak: 'clean', strong: 'clean' },
};

/** The label for the findings of all rules on one program. */
export function settle(findings: readonly Finding[]): VerdictLabel {
  return SETTLEMENT[weightOf(findings, 'for')][weightOf(findings, 'against')];
}

function weightOf(findings: readonly Finding[], bearing: Finding['bearing']): Weight {
  const strengths = findings.filter((finding) => finding.bearing === bearing).map(({ strength }) => strength);
  return strengths.includes('strong') ? 'strong' : strengths.includes('weak') ? 'weak' : 'none';
}
