import { describe, expect, it } from 'vitest';
import { medianInterval } from '../../src/stats/median-interval.js';

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

/** The probability that a fair coin shows heads fewer than `least` times in `count` throws. */
function binomialBelow(least: number, count: number): number {
  let term = 0.5 ** count;
  let sum = 0;
  for (let heads = 0; heads < least; heads++) {
    sum += term;
    term *= (count - heads) / (heads + 1);
  }
  return sum;
}

describe('medianInterval', () => {
  it('is the range of a few values', () => {
    expect(medianInterval([7])).toEqual([7, 7]);
    expect(medianInterval([9, 3, 5, 1, 7])).toEqual([1, 9]);
  });

  it('covers the median with 95 %, by the exact binomial distribution, and not much more', () => {
    for (const count of [6, 9, 10, 20, 25, 50, 100, 400]) {
      const [lower, upper] = medianInterval(upTo(count));
      expect(lower + upper).toBe(count + 1);
      // The interval misses the median where fewer than `lower` values lie on one side of it.
      expect(1 - 2 * binomialBelow(lower, count)).toBeGreaterThanOrEqual(0.95);
      expect(1 - 2 * binomialBelow(lower + 2, count)).toBeLessThan(0.975);
    }
  });

  it('does not depend on the order, and leaves its values alone', () => {
    const values = upTo(30).reverse();
    expect(medianInterval(values)).toEqual(medianInterval(upTo(30)));
    expect(values[0]).toBe(30);
  });
});
