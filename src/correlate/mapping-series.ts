import { compareNames } from '../model/origin.js';
import type { MappingSeries } from '../model/program.js';
import { followedReadings } from './followed-snapshots.js';
import type { MappingNames } from './mapping-names.js';
import type { HeldColumn, MappingRuns } from './mapping-runs.js';
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
  { names }: MappingNames,
  order: Uint32Array,
): MappingSeries[] {
  const { sources, all } = snapshotsOf(samples, kind);
  const stretches = new Map<number, Stretch[]>();
  for (const source of sources) {
    for (const stretch of stretchesOf(source)) {
      const number = source.runs.mapping[stretch.row] as number;
      const known = stretches.get(number);
      if (known) known.push(stretch);
      else stretches.set(number, [stretch]);
    }
  }
  const shared = new SharedNumbers(all);
  return [...stretches]
    .toSorted(([a], [b]) => (order[a] as number) - (order[b] as number))
    .map(([number, own]) => ({ ...(names[number] as MappingNames['names'][number]), ...shared.series(own) }));
}

/** The snapshots of a process, as far as they stand in a timeline. */
interface Source {
  readonly runs: MappingRuns;
  /** Of each snapshot the number of its sample; -1 where it has none. */
  readonly places: Int32Array;
}

/** Where a timeline's mappings come from, and the samples at which they are known, ascending. */
function snapshotsOf(samples: readonly MergedSample[], kind: string): { sources: Source[]; all: number[] } {
  const sources = new Map<ProcessLog, Source & { readonly snapshots: ReadonlyMap<number, number> }>();
  const all: number[] = [];
  for (const [at, { members }] of samples.entries()) {
    const member = members.find(({ reading }) => kindOfSnapshot(reading) === kind);
    if (member === undefined) continue;
    const { log, index } = member;
    const source = sources.get(log) ?? {
      runs: log.runs,
      places: new Int32Array(log.runs.readings.length).fill(-1),
      snapshots: followedSnapshots(log),
    };
    sources.set(log, source);
    const snapshot = source.snapshots.get(index);
    if (snapshot === undefined) continue;
    source.places[snapshot] = at;
    all.push(at);
  }
  return { sources: [...sources.values()], all };
}

/** By the numbers of their readings. */
function followedSnapshots(log: ProcessLog): Map<number, number> {
  const followed = followedReadings(log);
  const snapshots = new Map<number, number>();
  for (const [snapshot, reading] of log.runs.readings.entries()) {
    if (followed.has(reading)) snapshots.set(reading, snapshot);
  }
  return snapshots;
}

/** Samples in which a mapping holds the same. */
interface Stretch {
  readonly runs: MappingRuns;
  readonly row: number;
  readonly at: readonly number[];
}

function* stretchesOf({ runs, places }: Source): Generator<Stretch> {
  for (let row = 0; row < runs.count; row++) {
    const at: number[] = [];
    const last = runs.last[row] as number;
    for (let snapshot = runs.first[row] as number; snapshot <= last; snapshot++) {
      const place = places[snapshot] as number;
      if (place >= 0) at.push(place);
    }
    if (at.length > 0) yield { runs, row, at };
  }
}

/**
 * Puts series together that share what is the same: nearly all mappings are there in all snapshots, and most of what they
 * hold never changes. A series of a thousand snapshots would else take fifty times as much.
 */
class SharedNumbers {
  private readonly constants = new Map<number, readonly number[]>();

  /** @param all the samples at which mappings are known, ascending */
  constructor(private readonly all: readonly number[]) {}

  series(stretches: readonly Stretch[]): Omit<MappingSeries, 'label' | 'kind'> {
    const at = stretches.flatMap((stretch) => stretch.at);
    const isWhole = at.length === this.all.length;
    const order = isAscending(at) ? undefined : [...at.keys()].sort((a, b) => (at[a] as number) - (at[b] as number));
    const column = (of: HeldColumn): readonly number[] => {
      const heldIn = ({ runs, row }: Stretch): number => runs[of][row] as number;
      const first = heldIn(stretches[0] as Stretch);
      if (stretches.every((stretch) => heldIn(stretch) === first)) return this.constant(first, at.length);
      const values = stretches.flatMap((stretch) => new Array<number>(stretch.at.length).fill(heldIn(stretch)));
      return order ? order.map((index) => values[index] as number) : values;
    };
    return {
      at: isWhole ? this.all : order ? order.map((index) => at[index] as number) : at,
      privateBytes: column('privateBytes'),
      unreclaimable: column('unreclaimable'),
      rss: column('rss'),
      size: column('size'),
      vmaCount: column('vmaCount'),
    };
  }

  private constant(value: number, length: number): readonly number[] {
    if (length !== this.all.length) return new Array<number>(length).fill(value);
    const known = this.constants.get(value);
    if (known) return known;
    const numbers = new Array<number>(length).fill(value);
    this.constants.set(value, numbers);
    return numbers;
  }
}

function isAscending(numbers: readonly number[]): boolean {
  return numbers.every((number, i) => i === 0 || (numbers[i - 1] as number) < number);
}
