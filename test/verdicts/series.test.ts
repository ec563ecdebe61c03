import { describe, expect, test } from 'vitest';
import { judge } from '../../src/judge/judge.js';
import { verdictRules } from '../../src/judge/rules/index.js';
import type { VerdictLabel } from '../../src/model/verdict.js';
import { recordOfTrace } from './records.js';
import { isFor, scenarios } from './scenarios/index.js';
import type { Scenario } from './scenarios/scenario.js';
import { traceOf } from './trace.js';

// Limits are tuned on seeds from 1 on and reported on seeds from 10,001 on; these are others.
const SEEDS = Array.from({ length: 10 }, (_, index) => 30_001 + index);

const ACCUSED: readonly VerdictLabel[] = ['leak', 'suspect'];

function labelsOf(scenario: Scenario, n: number): VerdictLabel[] {
  return SEEDS.map((seed) => {
    const record = recordOfTrace(traceOf(scenario, n, seed));
    return judge(record, verdictRules, (rule, error) => {
      throw new Error(`rule ${rule} failed`, { cause: error });
    }).verdict.label;
  });
}

function shareOf(labels: readonly VerdictLabel[], wanted: readonly VerdictLabel[]): number {
  return labels.filter((label) => wanted.includes(label)).length / labels.length;
}

describe.each([
  { n: 8, mostAccused: 0.03 },
  { n: 12, mostAccused: 0.03 },
  { n: 20, mostAccused: 0.02, leastFound: 0.95 },
  { n: 40, mostAccused: 0.02, leastFound: 0.95 },
])('$n samples', ({ n, mostAccused, leastFound }) => {
  const shown = scenarios.filter((scenario) => isFor(scenario, n));

  test('hardly any harmless program is accused, and no kind of them often', () => {
    const labels = shown
      .filter(({ leaks }) => !leaks)
      .map((scenario) => [scenario.name, labelsOf(scenario, n)] as const);
    for (const [name, ofKind] of labels) expect(shareOf(ofKind, ACCUSED), name).toBeLessThanOrEqual(0.2);
    expect(
      shareOf(
        labels.flatMap(([, ofKind]) => ofKind),
        ACCUSED,
      ),
    ).toBeLessThanOrEqual(mostAccused);
  });

  test.runIf(leastFound)('leaks are found, and of each kind that stands out of the noise most', () => {
    const labels = shown
      .filter(({ leaks }) => leaks)
      .map((scenario) => [scenario.name, labelsOf(scenario, n)] as const);
    for (const [name, ofKind] of labels) {
      if (name !== 'slow, 5 sigma') expect(shareOf(ofKind, ['leak']), name).toBeGreaterThanOrEqual(0.7);
    }
    expect(
      shareOf(
        labels.flatMap(([, ofKind]) => ofKind),
        ['leak'],
      ),
    ).toBeGreaterThanOrEqual(leastFound ?? 0);
  });
});

test.each(['flat', 'exponential warm-up', 'linear warm-up', 'sawtooth', 'shrinking'])(
  'of 40 samples, %s is not just unproven but clean',
  (name) => {
    const scenario = scenarios.find((candidate) => candidate.name === name) ?? expect.fail(name);
    expect(shareOf(labelsOf(scenario, 40), ['clean'])).toBeGreaterThanOrEqual(0.9);
  },
);
