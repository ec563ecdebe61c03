import { describe, expect, test } from 'vitest';
import { type Life, ranInTurn, worstOf } from '../../src/judge/lives.js';
import type { Finding, Verdict, VerdictLabel } from '../../src/model/verdict.js';
import { SECOND, timelineOf } from './records.js';

interface LifeParts {
  readonly n?: number;
  /** In seconds after the first. */
  readonly after?: number;
  readonly rate?: number;
  readonly measured?: boolean;
}

function lifeOf(label: VerdictLabel, { n = 20, after = 0, rate, measured = false }: LifeParts = {}): Life {
  const verdict: Verdict = {
    device: 'board-7',
    command: 'sensord',
    label,
    ...(rate === undefined ? {} : { ratePerHour: rate }),
    explainedBy: [],
    grounds: [],
    objections: [],
    defects: [],
    missing: [],
  };
  const finding: Finding = {
    rule: 'r',
    bearing: 'for',
    strength: 'strong',
    statement: 's',
    origins: [],
    ...(measured ? { measure: { growth: 1 } } : {}),
  };
  const timeline = timelineOf(new Array<number>(n).fill(4096), { after: after * SECOND });
  return { timeline, words: { findings: label === 'leak' ? [finding] : [], missing: [] }, verdict };
}

function worst(...lives: readonly [Life, ...Life[]]): number {
  const [first, ...others] = lives;
  const chosen = lives.indexOf(worstOf(first, others));
  const [last, ...rest] = lives.toReversed();
  // In whatever order they come.
  if (last) expect(lives.indexOf(worstOf(last, rest))).toBe(chosen);
  return chosen;
}

describe('the worst life', () => {
  test('leak, suspect, inconclusive, clean', () => {
    const [leak, suspect, open, clean] = (['leak', 'suspect', 'inconclusive', 'clean'] as const).map((label) =>
      lifeOf(label),
    ) as [Life, Life, Life, Life];
    expect(worst(clean, open, suspect, leak)).toBe(3);
    expect(worst(clean, open, suspect)).toBe(2);
    expect(worst(clean, open)).toBe(1);
  });

  test('among leaks one whose growth is proven, then the fastest, then the longest', () => {
    expect(worst(lifeOf('leak', { rate: 9 }), lifeOf('leak', { rate: 1, measured: true }))).toBe(1);
    expect(worst(lifeOf('leak', { rate: 1 }), lifeOf('leak', { rate: 9 }), lifeOf('leak'))).toBe(1);
    expect(worst(lifeOf('leak', { n: 9 }), lifeOf('leak', { n: 30 }))).toBe(1);
    expect(worst(lifeOf('leak', { n: 9, rate: 1 }), lifeOf('leak', { n: 9, rate: 1, measured: true }))).toBe(1);
    const endless = { rate: Number.POSITIVE_INFINITY };
    expect(worst(lifeOf('leak', { ...endless, n: 9 }), lifeOf('leak', { ...endless, n: 30 }))).toBe(1);
  });

  test('one of two samples does not make a clean one doubtful, a longer one does', () => {
    expect(worst(lifeOf('inconclusive', { n: 2 }), lifeOf('clean'))).toBe(1);
    expect(worst(lifeOf('inconclusive', { n: 3 }), lifeOf('clean'))).toBe(0);
  });

  test('a short rise is explained by a long clean life before or after it, not by one beside it', () => {
    expect(worst(lifeOf('suspect', { n: 7, after: 100 }), lifeOf('clean'))).toBe(1);
    expect(worst(lifeOf('suspect', { n: 7 }), lifeOf('clean', { after: 100 }))).toBe(1);
    expect(worst(lifeOf('inconclusive', { n: 7, after: 100 }), lifeOf('clean', { n: 8 }))).toBe(1);
    expect(worst(lifeOf('suspect', { n: 7, after: 100 }), lifeOf('inconclusive'))).toBe(0);
    expect(worst(lifeOf('suspect', { n: 7, after: 5 }), lifeOf('clean'))).toBe(0);
    expect(worst(lifeOf('suspect', { n: 8, after: 100 }), lifeOf('clean'))).toBe(0);
    expect(worst(lifeOf('suspect', { n: 7, after: 100 }), lifeOf('clean', { n: 7 }))).toBe(0);
    expect(worst(lifeOf('leak', { n: 7, after: 100 }), lifeOf('clean'))).toBe(0);
  });
});

test('lives in turn: one ended when the other began', () => {
  const at = (after: number): Life['timeline'] => lifeOf('clean', { n: 11, after }).timeline;
  expect(ranInTurn(at(0), at(10))).toBe(true);
  expect(ranInTurn(at(10), at(0))).toBe(true);
  expect(ranInTurn(at(0), at(9))).toBe(false);
  const untimed = timelineOf([1, 2, 3], { timed: false });
  expect(ranInTurn(untimed, at(0))).toBe(false);
});
