import { sampleCountOf } from '../model/sample-count.js';
import type { ChartTimeline } from './charts/chart.js';
import { formatCount } from './outputs/format-value.js';

/** The sentence that says which samples of long series a chart shows; none where it shows all. */
export function drawnSamples(timelines: readonly ChartTimeline[]): readonly string[] {
  const listed = timelines.reduce((sum, { samples }) => sum + samples.length, 0);
  const all = timelines.reduce((sum, timeline) => sum + sampleCountOf(timeline), 0);
  if (listed === all) return [];
  const which = 'of each stretch of time the first, the last, the least and the greatest';
  return [`${formatCount(listed)} of ${formatCount(all)} samples are drawn: ${which}`];
}
