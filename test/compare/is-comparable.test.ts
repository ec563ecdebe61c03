import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.js';
import { comparisonText } from '../../src/cli/comparison-text.js';
import { Terminal } from '../../src/cli/terminal.js';
import { compare } from '../../src/compare/compare.js';
import { isComparable } from '../../src/compare/is-comparable.js';
import type { Analysis } from '../../src/model/analysis.js';
import { isAnalysis } from '../../src/model/is-analysis.js';
import { composeComparison } from '../../src/report/compose-comparison.js';
import { renderHtml } from '../../src/report/outputs/html.js';

let before: Analysis;
let after: Analysis;
beforeAll(async () => {
  before = await analyze({ captures: ['samples/sets/leak-example', 'samples/memcheck'] });
  after = await analyze({ captures: ['samples/sets/leak-example', 'samples/sets/use-after-free'] });
});

describe('what is compared of a saved report', () => {
  it('is every analysis of ours', () => {
    for (const analysis of [before, after])
      expect(isComparable(JSON.parse(JSON.stringify(analysis)) as Analysis)).toBe(true);
  });

  it('is compared without a throw or a number that is none, whatever else is damaged in it', () => {
    const wrong = fc.constantFrom(null, 'x', '', -1, 1e300, 0.5, [], {}, true, [null], '__proto__');
    const terminal = new Terminal({ quiet: true, verbose: false, color: false });
    let refused = 0;
    let compared = 0;
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat(1000)), wrong, (steps, value) => {
        const damaged: unknown = JSON.parse(JSON.stringify(before));
        damage(damaged, steps, value);
        if (!isAnalysis(damaged) || !isComparable(damaged)) {
          refused++;
          return;
        }
        compared++;
        const sides = [damaged, after].map((analysis) => ({ analysis, source: 'report' as const }));
        const [one, other] = sides;
        if (!one || !other) return;
        for (const comparison of [compare(one, other), compare(other, one)]) {
          const shown = `${comparisonText(terminal, comparison)}${renderHtml(composeComparison(comparison), { print: true })}`;
          expect(shown).not.toMatch(/NaN|Infinity|undefined|section-failed/);
        }
      }),
      { numRuns: 60 },
    );
    expect(refused).toBeGreaterThan(5);
    expect(compared).toBeGreaterThan(5);
  });
});

/** Puts `value` somewhere into plain JSON: goes down at random, and stops at a leaf or by chance. */
function damage(root: unknown, steps: Iterable<number>, value: unknown): void {
  let node = root as Record<string, unknown>;
  for (const step of steps) {
    const keys = Object.keys(node);
    const key = keys[step % keys.length];
    if (key === undefined) return;
    const child = node[key];
    const isLeaf = typeof child !== 'object' || child === null || Object.keys(child).length === 0;
    if (isLeaf || step % 7 === 0) {
      node[key] = value;
      return;
    }
    node = child as Record<string, unknown>;
  }
}
