import { type ListedSamples, sampleCountOf } from './sample-count.js';
import type { Verdict } from './verdict.js';

/** The timeline that a verdict is about: of its pid, else the one with the most samples. */
export function judgedTimeline<T extends ListedSamples & { readonly pid?: number }>(
  { timelines }: { readonly timelines: readonly T[] },
  { pid }: Pick<Verdict, 'pid'>,
): T | undefined {
  const named = timelines.find((timeline) => pid !== undefined && timeline.pid === pid);
  return named ?? timelines.toSorted((a, b) => sampleCountOf(b) - sampleCountOf(a))[0];
}
