import type { ProgramRecord } from '../../model/program.js';
import type { Finding, VerdictRule } from '../../model/verdict.js';
import { bayesFactorText, memoryText, probabilityText } from '../amounts.js';
import { endOrigins, firstOrigins } from '../evidence-origins.js';
import { exhaustionOf } from '../exhaustion.js';
import { GROWTH } from '../growth/growth-limits.js';
import { type LivesGrowth, livesGrowthOf } from '../lives-growth.js';
import { carrierOf } from '../mapping-growth.js';

const ID = 'growth-across-lives';

/** A program that is restarted before one life could prove a leak: each life grows until its end. */
export const growthAcrossLives: VerdictRule = {
  id: ID,
  title: 'Each life grows, or only warms up',
  description:
    'Where a program was restarted, its lives are judged together as well: the seasonal Kendall test and the evidence ' +
    'of the courses of all lives are added up. Lives that still rise when they end speak for a leak, lives that come ' +
    'to rest after a warm-up against.',
  thresholds: [
    { name: 'fewest lives', value: 2, source: 'one life is judged by private-growth' },
    {
      name: 'least evidence',
      value: GROWTH.settledEvidence,
      source: 'twice the logarithm of the Bayes factor: "strong" by Kass & Raftery (1995)',
    },
    {
      name: 'highest p of the trend, one-sided',
      value: GROWTH.significance,
      source: 'seasonal Kendall test, Hirsch, Slack & Smith (1982)',
    },
  ],
  judge: () => [],
  judgeLives(record) {
    const growth = livesGrowthOf(record);
    if (!growth) return [];
    if (stillRises(growth)) return [groundOf(record, growth)];
    return growth.evidence <= -GROWTH.settledEvidence ? [objectionOf(growth)] : [];
  },
};

function stillRises({ evidence, pRising, line, growth, least }: LivesGrowth): boolean {
  const significant = pRising <= GROWTH.significance && line.lower > 0;
  return significant && evidence >= GROWTH.settledEvidence && growth >= least;
}

function groundOf(record: ProgramRecord, growth: LivesGrowth): Finding {
  const { lives, line, evidence, pRising, pValue } = growth;
  const [first] = lives;
  const exhaustion = first && exhaustionOf(record, first.timeline, line.slope);
  const where = first && carrierOf(first.timeline, first.series, 0, false)?.label;
  return {
    rule: ID,
    bearing: 'for',
    strength: 'strong',
    statement:
      `${lives.length} lives of the program grew until they ended, by ${memoryText(growth.growth)} each in the median, ` +
      `${memoryText(line.slope)} per hour (95 % interval ${memoryText(line.lower)} to ${memoryText(line.upper)}), ` +
      `${probabilityText(pRising)}, Bayes factor against lives that come to rest ${bayesFactorText(evidence)}`,
    origins: originsOf(growth),
    shape: 'linear',
    measure: {
      growth: Math.round(growth.growth),
      ratePerHour: line.slope,
      rateInterval: [line.lower, line.upper],
      pValue,
      ...(where === undefined ? {} : { where }),
      ...(exhaustion ? { exhaustion } : {}),
    },
  };
}

function objectionOf(growth: LivesGrowth): Finding {
  return {
    rule: ID,
    bearing: 'against',
    strength: 'strong',
    statement:
      growth.growth >= growth.least
        ? `${growth.lives.length} lives of the program came to rest, each after a rise of ` +
          `${memoryText(growth.growth)} in the median: it warms up again after each start`
        : `none of ${growth.lives.length} lives of the program grew`,
    origins: originsOf(growth),
    shape: 'settled',
  };
}

function originsOf({ lives }: LivesGrowth): Finding['origins'] {
  return firstOrigins(lives.flatMap(({ timeline, series }) => endOrigins(timeline, series)));
}
