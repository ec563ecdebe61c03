import { compareNames } from '../model/origin.js';
import type { MappingSeries } from '../model/program.js';
import { followedReadings } from './followed-snapshots.js';
import type { Member } from './identify.js';
import type { MappingNames } from './mapping-names.js';
import type { MappingPoints } from './mapping-points.js';
import type { MergedSample } from './merge-samples.js';
import type { ProcessLog } from './process-log.js';
import type { Reading } from './readings.js';

/** Place of each mapping in the order of names; found once for all timelines. */
export function orderOfMappings({ names }: MappingNames): Uint32Array {
  const sorted = names
    .map((mapping, number) => ({ ...mapping, number }))
    .sort((a, b) => compareNames(a.label, b.label) || (a.kind < b.kind ? -1 : 1));
  const order = new Uint32Array(names.length);
  for (const [place, { number }] of sorted.entries()) order[number] = place;
  return order;
}

/**
 * The kind of snapshot, by measure and format, that a timeline's mappings are followed in: the best measure that at
 * least half as many samples have as have any other. Kinds do not mix: pmap prints other names than smaps.
 */
export function followedKind(samples: readonly MergedSample[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { members } of samples) {
    for (const kind of new Set(members.map(({ reading }) => kindOfSnapshot(reading)))) {
      if (kind !== undefined) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
  }
  const most = Math.max(0, ...counts.values());
  const frequent = [...counts].filter(([, count]) => count * 2 >= most);
  // A kind begins with the digit of its measure.
  return frequent.toSorted(
    ([a, countA], [b, countB]) => a.charCodeAt(0) - b.charCodeAt(0) || countB - countA || (a < b ? -1 : 1),
  )[0]?.[0];
}

export function kindOfSnapshot({ measure, format }: Reading): string | undefined {
  return measure === undefined ? undefined : `${measure} ${format}`;
}

/** The mappings of a timeline through its samples, in the order of their names. */
export function seriesOf(
  samples: readonly MergedSample[],
  kind: string,
  mappings: MappingNames,
  order: Uint32Array,
): MappingSeries[] {
  const series = new Map<number, MappingSeries>();
  const rows = new Map<ProcessLog, Rows>();
  for (const [at, { members }] of samples.entries()) {
    const member = members.find(({ reading }) => kindOfSnapshot(reading) === kind);
    if (member === undefined) continue;
    const ofLog = rows.get(member.log) ?? rowsOf(member.log);
    rows.set(member.log, ofLog);
    if (ofLog.followed.has(member.index)) append(series, at, member, ofLog.starts, mappings);
  }
  return [...series].toSorted(([a], [b]) => (order[a] as number) - (order[b] as number)).map(([, mapping]) => mapping);
}

function append(
  series: Map<number, MappingSeries>,
  at: number,
  { log: { points }, index }: Member,
  starts: Uint32Array,
  { names }: MappingNames,
): void {
  for (let row = starts[index] as number; row < (starts[index + 1] as number); row++) {
    const number = points.mapping[row] as number;
    let mapping = series.get(number);
    if (mapping === undefined) {
      const name = names[number] as MappingNames['names'][number];
      mapping = { ...name, at: [], privateBytes: [], unreclaimable: [], rss: [], size: [], vmaCount: [] };
      series.set(number, mapping);
    }
    mapping.at.push(at);
    mapping.privateBytes.push(points.privateBytes[row] as number);
    mapping.unreclaimable.push(points.unreclaimable[row] as number);
    mapping.rss.push(points.rss[row] as number);
    mapping.size.push(points.size[row] as number);
    mapping.vmaCount.push(points.vmaCount[row] as number);
  }
}

/** Where the points of a process's readings are, and which of these are followed. */
interface Rows {
  readonly starts: Uint32Array;
  readonly followed: ReadonlySet<number>;
}

function rowsOf(log: ProcessLog): Rows {
  return { starts: firstRows(log), followed: followedReadings(log) };
}

/** The first row of each reading's points; one more entry than readings. */
function firstRows({ points, readings }: { points: MappingPoints; readings: readonly Reading[] }): Uint32Array {
  const starts = new Uint32Array(readings.length + 1);
  for (let row = 0; row < points.count; row++) {
    const next = (points.reading[row] as number) + 1;
    (starts[next] as number)++;
  }
  for (let i = 1; i < starts.length; i++) starts[i] = (starts[i] as number) + (starts[i - 1] as number);
  return starts;
}
