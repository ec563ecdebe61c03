import { quote } from '../../model/problem.js';
import type { Timeline } from '../../model/program.js';
import type { Finding, VerdictRule } from '../../model/verdict.js';
import { countedText, countText, probabilityText } from '../amounts.js';
import { endOrigins } from '../evidence-origins.js';
import { growthOf } from '../growth/growth.js';
import { GROWTH } from '../growth/growth-limits.js';
import { growthThresholds } from '../growth/growth-thresholds.js';
import { coveredSamples } from '../mapping-growth.js';
import { spanText } from '../measure.js';
import { seriesOf } from '../series.js';

const ID = 'mapping-count-growth';

/** Ever more VMAs: memory mapped again and again, or threads that are never joined. */
export const mappingCountGrowth: VerdictRule = {
  id: ID,
  title: 'The number of mappings grows',
  description:
    'The count of VMAs rises and goes on rising, by the same tests as private memory. The kernel ends a program that ' +
    'reaches vm.max_map_count (65,530 by default).',
  thresholds: growthThresholds('VMA'),
  judge(record) {
    const counted = record.timelines.filter((timeline) => countsOf(timeline).at.length >= GROWTH.fewestSamples);
    if (counted.length === 0) return { rule: ID, reason: 'fewer than 3 samples that list VMAs' };
    return counted.flatMap((timeline) => findingOf(timeline) ?? []);
  },
};

function countsOf(timeline: Timeline): ReturnType<typeof seriesOf> {
  return seriesOf(timeline, ({ vmaCount }) => vmaCount);
}

function findingOf(timeline: Timeline): Finding | undefined {
  const series = countsOf(timeline);
  const { state, part } = growthOf(series, 1);
  if (!part || (state !== 'growing' && state !== 'leaning')) return undefined;
  const group = multiplyingGroup(timeline, series.at[part.from] ?? 0);
  const first = series.values[part.from] ?? 0;
  const last = series.values.at(-1) ?? 0;
  return {
    rule: ID,
    bearing: 'for',
    strength: state === 'growing' ? 'strong' : 'weak',
    statement:
      `The number of VMAs ${state === 'growing' ? 'kept growing' : 'rose'}: from ${countText(first)} to ${countText(last)} in ` +
      `${spanText(timeline, series, part.from)}, ${probabilityText(part.trend.pRising)}` +
      (group ? `; ${quote(group.label)} multiplies, by ${countedText(group.by, 'VMA')}` : ''),
    origins: endOrigins(timeline, series, part.from, group?.label),
  };
}

/** The group of VMAs that gained most since sample `from`. */
function multiplyingGroup(timeline: Timeline, from: number): { label: string; by: number } | undefined {
  let best: { label: string; by: number } | undefined;
  const begin = coveredSamples(timeline).indexOf(true, from);
  for (const { label, at, vmaCount } of timeline.mappings) {
    const start = at.findIndex((index) => index >= begin);
    if (start < 0) continue;
    const before = at[start] === begin ? (vmaCount[start] ?? 0) : 0;
    const by = (vmaCount.at(-1) ?? 0) - before;
    if (by > (best?.by ?? 0)) best = { label, by };
  }
  return best;
}
