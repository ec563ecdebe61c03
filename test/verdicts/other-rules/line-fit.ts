import { linearRegression, linearRegressionLine, rSquared } from 'simple-statistics';
import type { Point } from './other-rule.js';

/** The least-squares line of points over time. */
export interface LineFit {
  /** Bytes per hour. */
  readonly slope: number;
  /** 0 to 1; 0 where the values are all the same. */
  readonly r2: number;
}

export function lineFitOf(points: readonly Point[]): LineFit {
  const start = points[0]?.hours ?? 0;
  const pairs = points.map(({ hours, bytes }) => [hours - start, bytes]);
  if (pairs.length < 2 || points.every(({ bytes }) => bytes === points[0]?.bytes)) return { slope: 0, r2: 0 };
  const line = linearRegression(pairs);
  return { slope: line.m, r2: rSquared(pairs, linearRegressionLine(line)) };
}
