import { periodOf, withoutSeason } from '../../stats/seasons.js';
import { resistantSlope } from '../../stats/settling.js';
import { runMedians } from '../../stats/thinning.js';
import type { Series } from '../series.js';
import { MOST_POINTS } from './growth-part.js';

/** A daily cycle, or a regular saw, is taken off: what remains has the same trend. */
export function withoutPeriod(series: Series): { steady: Series; period?: number } {
  const { times, values } = series;
  const residualsOf = (from: readonly number[]): number[] => {
    const slope = resistantSlope(times, from);
    return values.map((value, i) => value - slope * (times[i] ?? 0));
  };
  const residuals = residualsOf(values);
  const period = periodOf([...runMedians(times, MOST_POINTS)], [...runMedians(residuals, MOST_POINTS)]);
  if (period === undefined) return { steady: series };
  // A part of a period too much at one end tilts the first line; what is left tells the slope better.
  const rough = withoutSeason(times, values, residuals, period);
  return { steady: { ...series, values: withoutSeason(times, values, residualsOf(rough), period) }, period };
}
