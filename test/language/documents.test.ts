import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.js';
import { diff } from '../../src/diff.js';
import type { Analysis } from '../../src/model/analysis.js';
import { compose, composeTicket } from '../../src/report/compose.js';
import { composeComparison } from '../../src/report/compose-comparison.js';
import { emptyAnalysis } from '../report/fixture-analysis.js';
import { Texts } from './document-texts.js';

const SETS = [
  'agreement',
  'asan',
  'causes',
  'dhat',
  'faults',
  'kernel-log',
  'lsan',
  'massif',
  'memcheck',
  'memcheck-xml',
  'page-faults',
  'pairs',
  'rusage',
  'sets',
  'smaps',
  'smem',
  'symbols',
];

/** Sides that differ in programs, verdicts, rates, leaks, devices, and what was captured. */
const COMPARED: readonly (readonly [before: string, after: string])[] = [
  ['pairs/heap-leaky.tar.gz', 'pairs/heap-repaired.tar.gz'],
  ['pairs/heap-repaired.tar.gz', 'pairs/heap-leaky.tar.gz'],
  ['pairs/teeth-leaky.tar.gz', 'pairs/teeth-repaired.tar.gz'],
  ['pairs/forks-leaky.tar.gz', 'pairs/forks-repaired.tar.gz'],
  ['pairs/heap-leaky.valgrind.log', 'pairs/heap-repaired.valgrind.log'],
  ['sets', 'sets/leak-example'],
  ['sets/leak-example', 'sets/sawtooth'],
  ['sets/leak-example', 'causes'],
  ['asan', 'memcheck'],
  ['smaps', 'sets'],
];

function textsOf(analysis: Analysis): Texts {
  const texts = new Texts();
  texts.add(compose(analysis));
  for (const verdict of analysis.verdicts) texts.add(composeTicket(analysis, verdict));
  return texts;
}

function expectAll(texts: Texts): void {
  expect(
    [...texts.missing],
    "add each to a file of src/report/language/zh-CN as ['English', 'Chinese'], with {1} for a name or number and {1:cell} for a cell",
  ).toEqual([]);
  expect([...texts.mixed], 'English words stand in a hole: give the hole a kind, and that kind the words').toEqual([]);
}

describe('every text of a report is in the catalogue of Chinese', () => {
  it.each(SETS)('of samples/%s', { timeout: 60_000 }, async (name) => {
    const texts = textsOf(await analyze({ captures: [`samples/${name}`] }));
    expectAll(texts);
    expect(texts.size).toBeGreaterThan(50);
  });

  it.each(COMPARED)('of %s held against %s', { timeout: 60_000 }, async (before, after) => {
    const { comparison } = await diff({ before: `samples/${before}`, after: `samples/${after}` });
    const texts = new Texts();
    texts.add(composeComparison(comparison));
    expectAll(texts);
  });

  it('of a report of nothing', () => {
    expectAll(textsOf(emptyAnalysis()));
  });

  it('or is found missing', () => {
    const texts = new Texts();
    const document = compose(emptyAnalysis());
    texts.add({
      ...document,
      facts: [{ label: 'A label that nobody wrote', cells: [{ type: 'text', text: 'not so' }] }],
    });
    expect([...texts.missing]).toEqual(['A label that nobody wrote', 'not so']);
  });
});
