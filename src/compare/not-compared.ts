import type { ProgramComparison } from '../model/comparison.js';
import { LEAK_TOOL_NAMES } from '../model/leaks.js';
import type { Observation } from './observations.js';
import type { ProgramPair } from './pairing.js';

/** What the private memory of mappings was read from; figures of different counters do not mix. */
export function measureOfMappings(observations: readonly Observation[]): 'private' | 'rss' | 'size' | undefined {
  const samples = observations.flatMap(({ timeline, report }) =>
    report.mappings.length > 0 ? (timeline?.samples ?? []) : [],
  );
  if (samples.length === 0) return undefined;
  if (samples.some(({ privateDirty }) => privateDirty !== undefined)) return 'private';
  return samples.some(({ rss }) => rss !== undefined) ? 'rss' : 'size';
}

/** What of a program on both sides could not be held against each other, and why; in whole sentences. */
export function notCompared(
  { before, after }: Pick<ProgramPair, 'before' | 'after'>,
  { rate, levels, leaks, errors }: Pick<ProgramComparison, 'rate' | 'levels' | 'leaks' | 'errors'>,
): string[] {
  const reasons: string[] = [];
  const sampled = { before: hasSamples(before), after: hasSamples(after) };
  const side = (isBefore: boolean): string => (isBefore ? 'before' : 'after');
  if (sampled.before !== sampled.after) reasons.push(`Memory: it was not sampled ${side(!sampled.before)}.`);
  else if (sampled.before && levels.length === 0)
    reasons.push('Memory: the samples of both sides tell different figures.');
  if (sampled.before && sampled.after) {
    if (rate?.change === 'not-told') reasons.push('Rate of growth: too few samples, or no clear course, on one side.');
    const measures = [measureOfMappings(before), measureOfMappings(after)];
    if (measures[0] !== measures[1]) {
      const missing = measures.indexOf(undefined);
      reasons.push(
        missing === -1
          ? 'Mappings: their private memory was read from different counters.'
          : `Mappings: there is no snapshot of them ${side(missing === 0)}.`,
      );
    }
  }
  for (const only of ['only-before', 'only-after'] as const) {
    const tools = [...leaks, ...errors].flatMap((one) => (one.change === only ? [toolOf(one)] : []));
    const [told, other] = only === 'only-before' ? ['before', 'after'] : ['after', 'before'];
    for (const tool of new Set(tools))
      reasons.push(`What ${tool} found ${told}: nothing shows that it was looked for ${other}.`);
  }
  return reasons;
}

function toolOf(one: ProgramComparison['leaks'][number] | ProgramComparison['errors'][number]): string {
  if ('tool' in one) return one.tool;
  const tool = (one.after ?? one.before)?.tool;
  return tool === undefined ? 'a tool' : LEAK_TOOL_NAMES[tool];
}

function hasSamples(observations: readonly Observation[]): boolean {
  return observations.some(({ timeline }) => timeline !== undefined);
}
