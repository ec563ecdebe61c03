import type { Threshold } from '../../model/verdict.js';
import { GROWTH } from './growth-limits.js';

/** The thresholds of a rule that judges growth in steps of `unit`. */
export function growthThresholds(unit: string): Threshold[] {
  return [
    { name: 'fewest samples', value: GROWTH.fewestSamples, source: 'a trend test says nothing about two' },
    {
      name: 'shortest time',
      value: GROWTH.shortestSeconds,
      unit: 'second',
      source: 'what a script reads of one process one file after the other is one moment, not a series',
    },
    {
      name: 'samples for a proof',
      value: GROWTH.enoughSamples,
      source: 'Hirsch, Slack & Smith (1982) ask for about ten; at 8 a monotone rise has p = 0.00002',
    },
    {
      name: 'points of the floor for a proof',
      value: GROWTH.enoughFloorPoints,
      source: 'five in ascending order have p = 0.008, four 0.04',
    },
    {
      name: 'highest p of the trend, one-sided',
      value: GROWTH.significance,
      source: 'Mann–Kendall, corrected after Hamed & Rao (1998); 0.01 because a night holds many programs',
    },
    {
      name: 'confidence of the slope',
      value: GROWTH.confidence,
      source: 'Sen (1968); its lower bound must be above 0',
    },
    {
      name: 'least growth',
      value: GROWTH.leastUnits,
      unit,
      source: 'a first call or a lazily bound symbol touches a page or two; chosen by hand on samples/sets',
    },
    {
      name: 'least growth, in standard deviations of the noise',
      value: GROWTH.leastNoise,
      source: 'chosen on simulated series: below it random walks pass',
    },
    {
      name: 'least rise of the floor, as a part of what lies above it on average',
      value: GROWTH.leastOfExcess,
      source: 'chosen on simulated series: the floor of a clean sawtooth moves by a few pages',
    },
    {
      name: 'least late growth against early growth',
      value: GROWTH.leastHalfSlope,
      source: 'half-slope ratio, Tukey (1977): 1 for a line; a warm-up that is 90 % done has less than 0.5',
    },
    {
      name: 'more of the same for a later part, each time that an earlier one slowed down',
      value: GROWTH.moreHalfSlope,
      source: 'the tail of an exponential looks straight if only it is short enough; chosen on simulated series',
    },
    {
      name: 'late growth against early growth from which only a later part is measured',
      value: GROWTH.leastSpeedUp,
      source: 'twice for an onset in the middle; noise alone seldom makes 1.5',
    },
    {
      name: 'longest quiet end, in longest pauses before it',
      value: GROWTH.mostQuietEnd,
      source: 'regular steps pause no longer at the end than between; chosen on simulated series',
    },
    {
      name: 'least growth of autocorrelated values, in standard deviations around the line',
      value: GROWTH.leastOfWander,
      source: 'a random walk of 20 samples reaches 6; a parabola has 13, four regular steps 14',
    },
    {
      name: 'growth of a clear line, which needs no comparison of courses, in standard deviations around it',
      value: GROWTH.clearLineGrowth,
      source: 'a course that rests from 72 % of the time on is off by 8 of them at the end',
    },
    {
      name: 'late growth against early growth of a clear line, or the reverse',
      value: GROWTH.clearLineBend,
      source: 'straight but for noise; what bends more is compared',
    },
    {
      name: 'most growth of a clear line in its two steepest moments',
      value: GROWTH.clearLineJumps,
      source: 'even growth has 0, five equal steps 0.2',
    },
    {
      name: 'evidence for a course that still rises, enough beside the trend test alone',
      value: GROWTH.strongEvidence,
      source:
        'twice the logarithm of the Bayes factor, Kass & Raftery (1995): 2 is positive, 6 strong; chosen between them ' +
        'on the tuning seeds of bench:verdicts',
    },
    {
      name: 'evidence below which a course that rests outweighs all tests',
      value: GROWTH.leastEvidence,
      source: 'the same scale, against growth',
    },
    {
      name: 'most growth in the two steepest moments',
      value: GROWTH.mostJumpShare,
      source: 'three equal steps make 0.47, four 0.3: one or two steps are no trend',
    },
  ];
}
