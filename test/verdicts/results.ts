import { groupBy } from '../../src/model/group-by.js';
import { beginningsOf, firstFoundOf } from './beginnings.js';
import { type Options, sampleCountsOf, seedsOf } from './options.js';
import { otherRules } from './other-rules/index.js';
import type { Outcome } from './outcome.js';
import { accuracyOf, scoreOf } from './score.js';

/** The figures of a run as plain data whose order does not depend on the run: objects by name, no lists. */
export function resultsOf(options: Options, outcomes: readonly Outcome[], beginnings: readonly Outcome[]): unknown {
  const results = {
    seeds: Object.fromEntries(sampleCountsOf(options).map((n) => [`${n} samples`, seedsOf(options, n)])),
    scenarios: byName(outcomes, ({ scenario }) => scenario, countsOf),
    samples: byName(outcomes, ({ n }) => `${n} samples`, scoreOf),
    all: scoreOf(outcomes),
    others: Object.fromEntries(
      otherRules.map(({ name }) => [name, accuracyOf(outcomes, ({ accusedBy }) => accusedBy.includes(name))]),
    ),
    beginnings: Object.fromEntries(
      beginningsOf(beginnings).map((beginning) => [`${beginning.samples} samples`, beginning]),
    ),
    firstFound: Object.fromEntries(firstFoundOf(beginnings).map((first) => [first.scenario, first])),
  };
  return rounded(results);
}

/** The labels that each number of samples got, and what else was right. */
function countsOf(outcomes: readonly Outcome[]): unknown {
  return byName(
    outcomes,
    ({ n }) => `${n} samples`,
    (group) => {
      const { rightMapping, coversRate } = scoreOf(group);
      const labels = Object.fromEntries(
        (['leak', 'suspect', 'inconclusive', 'clean'] as const).map((label) => [
          label,
          group.filter((outcome) => outcome.label === label).length,
        ]),
      );
      return {
        ...labels,
        ...(rightMapping.cases > 0 && { rightMapping: rightMapping.hits }),
        ...(coversRate.cases > 0 && { coversRate: coversRate.hits, toldRate: coversRate.cases }),
      };
    },
  );
}

function byName(
  outcomes: readonly Outcome[],
  nameOf: (outcome: Outcome) => string,
  figuresOf: (group: readonly Outcome[]) => unknown,
): Record<string, unknown> {
  return Object.fromEntries([...groupBy(outcomes, nameOf)].map(([name, group]) => [name, figuresOf(group)]));
}

/** Digits beyond the fourth say nothing. */
function rounded(value: unknown): unknown {
  if (typeof value === 'number') return Number(value.toFixed(4));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, rounded(part)]));
}
