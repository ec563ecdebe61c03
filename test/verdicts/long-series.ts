import type { MappingSeries, ProgramRecord, Timeline } from '../../src/model/program.js';
import { recordOfTrace } from './records.js';
import type { Trace } from './trace.js';

/** Fewer than would be thinned. */
const PART = 900;

/** What is known of the program of a trace with the mappings of each snapshot, however many there are. */
export function wholeRecordOf(trace: Trace): ProgramRecord {
  const { snapshots } = trace;
  const lives = new Map<number, Trace['snapshots'][number][]>();
  for (const snapshot of snapshots) lives.set(snapshot.pid, [...(lives.get(snapshot.pid) ?? []), snapshot]);
  const timelines = [...lives.values()].map((ofLife) => {
    const parts = Array.from({ length: Math.ceil(ofLife.length / PART) }, (_, part) =>
      recordOfTrace({ ...trace, snapshots: ofLife.slice(part * PART, (part + 1) * PART) }),
    );
    return parts.flatMap((part) => part.timelines).reduce(inTurn);
  });
  return { ...recordOfTrace({ ...trace, snapshots: snapshots.slice(0, 1) }), timelines };
}

/** One timeline of two that follow each other. */
function inTurn(first: Timeline, second: Timeline): Timeline {
  const mappings = new Map(first.mappings.map((mapping) => [keyOf(mapping), mapping]));
  for (const mapping of second.mappings) {
    const known = mappings.get(keyOf(mapping));
    const at = mapping.at.map((index) => index + first.samples.length);
    mappings.set(keyOf(mapping), known ? joined(known, { ...mapping, at }) : { ...mapping, at });
  }
  return {
    ...first,
    ...(second.last && { last: second.last }),
    samples: [...first.samples, ...second.samples],
    mappings: [...mappings.values()],
  };
}

function keyOf({ kind, label }: MappingSeries): string {
  return `${kind} ${label}`;
}

function joined(a: MappingSeries, b: MappingSeries): MappingSeries {
  return {
    ...a,
    at: [...a.at, ...b.at],
    privateBytes: [...a.privateBytes, ...b.privateBytes],
    unreclaimable: [...a.unreclaimable, ...b.unreclaimable],
    rss: [...a.rss, ...b.rss],
    size: [...a.size, ...b.size],
    vmaCount: [...a.vmaCount, ...b.vmaCount],
  };
}
