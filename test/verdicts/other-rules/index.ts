import { mannKendall } from '../../../src/stats/mann-kendall.js';
import { lineFitOf } from './line-fit.js';
import type { OtherRule, Point } from './other-rule.js';
import { precogLike } from './precog-like.js';

export type { OtherRule } from './other-rule.js';

function endsOf(points: readonly Point[]): readonly [number, number] {
  return [points[0]?.bytes ?? 0, points.at(-1)?.bytes ?? 0];
}

const anyGrowth: OtherRule = {
  name: 'first against last',
  source: 'ps or smem before and after: more is a leak',
  measure: 'rss',
  accuses(points) {
    const [first, last] = endsOf(points);
    return last > first;
  },
};

const aFifthMore: OtherRule = {
  name: '20 % between ends',
  source: 'soak tests that fail above a share of growth',
  measure: 'rss',
  accuses(points) {
    const [first, last] = endsOf(points);
    return last > 1.2 * first;
  },
};

const strictlyMonotone: OtherRule = {
  name: 'strict monotony',
  source: 'each sample above the one before, as in node-memwatch',
  measure: 'rss',
  accuses: (points) => points.every(({ bytes }, index) => index === 0 || bytes > (points[index - 1]?.bytes ?? 0)),
};

const straightLine: OtherRule = {
  name: 'R² >= 0.8',
  source: 'least-squares line of PSS with a positive slope',
  measure: 'pss',
  accuses(points) {
    const { slope, r2 } = lineFitOf(points);
    return slope > 0 && r2 >= 0.8;
  },
};

const trendAlone: OtherRule = {
  name: 'Mann-Kendall alone',
  source: 'Mann 1945, Kendall 1975: p < 0.05 of a trend of PSS, and it rises',
  measure: 'pss',
  accuses(points) {
    const trend = mannKendall(points.map(({ bytes }) => bytes));
    return trend !== undefined && trend.s > 0 && trend.pValue < 0.05;
  },
};

export const otherRules: readonly OtherRule[] = [
  anyGrowth,
  aFifthMore,
  strictlyMonotone,
  straightLine,
  trendAlone,
  precogLike,
];
