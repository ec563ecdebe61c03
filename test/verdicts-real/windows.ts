import type { PlacedSample } from '../../src/model/memory.js';
import type { MappingSeries, ProgramRecord, Timeline } from '../../src/model/program.js';

/** Some of the instants at which a program was sampled: the first of them or the last. */
export interface SampleWindow {
  readonly end: 'first' | 'last';
  readonly length: number;
}

/** What would be known of a program if it had been sampled in that window only. Without logs, and without its device. */
export function recordIn(record: ProgramRecord, { end, length }: SampleWindow): ProgramRecord {
  const instants = [...new Set(record.timelines.flatMap(({ samples }) => samples.map(instantOf)))].sort(
    (a, b) => a - b,
  );
  const kept = new Set(end === 'first' ? instants.slice(0, length) : instants.slice(-length));
  const timelines = record.timelines.map((timeline) => timelineIn(timeline, kept));
  return {
    program: record.program,
    timelines: timelines.filter(({ samples }) => samples.length > 0),
    leaks: [],
    errors: [],
    summaries: [],
  };
}

function instantOf({ takenAt }: PlacedSample): number {
  if (takenAt === undefined) throw new Error('a sample of the pairs has no time');
  return takenAt;
}

function timelineIn(timeline: Timeline, kept: ReadonlySet<number>): Timeline {
  const indices = timeline.samples.flatMap((sample, index) => (kept.has(instantOf(sample)) ? [index] : []));
  const { pid, startTicks } = timeline;
  return {
    ...(pid === undefined ? {} : { pid }),
    ...(startTicks === undefined ? {} : { startTicks }),
    samples: timeline.samples.filter((_, index) => indices.includes(index)),
    timed: timeline.timed,
    mappings: timeline.mappings.map((mapping) => mappingIn(mapping, indices)).filter(({ at }) => at.length > 0),
  };
}

function mappingIn(mapping: MappingSeries, indices: readonly number[]): MappingSeries {
  const here = (_: number, i: number): boolean => indices.includes(mapping.at[i] ?? -1);
  return {
    label: mapping.label,
    kind: mapping.kind,
    at: mapping.at.filter(here).map((index) => indices.indexOf(index)),
    privateBytes: mapping.privateBytes.filter(here),
    unreclaimable: mapping.unreclaimable.filter(here),
    rss: mapping.rss.filter(here),
    size: mapping.size.filter(here),
    vmaCount: mapping.vmaCount.filter(here),
  };
}
