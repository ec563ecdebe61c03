import { expect, test } from 'vitest';
import { beginningsOf, firstFoundOf } from './beginnings.js';
import type { Outcome } from './outcome.js';
import { scoreOf } from './score.js';
import { shareOf } from './wilson.js';

function outcome(own: Partial<Outcome>): Outcome {
  return { scenario: 'linear', leaks: true, n: 96, seed: 1, samples: 96, label: 'leak', accusedBy: [], ...own };
}

test('shares come with the interval of Wilson', () => {
  // Newcombe, Statistics in Medicine 17 (1998), table I: 81 of 263, and 0 of 20.
  const some = shareOf(81, 263);
  expect([some.low, some.high].map((bound) => bound.toFixed(4))).toEqual(['0.2553', '0.3662']);
  const none = shareOf(0, 20);
  expect([none.low, none.high].map((bound) => bound.toFixed(4))).toEqual(['0.0000', '0.1611']);
  expect(shareOf(0, 0)).not.toHaveProperty('share');
});

test('suspects are accused in the second score only', () => {
  const score = scoreOf([
    outcome({ rightMapping: true, coversRate: false }),
    outcome({ label: 'suspect' }),
    outcome({ label: 'inconclusive' }),
    outcome({ label: 'clean' }),
    outcome({ leaks: false }),
    outcome({ leaks: false, label: 'suspect' }),
    outcome({ leaks: false, label: 'clean' }),
    outcome({ leaks: false, label: 'clean' }),
  ]);
  expect(score.leak.precision).toMatchObject({ hits: 1, cases: 2 });
  expect(score.leak.recall).toMatchObject({ hits: 1, cases: 4 });
  expect(score.leak.falsePositives).toMatchObject({ hits: 1, cases: 4 });
  expect(score.leak.f1).toBeCloseTo(1 / 3, 10);
  expect(score.suspect.precision).toMatchObject({ hits: 2, cases: 4 });
  expect(score.suspect.recall).toMatchObject({ hits: 2, cases: 4 });
  expect(score.suspect.falsePositives).toMatchObject({ hits: 2, cases: 4 });
  expect(score.inconclusive).toMatchObject({ hits: 1, cases: 8 });
  expect(score.rightMapping).toMatchObject({ hits: 1, cases: 1 });
  expect(score.coversRate).toMatchObject({ hits: 0, cases: 1 });
});

test('an accusation counts from the samples at which it was first made', () => {
  const seen = [
    outcome({ samples: 8, label: 'inconclusive' }),
    outcome({ samples: 12, label: 'leak' }),
    outcome({ samples: 16, label: 'inconclusive' }),
    outcome({ samples: 8, label: 'leak', leaks: false, scenario: 'flat' }),
    outcome({ samples: 12, label: 'clean', leaks: false, scenario: 'flat' }),
    outcome({ samples: 16, label: 'clean', leaks: false, scenario: 'flat' }),
  ];
  const [at8, at12, at16] = beginningsOf(seen);
  expect([at8, at12, at16].map((beginning) => beginning?.foundByNow.hits)).toEqual([0, 1, 1]);
  expect([at8, at12, at16].map((beginning) => beginning?.accused.hits)).toEqual([1, 0, 0]);
  expect([at8, at12, at16].map((beginning) => beginning?.accusedByNow.hits)).toEqual([1, 1, 1]);
  expect(firstFoundOf(seen)).toMatchObject([{ scenario: 'linear', samples: 12, found: { hits: 1, cases: 1 } }]);
});
