import { expect, test } from 'vitest';
import { SETTLEMENT, settle } from '../../src/judge/settle.js';
import type { Finding } from '../../src/model/verdict.js';

const finding = (bearing: Finding['bearing'], strength: Finding['strength']): Finding => ({
  rule: 'r',
  bearing,
  strength,
  statement: 's',
  origins: [],
});
const strongFor = finding('for', 'strong');
const weakFor = finding('for', 'weak');
const strongAgainst = finding('against', 'strong');
const weakAgainst = finding('against', 'weak');

test.each([
  ['leak', [strongFor]],
  ['leak', [strongFor, strongAgainst]],
  ['leak', [weakAgainst, weakFor, strongFor]],
  ['suspect', [weakFor]],
  ['suspect', [weakFor, weakAgainst]],
  ['clean', [weakFor, strongAgainst]],
  ['clean', [weakAgainst]],
  ['clean', [strongAgainst]],
  ['inconclusive', []],
  ['inconclusive', [finding('defect', 'strong')]],
] as const)('%s', (label, findings) => {
  expect(settle(findings)).toBe(label);
});

test('all nine cells: grounds none, weak and strong against objections none, weak and strong', () => {
  const weights = ['none', 'weak', 'strong'] as const;
  const told = weights.map((ground) =>
    weights.map((objection) =>
      settle([
        ...(ground === 'none' ? [] : [finding('for', ground)]),
        ...(objection === 'none' ? [] : [finding('against', objection)]),
      ]),
    ),
  );
  expect(told).toEqual([
    ['inconclusive', 'clean', 'clean'],
    ['suspect', 'suspect', 'clean'],
    ['leak', 'leak', 'leak'],
  ]);
  expect(weights.map((ground) => weights.map((objection) => SETTLEMENT[ground][objection]))).toEqual(told);
});
