import { quote } from '../../model/problem.js';
import type { ProgramRecord, Timeline } from '../../model/program.js';
import type { Finding, NotApplicable, VerdictRule } from '../../model/verdict.js';
import { countText, memoryText, probabilityText } from '../amounts.js';
import { blockStepsOf } from '../block-steps.js';
import { endOrigins } from '../evidence-origins.js';
import { GROWTH } from '../growth-limits.js';
import type { GrowthPart } from '../growth-part.js';
import { growthThresholds } from '../growth-thresholds.js';
import { measureOf, perSample, rateText, spanText } from '../measure.js';
import type { Series } from '../series.js';
import { siteText } from '../site-text.js';
import { PAGE, type TimelineGrowth, timelineGrowthOf } from '../timeline-growth.js';

const ID = 'private-growth';

/** Private memory that keeps growing the longer the program runs, and does not come back. */
export const privateGrowth: VerdictRule = {
  id: ID,
  title: 'Private memory grows',
  description:
    'Private dirty memory and swap (else USS, else RSS) of one process rise by a Mann–Kendall test corrected for ' +
    'autocorrelation and by the lower bound of the Theil–Sen slope, their floor rises with them, and the rise still ' +
    'goes on at the end. Where the total does not grow, each mapping is asked by itself.',
  thresholds: growthThresholds('page of 4 KiB'),
  judge(record) {
    if (record.timelines.length === 0) return { rule: ID, reason: 'no memory samples; take at least 3, better 20' };
    const words = record.timelines.map((timeline) => judgeTimeline(record, timeline));
    const findings = words.flatMap((word) => (Array.isArray(word) ? (word as readonly Finding[]) : []));
    const missing = words.find((word): word is NotApplicable => !Array.isArray(word));
    return findings.length === 0 && missing ? missing : findings;
  },
};

function judgeTimeline(record: ProgramRecord, timeline: Timeline): readonly Finding[] | NotApplicable {
  const word = timelineGrowthOf(timeline);
  const { series, growth, masked, unshared } = word;
  const { part } = growth;
  if (growth.state === 'too-few') return { rule: ID, reason: tooFewText(series.at.length) };
  if (part && !unshared && (growth.state === 'growing' || growth.state === 'leaning')) {
    return [growthFinding(record, timeline, word, part)];
  }
  if (masked?.growth.part) return [maskedFinding(timeline, masked, masked.growth.part)];
  if (growth.state === 'unclear') return { rule: ID, reason: unclearText(timeline, word) };
  return [];
}

function growthFinding(record: ProgramRecord, timeline: Timeline, word: TimelineGrowth, part: GrowthPart): Finding {
  const { series, growth, where } = word;
  const strong = growth.state === 'growing' && series.measure !== 'rss';
  const statements = [
    `${series.name} ${growth.state === 'growing' ? 'kept growing' : 'rose'}: ` +
      `${memoryText(part.growth)} in ${spanText(timeline, series, part.from)}, ${rateText(timeline, part)}, ` +
      `${probabilityText(part.trend.pRising)}${where === undefined ? '' : `; most of it in ${quote(where)}`}`,
  ];
  if (growth.excursions.length > 0) statements.push('what comes and goes is not counted: it is the floor that rises');
  if (series.measure === 'rss') statements.push('RSS counts shared pages too, so this is only a suspicion');
  if (growth.state === 'leaning') {
    statements.push(
      `${series.at.length} samples are too few to prove it: take at least ${GROWTH.enoughSamples}, better 20`,
    );
  }
  const steps = blockStepsOf(record.leaks, partValues(series, part), perSample(series, part), PAGE);
  if (steps) {
    const each =
      steps.blocksPerStep === 1 ? 'the lost blocks are' : `${countText(steps.blocksPerStep)} lost blocks a step,`;
    statements.push(
      `it grows in steps of ${memoryText(steps.step)}, ${each} ${countText(steps.blockBytes)} bytes each ` +
        `(${siteText(steps.leak.frames)}), now and then a page more for the allocator's headers`,
    );
  }
  return {
    rule: ID,
    bearing: 'for',
    strength: strong ? 'strong' : 'weak',
    statement: sentences(statements),
    origins: endOrigins(timeline, series, part.from),
    measure: measureOf(timeline, series, part, where),
    ...(steps ? { explainedBy: [{ fingerprint: steps.leak.fingerprint, share: steps.share }] } : {}),
  };
}

function maskedFinding(timeline: Timeline, masked: NonNullable<TimelineGrowth['masked']>, part: GrowthPart): Finding {
  const { series, label, compensated } = masked;
  const statements = [
    `the total does not show it, but ${quote(label)} kept growing: ${memoryText(part.growth)} in ` +
      `${spanText(timeline, series, part.from)}, ${rateText(timeline, part)}, ${probabilityText(part.trend.pRising)}`,
  ];
  if (compensated) statements.push('other mappings shrink by as much, so memory may only move from one to another');
  return {
    rule: ID,
    bearing: 'for',
    strength: compensated ? 'weak' : 'strong',
    statement: sentences(statements),
    origins: endOrigins(timeline, series, part.from),
    measure: measureOf(timeline, series, part, label),
  };
}

function partValues(series: Series, part: GrowthPart): readonly number[] {
  return series.values.slice(part.from);
}

function tooFewText(samples: number): string {
  const { fewestSamples } = GROWTH;
  return `${samples} of at least ${fewestSamples} samples; take ${fewestSamples - samples} more, better 20`;
}

function unclearText(timeline: Timeline, { series }: TimelineGrowth): string {
  const few = series.at.length < GROWTH.enoughSamples;
  const advice = few
    ? `take ${GROWTH.enoughSamples - series.at.length} more, better 20`
    : 'sample on, for twice as long, so that a rise that ends can be told from one that goes on';
  return `${spanText(timeline, series)} neither prove growth nor that it has stopped; ${advice}`;
}

function sentences(statements: readonly string[]): string {
  const text = statements.join('; ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
