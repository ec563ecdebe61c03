import { groupBy } from '../../model/group-by.js';
import { visible } from '../../model/problem.js';
import type { ProgramError } from '../../model/program.js';
import { siteText } from '../../model/site-text.js';
import type { Finding, VerdictRule } from '../../model/verdict.js';
import { firstOrigins } from '../evidence-origins.js';

const ID = 'memory-errors';

/** Errors of memory access: a reason to repair the program, but not to call it leaking. */
export const memoryErrors: VerdictRule = {
  id: ID,
  title: 'Memory errors',
  description:
    'Each memory error of memcheck or a sanitizer, told once per call stack. It does not bear on the verdict.',
  thresholds: [
    { name: 'most errors told one by one', value: 50, source: 'the report lists them all in their own section' },
  ],
  judge(record) {
    const groups = groupBy(record.errors, ({ fingerprint }) => fingerprint);
    return [...groups.values()].slice(0, MOST_ERRORS).map(findingOf);
  },
};

const MOST_ERRORS = 50;

function findingOf(errors: readonly ProgramError[]): Finding {
  const tools = [...new Set(errors.map(({ tool }) => tool))].sort().join(' and ');
  const kinds = [...new Set(errors.map(({ kind }) => visible(kind)))].sort().join(', ');
  return {
    rule: ID,
    bearing: 'defect',
    strength: 'strong',
    statement: `${kinds} at ${siteText(errors[0]?.frames ?? [])}, found by ${tools}`,
    origins: firstOrigins(errors.flatMap(({ origins }) => origins)),
  };
}
