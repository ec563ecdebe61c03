import { quote } from '../../model/problem.js';
import type { ProgramRecord, Timeline } from '../../model/program.js';
import type { Finding, NotApplicable, VerdictRule } from '../../model/verdict.js';
import { memoryText, probabilityText } from '../amounts.js';
import { endOrigins } from '../evidence-origins.js';
import { exhaustionText, isForeseeable } from '../exhaustion.js';
import { GROWTH } from '../growth/growth-limits.js';
import type { GrowthPart } from '../growth/growth-part.js';
import { growthThresholds } from '../growth/growth-thresholds.js';
import type { MappingGrowth } from '../masked-growth.js';
import { measureOf, rateText, spanText } from '../measure.js';
import type { Series } from '../series.js';
import { shapeOf, shapeText } from '../shape.js';
import { isOneMoment, type TimelineGrowth, timelineGrowthOf } from '../timeline-growth.js';
import { unclearText } from '../unclear-text.js';

const ID = 'private-growth';

/** Private memory that keeps growing the longer the program runs, and does not come back. */
export const privateGrowth: VerdictRule = {
  id: ID,
  title: 'Private memory grows',
  description:
    'What a process holds and the kernel cannot drop (anonymous memory in RAM or swapped out, copied pages of files, ' +
    'private pages of shared memory; else Private_Dirty and Swap, else USS, else RSS) rises by a Mann–Kendall test ' +
    'corrected for autocorrelation and by the lower bound of the Theil–Sen slope; what repeats itself is taken off, ' +
    'and it is the floor that is judged. Courses that still rise at the end (a line, an onset, a second slope, a power) are held ' +
    'against those that do not (constant, ramp, saturation, shifts) by their Bayesian information criteria. Where ' +
    'the total does not grow, each mapping is asked by itself.',
  thresholds: growthThresholds('pages of 4 KiB'),
  judge(record) {
    if (record.timelines.length === 0)
      return { rule: ID, reason: 'no memory samples; take at least 3 samples, better 20' };
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
  if (growth.state === 'too-few') return { rule: ID, reason: tooFewText(timeline, series) };
  if (masked?.growth.part) return [maskedFinding(record, timeline, masked, masked.growth.part)];
  if (part && !unshared && (growth.state === 'growing' || growth.state === 'leaning')) {
    return [growthFinding(record, timeline, word, part)];
  }
  if (growth.state === 'unclear') return { rule: ID, reason: unclearText(timeline, series, growth) };
  return [];
}

function growthFinding(record: ProgramRecord, timeline: Timeline, word: TimelineGrowth, part: GrowthPart): Finding {
  const { series, growth, where, untouched } = word;
  const strong = growth.state === 'growing' && series.measure !== 'rss' && untouched === undefined;
  const shape = shapeOf(series, growth);
  const measure = measureOf(record, timeline, series, part, where);
  const statements = [
    `${series.name} ${growth.state === 'growing' ? 'kept growing' : 'rose'}${shapeText(shape)}: ` +
      `${memoryText(part.growth)} in ${spanText(timeline, series, part.from)}, ${rateText(timeline, part)}, ` +
      `${probabilityText(part.trend.pRising)}${where === undefined ? '' : `; most of it in ${quote(where)}`}`,
  ];
  if (growth.excursions.length > 0) statements.push('what comes and goes is not counted: it is the floor that rises');
  if (series.measure === 'rss') statements.push('RSS counts shared pages too, so this is only a suspicion');
  if (untouched !== undefined) {
    const left = memoryText(untouched);
    statements.push(`its size stays and is only touched bit by bit: ${left} are left, so this is only a suspicion`);
  }
  if (growth.state === 'leaning') {
    statements.push(
      `${series.at.length} samples are too few to prove it: take at least ${GROWTH.enoughSamples}, better 20`,
    );
  }
  if (measure.exhaustion && isForeseeable(measure.exhaustion)) statements.push(exhaustionText(measure.exhaustion));
  return {
    rule: ID,
    bearing: 'for',
    strength: strong ? 'strong' : 'weak',
    statement: sentences(statements),
    origins: endOrigins(timeline, series, part.from, where),
    measure,
    ...(shape === undefined ? {} : { shape }),
  };
}

function maskedFinding(record: ProgramRecord, timeline: Timeline, masked: MappingGrowth, part: GrowthPart): Finding {
  const { series, label, growth } = masked;
  const shape = shapeOf(series, growth);
  const measure = measureOf(record, timeline, series, part, label);
  const statements = [
    `the total does not show it${masked.compensated ? '' : ' as clearly'}, but ${quote(label)} kept growing${shapeText(shape)}: ${memoryText(part.growth)} in ` +
      `${spanText(timeline, series, part.from)}, ${rateText(timeline, part)}, ${probabilityText(part.trend.pRising)}`,
  ];
  if (masked.compensated) statements.push('other mappings shrank by as much, which cannot go on');
  return {
    rule: ID,
    bearing: 'for',
    strength: 'strong',
    statement: sentences(statements),
    origins: endOrigins(timeline, series, part.from, label),
    measure,
    ...(shape === undefined ? {} : { shape }),
  };
}

function tooFewText(timeline: Timeline, series: Series): string {
  const { fewestSamples } = GROWTH;
  const samples = series.at.length;
  if (isOneMoment(timeline, series)) {
    return `${samples} samples within a second are one moment; take samples for minutes, better for hours`;
  }
  return `${samples} of at least ${fewestSamples} samples; take ${fewestSamples - samples} more, better 20`;
}

function sentences(statements: readonly string[]): string {
  const text = statements.join('; ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
