import { type MappingNames, numberOfMapping } from './mapping-names.js';

/**
 * The mappings of a process through its snapshots. As long as a mapping holds the same it is one row: of a hundred
 * mappings of a process, mostly two or three move.
 */
export interface MappingRuns {
  /** Of each snapshot the index into the process's readings, ascending. */
  readings: number[];
  /** How far snapshots were let go: see followed-snapshots.ts. */
  level: number;
  /** How many rows there are. */
  count: number;
  /** Number in MappingNames. */
  mapping: Uint32Array;
  /** Indexes into `readings`; of one mapping the rows follow each other. */
  first: Uint32Array;
  last: Uint32Array;
  privateBytes: Float64Array;
  /** See Sample.unreclaimable; as `privateBytes` where the capture has no Private_Dirty. */
  unreclaimable: Float64Array;
  rss: Float64Array;
  size: Float64Array;
  vmaCount: Uint32Array;
}

/** A column of what a mapping holds. */
export type HeldColumn = 'privateBytes' | 'unreclaimable' | 'rss' | 'size' | 'vmaCount';

export function noRuns(): MappingRuns {
  return { readings: [], level: 0, count: 0, ...columnsFor(0) };
}

type Columns = Omit<MappingRuns, 'readings' | 'level' | 'count'>;

/** Columns for so many rows, in one piece of memory: eight pieces take three times as long to get. */
function columnsFor(rows: number): Columns {
  const memory = new ArrayBuffer(rows * (4 * Float64Array.BYTES_PER_ELEMENT + 4 * Uint32Array.BYTES_PER_ELEMENT));
  const doubles = (column: number): Float64Array => new Float64Array(memory, column * 8 * rows, rows);
  const integers = (column: number): Uint32Array => new Uint32Array(memory, (32 + column * 4) * rows, rows);
  return {
    mapping: integers(0),
    first: integers(1),
    last: integers(2),
    privateBytes: doubles(0),
    unreclaimable: doubles(1),
    rss: doubles(2),
    size: doubles(3),
    vmaCount: integers(3),
  };
}

/** Makes room for so many rows more. */
export function reserveRows(runs: MappingRuns, more: number): void {
  const needed = runs.count + more;
  if (needed <= runs.mapping.length) return;
  const larger = columnsFor(Math.max(needed, runs.mapping.length * 2));
  runs.mapping = enlarged(runs.mapping, larger.mapping);
  runs.first = enlarged(runs.first, larger.first);
  runs.last = enlarged(runs.last, larger.last);
  runs.privateBytes = enlarged(runs.privateBytes, larger.privateBytes);
  runs.unreclaimable = enlarged(runs.unreclaimable, larger.unreclaimable);
  runs.rss = enlarged(runs.rss, larger.rss);
  runs.size = enlarged(runs.size, larger.size);
  runs.vmaCount = enlarged(runs.vmaCount, larger.vmaCount);
}

/** Appends the snapshots of `from`, whose readings begin at `reading` and whose mappings are renumbered. */
export function appendRuns(runs: MappingRuns, from: MappingRuns, reading: number, renumbered: readonly number[]): void {
  const snapshot = runs.readings.length;
  for (const own of from.readings) runs.readings.push(own + reading);
  reserveRows(runs, from.count);
  for (let row = 0; row < from.count; row++) {
    const at = runs.count + row;
    copyRow(from, row, runs, at);
    runs.mapping[at] = renumbered[from.mapping[row] as number] as number;
    runs.first[at] = (from.first[row] as number) + snapshot;
    runs.last[at] = (from.last[row] as number) + snapshot;
  }
  runs.count += from.count;
  runs.level = Math.max(runs.level, from.level);
}

/** Lets go of all snapshots but those whose reading `isKept`. */
export function keepSnapshots(runs: MappingRuns, isKept: (reading: number) => boolean): void {
  /** How many are kept before each snapshot. */
  const before = new Uint32Array(runs.readings.length + 1);
  for (const [snapshot, reading] of runs.readings.entries()) {
    before[snapshot + 1] = (before[snapshot] as number) + (isKept(reading) ? 1 : 0);
  }
  let count = 0;
  for (let row = 0; row < runs.count; row++) {
    const first = before[runs.first[row] as number] as number;
    const end = before[(runs.last[row] as number) + 1] as number;
    if (first === end) continue;
    copyRow(runs, row, runs, count);
    runs.first[count] = first;
    runs.last[count] = end - 1;
    count++;
  }
  runs.count = count;
  runs.readings = runs.readings.filter(isKept);
}

/** Numbers the mappings of `runs`, in place, as `to` does. */
export function renumberRuns(runs: MappingRuns, from: MappingNames, to: MappingNames): void {
  const renumbered = new Int32Array(from.names.length).fill(-1);
  for (let row = 0; row < runs.count; row++) {
    const old = runs.mapping[row] as number;
    if (renumbered[old] === -1) {
      const { label, kind } = from.names[old] as MappingNames['names'][number];
      renumbered[old] = numberOfMapping(to, label, kind);
    }
    runs.mapping[row] = renumbered[old] as number;
  }
}

function copyRow(from: MappingRuns, row: number, to: MappingRuns, at: number): void {
  to.mapping[at] = from.mapping[row] as number;
  to.privateBytes[at] = from.privateBytes[row] as number;
  to.unreclaimable[at] = from.unreclaimable[row] as number;
  to.rss[at] = from.rss[row] as number;
  to.size[at] = from.size[row] as number;
  to.vmaCount[at] = from.vmaCount[row] as number;
}

/** The larger array, with what the old one holds. */
export function enlarged<A extends Uint8Array | Uint32Array | Float64Array | Int32Array>(old: A, larger: A): A {
  larger.set(old);
  return larger;
}
