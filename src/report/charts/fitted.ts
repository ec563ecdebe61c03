import type { Sample } from '../../model/memory.js';
import type { ChartTimeline } from './chart.js';
import type { Measure } from './points.js';

/** What of a timeline's samples the growth rule fitted its line to. */
export interface Fitted {
  /** `private` where it is none of the other lines. */
  readonly measure: Extract<Measure, 'private' | 'uss' | 'rss'>;
  readonly name: string;
  /** For a caption. */
  readonly words: string;
  readonly numberOf: (sample: Sample) => number | undefined;
}

/**
 * The private memory of a timeline, by the best counters that its samples carry: those of the fitted line where it has
 * one. Undefined where the samples carry none.
 *
 * Counters are not mixed, as in the growth rule: the first of at least half as many samples as the most frequent.
 */
export function fittedOf({ samples, trend }: ChartTimeline): Fitted | undefined {
  const all = CANDIDATES.map((candidate) => ({
    candidate,
    count: samples.reduce((sum, sample) => sum + (candidate.numberOf(sample) === undefined ? 0 : 1), 0),
  }));
  const most = all.reduce((max, { count }) => Math.max(max, count), 0);
  const able = all.filter(({ candidate, count }) => count > 0 && (!trend || trend.measure === candidate.of));
  const enough = able.find(({ count }) => count >= 3 && count * 2 >= most);
  const chosen = (enough ?? able.toSorted((a, b) => b.count - a.count)[0])?.candidate;
  return chosen === USS_AND_SWAP && samples.every(({ swap }) => swap === undefined || swap === 0) ? USS : chosen;
}

interface Candidate extends Fitted {
  readonly of: 'private' | 'uss' | 'rss';
}

const USS_AND_SWAP: Candidate = {
  of: 'uss',
  measure: 'private',
  name: 'USS + swap',
  words: 'USS and swap',
  numberOf: ({ uss, swap }) => sumOf(uss, swap),
};

const USS: Candidate = { of: 'uss', measure: 'uss', name: 'USS', words: 'USS', numberOf: ({ uss }) => uss };

const CANDIDATES: readonly Candidate[] = [
  {
    of: 'private',
    measure: 'private',
    name: 'Private',
    words: 'unreclaimable memory (what the process alone holds and the kernel cannot drop)',
    numberOf: ({ unreclaimable }) => unreclaimable,
  },
  {
    of: 'private',
    measure: 'private',
    name: 'Private',
    words: 'private dirty memory and swap',
    numberOf: ({ privateDirty, swap }) => sumOf(privateDirty, swap),
  },
  {
    of: 'private',
    measure: 'private',
    name: 'Private',
    words: 'private dirty memory',
    numberOf: ({ privateDirty }) => privateDirty,
  },
  USS_AND_SWAP,
  USS,
  { of: 'rss', measure: 'rss', name: 'RSS', words: 'RSS', numberOf: ({ rss }) => rss },
];

function sumOf(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b;
}
