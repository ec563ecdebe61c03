import { expect, test } from 'vitest';
import { falseDiscoveryRates } from '../../src/stats/benjamini-hochberg.js';

test('the fifteen comparisons of Benjamini & Hochberg (1995), section 4: four discoveries at 0.05', () => {
  const pValues = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
  ];
  const rates = falseDiscoveryRates(pValues);
  expect(rates.filter((rate) => rate <= 0.05)).toHaveLength(4);
  expect(rates[3]).toBeCloseTo((0.0095 * 15) / 4, 12);
});

test('keeps the order given; none of none', () => {
  expect(falseDiscoveryRates([0.5, 0.01])).toEqual([0.5, 0.02]);
  expect(falseDiscoveryRates([])).toEqual([]);
});
