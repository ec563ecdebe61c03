import type { CountedMemory, FaultInterval } from './fault-counts.js';

/** Memory where the counts are. */
export interface Course {
  /** RSS. */
  readonly values: readonly number[];
  readonly most: number;
  /** Of RSS, the last less the first; and of what the kernel cannot drop, where that is known. */
  readonly growth: number;
  readonly ownGrowth?: number;
}

/** Undefined where RSS is not known at each of the counts. */
export function courseOf(intervals: readonly FaultInterval[]): Course | undefined {
  const values = valuesOf(intervals, ({ rss }) => rss);
  const own = valuesOf(intervals, (memory) => memory.own);
  if (!values) return undefined;
  return {
    values,
    most: values.reduce((a, b) => Math.max(a, b), 0),
    growth: (values.at(-1) ?? 0) - (values[0] ?? 0),
    ...(own && { ownGrowth: (own.at(-1) ?? 0) - (own[0] ?? 0) }),
  };
}

/** Where the first interval begins and at the end of each; undefined where one is not known. */
function valuesOf(
  intervals: readonly FaultInterval[],
  numberOf: (memory: CountedMemory) => number | undefined,
): readonly number[] | undefined {
  const memories = [...intervals.slice(0, 1).map(({ before }) => before), ...intervals.map(({ after }) => after)];
  const values = memories.flatMap((memory) => numberOf(memory) ?? []);
  return values.length === memories.length ? values : undefined;
}
