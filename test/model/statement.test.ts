import { describe, expect, it } from 'vitest';
import { clausesOf, lackOf } from '../../src/model/statement.js';

describe('clausesOf', () => {
  it('parts a sentence from its remarks', () => {
    expect(clausesOf('it grew; most of it in "[heap]"; take 3 more')).toEqual([
      'it grew',
      'most of it in "[heap]"',
      'take 3 more',
    ]);
    expect(clausesOf('')).toEqual(['']);
  });

  it('leaves a quoted name whole, and one whose quote never ends', () => {
    expect(clausesOf('it grew in "a; b; c"; so it did')).toEqual(['it grew in "a; b; c"', 'so it did']);
    expect(clausesOf('in "a; b')).toEqual(['in "a; b']);
  });
});

describe('lackOf', () => {
  it('tells the advice of the growth rule from its reason', () => {
    const missing = [
      { rule: 'definite-loss', reason: 'no log' },
      { rule: 'private-growth', reason: '2 of at least 3 samples; take 1 more, better 20, so that it can be told' },
    ];
    expect(lackOf({ missing })).toEqual({ advice: 'take 1 more, better 20', reason: '2 of at least 3 samples' });
  });

  it('has no advice where no rule gave one', () => {
    expect(lackOf({ missing: [{ rule: 'definite-loss', reason: 'no log' }] })).toEqual({ reason: 'no log' });
    expect(lackOf({ missing: [] })).toBeUndefined();
  });
});
