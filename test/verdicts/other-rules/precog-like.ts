import { lineFitOf } from './line-fit.js';
import type { OtherRule, Point } from './other-rule.js';

const LEAST_R2 = 0.75;
const CRITICAL_HOURS = 7 * 24;
/** The paper watches a whole machine, whose memory is known; a capture does not tell it. */
const LIMIT_BYTES = 1024 ** 3;
const FEWEST_POINTS = 5;

/**
 * A line through the samples since a change point that fits, rises, and reaches the limit within the critical time.
 *
 * Without the history of other runs that Precog learns from, so each trend counts that would be new to it; smoothed
 * by the median of three, since samples are not one a minute.
 * Source: Jindal et al., "Online Memory Leak Detection in the Cloud-based Infrastructures", 2021, arXiv:2101.09799.
 */
export const precogLike: OtherRule = {
  name: 'Precog-like line fit',
  source: 'Jindal et al. 2021: R² >= 0.75 since a change point, 1 GiB within 7 days; no history learnt',
  measure: 'rss',
  accuses(points) {
    const smooth = smoothed(points);
    const last = smooth.at(-1)?.bytes ?? 0;
    return [0, ...changePoints(smooth)].some((from) => {
      const since = smooth.slice(from);
      if (since.length < FEWEST_POINTS) return false;
      const { slope, r2 } = lineFitOf(since);
      return slope > 0 && r2 >= LEAST_R2 && (LIMIT_BYTES - last) / slope <= CRITICAL_HOURS;
    });
  },
};

function smoothed(points: readonly Point[]): Point[] {
  return points.map(({ hours, bytes }, index) => {
    const around = [points[index - 1]?.bytes ?? bytes, bytes, points[index + 1]?.bytes ?? bytes];
    return { hours, bytes: around.toSorted((a, b) => a - b)[1] ?? bytes };
  });
}

/** Where the step from one sample to the next is more than three standard deviations off the mean step. */
function changePoints(points: readonly Point[]): number[] {
  const steps = points.slice(1).map(({ bytes }, index) => bytes - (points[index]?.bytes ?? 0));
  const mean = steps.reduce((total, step) => total + step, 0) / steps.length;
  const deviation = Math.sqrt(steps.reduce((total, step) => total + (step - mean) ** 2, 0) / steps.length);
  return steps.flatMap((step, index) => (Math.abs(step - mean) > 3 * deviation ? [index + 1] : []));
}
