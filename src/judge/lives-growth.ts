import type { ProgramRecord, Timeline } from '../model/program.js';
import { PAGE } from '../model/units.js';
import { compareCourses } from '../stats/compare-courses.js';
import { kendallTotal } from '../stats/mann-kendall.js';
import { medianOf, noiseOf } from '../stats/robust-noise.js';
import { commonLine, type TheilSen } from '../stats/theil-sen.js';
import { GROWTH } from './growth/growth-limits.js';
import { floorOf } from './growth/growth-part.js';
import { ranInTurn } from './lives.js';
import { type PrivateSeries, privateSeriesOf } from './series.js';

/** What the lives of a program do, taken together. */
export interface LivesGrowth {
  readonly lives: readonly { readonly timeline: Timeline; readonly series: PrivateSeries }[];
  /** Twice the logarithm of the Bayes factor for lives that still rise at their end. */
  readonly evidence: number;
  /** One slope for all lives. */
  readonly line: TheilSen;
  /** Of a rise within the lives. */
  readonly pRising: number;
  readonly pValue: number;
  /** Of one life, in the median. */
  readonly growth: number;
  /** The least growth of a life that counts. */
  readonly least: number;
}

/**
 * Whether the lives of a program grow, each too short perhaps to prove it: tests and evidence of independent series
 * add up. Undefined where fewer than two lives have samples enough, or they ran side by side: what a parent and its
 * child do is not independent.
 *
 * Source: Hirsch, Slack & Smith, Water Resources Research 18 (1982) 107–121 (the seasonal test, a life a season).
 */
export function livesGrowthOf({ timelines }: ProgramRecord): LivesGrowth | undefined {
  const all = timelines.map((timeline) => ({ timeline, series: privateSeriesOf(timeline) }));
  const lives = all.filter(({ timeline, series }) => timeline.timed && series.at.length >= LEAST_POINTS);
  if (lives.some(({ timeline }, i) => i > 0 && !ranInTurn(lives[i - 1]?.timeline ?? timeline, timeline)))
    return undefined;
  const measure = lives[0]?.series.measure;
  if (lives.length < 2 || measure === 'rss' || lives.some(({ series }) => series.measure !== measure)) return undefined;
  let evidence = 0;
  for (const { series } of lives) {
    const thinned = floorOf(series.values, [], 0);
    const times = thinned.at.map((index) => series.times[index] ?? 0);
    const own = compareCourses(times, thinned.values, PAGE)?.evidence ?? 0;
    evidence += Math.max(-MOST_EVIDENCE, Math.min(MOST_EVIDENCE, own));
  }
  const points = lives.map(({ series }) => series);
  const line = commonLine(points, { limit: Math.ceil(1200 / lives.length) });
  if (!line) return undefined;
  const growths = lives.map(({ series: { values } }) => (values.at(-1) ?? 0) - (values[0] ?? 0));
  const noise = medianOf(lives.map(({ series }) => noiseOf(series.values)));
  return {
    lives,
    evidence,
    line,
    ...kendallTotal(points.map(({ values }) => values)),
    growth: medianOf(growths),
    least: Math.max(GROWTH.leastUnits * PAGE, 2 * noise),
  };
}

/** No life outweighs several others: "very strong" is enough. */
const MOST_EVIDENCE = 10;
/** A comparison of courses takes five. */
const LEAST_POINTS = 5;
