import type { Verdict } from './verdict.js';

/** The timeline that a verdict is about: of its pid, else the one with the most samples. */
export function judgedTimeline<T extends { readonly pid?: number; readonly samples: readonly unknown[] }>(
  { timelines }: { readonly timelines: readonly T[] },
  { pid }: Pick<Verdict, 'pid'>,
): T | undefined {
  const named = timelines.find((timeline) => pid !== undefined && timeline.pid === pid);
  return named ?? timelines.toSorted((a, b) => b.samples.length - a.samples.length)[0];
}
