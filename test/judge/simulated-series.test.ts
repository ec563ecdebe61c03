import { describe, expect, test } from 'vitest';
import { judge } from '../../src/judge/judge.js';
import { verdictRules } from '../../src/judge/rules/index.js';
import type { VerdictLabel } from '../../src/model/verdict.js';
import { recordOf, timelineOf } from './records.js';
import { HARMLESS, LEAKING, type Shape, simulate } from './simulated-series.js';

// The limits were tuned on seeds 1000 to 1059 and 5000 to 5059; these are others.
const SEEDS = Array.from({ length: 40 }, (_, index) => 70_001 + index);

function labelsOf(shape: Shape, n: number): VerdictLabel[] {
  return SEEDS.map((seed) => {
    const record = recordOf({ timelines: [timelineOf(simulate(shape, seed, n))] });
    return judge(record, verdictRules, (rule, error) => {
      throw new Error(`rule ${rule} failed`, { cause: error });
    }).verdict.label;
  });
}

function shareOf(labels: readonly VerdictLabel[], wanted: readonly VerdictLabel[]): number {
  return labels.filter((label) => wanted.includes(label)).length / labels.length;
}

describe.each([12, 20, 40, 96])('%d samples', (n) => {
  test('at most 2 % of harmless programs are accused, and no kind of them in more than one of ten', () => {
    const perShape = Object.entries(HARMLESS).map(([name, shape]) => [name, labelsOf(shape, n)] as const);
    for (const [name, labels] of perShape) expect(shareOf(labels, ['leak', 'suspect']), name).toBeLessThanOrEqual(0.1);
    expect(
      shareOf(
        perShape.flatMap(([, labels]) => labels),
        ['leak', 'suspect'],
      ),
    ).toBeLessThanOrEqual(0.02);
  });

  test.runIf(n >= 20)('at least 95 % of leaks are found, and of each kind 90 %', () => {
    const perShape = Object.entries(LEAKING).map(([name, shape]) => [name, labelsOf(shape, n)] as const);
    for (const [name, labels] of perShape) expect(shareOf(labels, ['leak']), name).toBeGreaterThanOrEqual(0.9);
    expect(
      shareOf(
        perShape.flatMap(([, labels]) => labels),
        ['leak'],
      ),
    ).toBeGreaterThanOrEqual(0.95);
  });
});

test.each(['flat', 'exponential warm-up', 'warm-up with a few late pages', 'sawtooth', 'falling'])(
  'of 40 samples, %s is not just unproven but clean',
  (name) => {
    const shape = HARMLESS[name] ?? expect.fail(name);
    expect(shareOf(labelsOf(shape, 40), ['clean'])).toBeGreaterThanOrEqual(0.95);
  },
);

test('the same seed gives the same series', () => {
  const shape = LEAKING['slow in noise'] ?? expect.fail();
  expect(simulate(shape, 7, 30)).toEqual(simulate(shape, 7, 30));
  expect(simulate(shape, 7, 30)).not.toEqual(simulate(shape, 8, 30));
});
