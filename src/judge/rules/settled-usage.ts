import type { Timeline } from '../../model/program.js';
import { PAGE } from '../../model/units.js';
import type { Finding, VerdictRule } from '../../model/verdict.js';
import { bayesFactorText, countedText, countText, hoursText, memoryText, probabilityText } from '../amounts.js';
import { endOrigins } from '../evidence-origins.js';
import { growthOf } from '../growth/growth.js';
import { GROWTH } from '../growth/growth-limits.js';
import type { Settling } from '../growth/usage-settling.js';
import { rateText, spanText } from '../measure.js';
import { isThrashing } from '../page-faults/page-faults.js';
import { seriesOf } from '../series.js';
import { shapeOf } from '../shape.js';
import { type TimelineGrowth, timelineGrowthOf } from '../timeline-growth.js';

const ID = 'settled-usage';

/** Private memory that came to rest: flat, back at its floor after each rise, or grown only at the start. */
export const settledUsage: VerdictRule = {
  id: ID,
  title: 'Memory use has settled',
  description:
    'Speaks against a leak where private memory is flat, comes back to its floor after each rise, grew only at the ' +
    'start or in single steps, falls, or shows no trend.',
  thresholds: [
    {
      name: 'samples for a strong objection',
      value: GROWTH.enoughSamples,
      source: 'fewer only count where memory stays within a page',
    },
    {
      name: 'most of the rise in the settled part',
      value: GROWTH.settledLateShare,
      source: 'chosen by hand on samples/sets: a full cache still touches a page now and then',
    },
    {
      name: 'evidence for a course that rests',
      value: GROWTH.settledEvidence,
      source: 'twice the logarithm of the Bayes factor: "strong" by Kass & Raftery (1995)',
    },
    { name: 'flat', value: GROWTH.leastUnits, unit: 'pages of 4 KiB', source: 'the least growth that counts' },
  ],
  judge(record) {
    if (record.timelines.some(isTakenAway)) {
      const reason =
        'the kernel took pages away that were in use (see the page faults), so that RSS rests or falls is no sign';
      return { rule: ID, reason };
    }
    const findings = record.timelines.flatMap((timeline) => objectionOf(timeline) ?? []);
    if (findings.length > 0 || record.timelines.length > 0) return findings;
    return { rule: ID, reason: 'no memory samples' };
  },
};

/** RSS and USS lose the pages of files that the kernel drops, and the page faults show that it does. */
function isTakenAway(timeline: Timeline): boolean {
  return timelineGrowthOf(timeline).series.measure !== 'private' && isThrashing(timeline);
}

function objectionOf(timeline: Timeline): Finding | undefined {
  const word = timelineGrowthOf(timeline);
  const { series, growth, unshared, masked } = word;
  const statement = unshared ? unsharedText(timeline, word) : settledText(timeline, word, growth.settling);
  if (statement === undefined || masked) return undefined;
  const shape = unshared ? undefined : shapeOf(series, growth);
  const reserved = reservedText(timeline);
  return {
    rule: ID,
    bearing: 'against',
    strength: series.at.length >= GROWTH.enoughSamples && series.measure !== 'rss' ? 'strong' : 'weak',
    statement: statement.charAt(0).toUpperCase() + statement.slice(1) + (reserved === undefined ? '' : `; ${reserved}`),
    origins: endOrigins(timeline, series),
    ...(shape === undefined ? {} : { shape }),
  };
}

/** Less is what libraries and arenas take as they are used. */
const LEAST_RESERVED = 16 * 1024 * 1024;

/** Address space that is taken but not touched costs no memory; it is told, since it may run out on 32 bit. */
function reservedText(timeline: Timeline): string | undefined {
  const space = seriesOf(timeline, ({ vss }) => vss);
  if ((space.values.at(-1) ?? 0) - (space.values[0] ?? 0) < LEAST_RESERVED) return undefined;
  const growth = growthOf(space, PAGE);
  if (growth.state !== 'growing' || !growth.part) return undefined;
  return (
    `its address space (VSS) kept growing, by ${memoryText(growth.part.growth)}, ` +
    `${rateText(timeline, growth.part)}: reserved, but not touched`
  );
}

function unsharedText(timeline: Timeline, { series, growth }: TimelineGrowth): string {
  const by = memoryText(growth.part?.growth ?? 0);
  return (
    `${series.name} rose by ${by} in ${spanText(timeline, series)}, but RSS and swap did not: ` +
    'pages stopped being shared (copy on write), no memory was taken'
  );
}

function settledText(
  timeline: Timeline,
  { series, growth }: TimelineGrowth,
  settling: Settling | undefined,
): string | undefined {
  const span = spanText(timeline, series);
  switch (settling?.kind) {
    case undefined:
      return undefined;
    case 'flat':
      return settling.range === 0
        ? `${series.name} did not change in ${span}`
        : `${series.name} stayed within ${memoryText(settling.range)} in ${span}`;
    case 'returns':
      return (
        `${series.name} came back to ${memoryText(settling.floor)} after each rise: the floor of ` +
        `${countedText(settling.cycles, 'cycle')} moved by ${memoryText(settling.moved)} in ${span}`
      );
    case 'stopped': {
      const { since, share, steps } = settling;
      const rest = (series.times.at(-1) ?? 0) - (series.times[since] ?? 0);
      const percent = Math.floor(share * 100);
      return (
        `${percent} % of the growth happened in the first ${countText(since + 1)} of ${countedText(series.at.length, 'sample')}` +
        `${steps ? ', in steps' : ''}; settled since${timeline.timed ? `, for ${hoursText(rest)}` : ''}`
      );
    }
    case 'rests': {
      const rest = (series.times.at(-1) ?? 0) - settling.since;
      const since = series.times.findIndex((time) => time >= settling.since);
      const how = settling.steps ? 'single steps' : 'a rise that ended';
      return (
        `${series.name} has been at rest since sample ${countText(since + 1)} of ${countText(series.at.length)}` +
        `${timeline.timed ? `, for ${hoursText(rest)}` : ''}: ${how}, which fits better than any course that ` +
        `still rises (Bayes factor ${bayesFactorText(settling.evidence)})`
      );
    }
    case 'falls':
      return `${series.name} fell by ${memoryText(settling.by)} in ${span}`;
    case 'no-trend': {
      const rate = growth.part ? `, ${rateText(timeline, growth.part)}` : '';
      return `${series.name} showed no trend in ${span}: ${probabilityText(settling.pValue)}${rate}`;
    }
  }
}
