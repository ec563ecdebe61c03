import type { Timeline } from '../model/program.js';
import { countText, hoursText, memoryText } from './amounts.js';
import type { Growth } from './growth/growth.js';
import type { Doubt } from './growth/growth-doubts.js';
import { GROWTH } from './growth/growth-limits.js';
import type { GrowthPart } from './growth/growth-part.js';
import { spanText } from './measure.js';
import type { Series } from './series.js';

/** Why a series proves neither growth nor rest, and what would: how many more samples, over how long. */
export function unclearText(timeline: Timeline, series: Series, growth: Growth): string {
  const { doubts, part } = growth;
  const told = doubts.map((doubt) => DOUBTS[doubt]).slice(0, 2);
  const why = told.length > 0 ? `: ${told.join(', and ')}` : '';
  return `${spanText(timeline, series)} neither prove growth nor that it has stopped${why}; ${adviceText(timeline, series, growth, part)}`;
}

const DOUBTS: Readonly<Record<Doubt, string>> = {
  'few-points': 'they are too few, or come back to their floor too seldom',
  'no-trend': 'chance may have made their order',
  small: 'the rise is no larger than the noise',
  wanders: 'autocorrelated values wander as far',
  slows: 'the rise slowed down',
  steps: 'one or two steps make most of the rise',
  paused: 'the end has been quiet for longer than any pause before',
  'not-passed': 'what was there before has not been passed yet',
};

function adviceText(timeline: Timeline, series: Series, { noise }: Growth, part: GrowthPart | undefined): string {
  const n = series.at.length;
  if (n < GROWTH.enoughSamples) return `take ${GROWTH.enoughSamples - n} more, better 20`;
  const needed = part ? samplesNeeded(part, n, noise) : 2 * n;
  const hours = ((series.times.at(-1) ?? 0) * (needed - n)) / Math.max(1, n - 1);
  const lasting = timeline.timed ? `, for another ${hoursText(hours)} at this pace` : '';
  return `take about ${countText(needed - n)} more samples${lasting}, so that a rise that ends can be told from one that goes on (noise from sample to sample: ${memoryText(noise)})`;
}

/**
 * After how many samples a trend as steep as the one seen would stand out of the noise, at least half as many again
 * and at most ten times as many: the error of a slope falls with the power 3/2 of their number.
 */
function samplesNeeded({ line, growth }: GrowthPart, n: number, noise: number): number {
  const perSample = growth / Math.max(1, n - 1);
  // Without a slope it is a rest that is to be seen.
  const clear = line.slope > 0 ? ((CLEAR_TREND * Math.sqrt(12) * noise) / perSample) ** (2 / 3) : 0;
  return Math.ceil(Math.min(10 * n, Math.max(1.5 * n, clear)));
}

/** In standard errors of the slope: p = 0.00003. */
const CLEAR_TREND = 4;
