import { type MappingNames, numberOfMapping } from './mapping-names.js';

/** One row per reading of a process and mapping; rows of one reading stand together. */
export interface MappingPoints {
  count: number;
  /** How many readings have rows. */
  snapshots: number;
  /** How far rows were let go: see followed-snapshots.ts. */
  level: number;
  /** Index into the process's readings. */
  reading: Uint32Array;
  /** Number in MappingNames. */
  mapping: Uint32Array;
  privateBytes: Float64Array;
  /** See Sample.unreclaimable; as `privateBytes` where the capture has no Private_Dirty. */
  unreclaimable: Float64Array;
  rss: Float64Array;
  size: Float64Array;
  vmaCount: Uint32Array;
}

export function noPoints(): MappingPoints {
  return pointsFor(0);
}

/** Columns for so many rows, in one piece of memory: seven pieces take three times as long to get. */
function pointsFor(rows: number): MappingPoints {
  const memory = new ArrayBuffer(rows * (4 * Float64Array.BYTES_PER_ELEMENT + 3 * Uint32Array.BYTES_PER_ELEMENT));
  const doubles = (column: number): Float64Array => new Float64Array(memory, column * 8 * rows, rows);
  const integers = (column: number): Uint32Array => new Uint32Array(memory, (32 + column * 4) * rows, rows);
  return {
    count: 0,
    snapshots: 0,
    level: 0,
    reading: integers(0),
    mapping: integers(1),
    privateBytes: doubles(0),
    unreclaimable: doubles(1),
    rss: doubles(2),
    size: doubles(3),
    vmaCount: integers(2),
  };
}

/** Appends the rows of `from`, whose readings begin at `reading` and whose mappings are renumbered. */
export function appendPoints(
  points: MappingPoints,
  from: MappingPoints,
  reading: number,
  renumbered: readonly number[],
): void {
  reservePoints(points, from.count);
  for (let row = 0, at = points.count; row < from.count; row++, at++) {
    points.reading[at] = (from.reading[row] as number) + reading;
    points.mapping[at] = renumbered[from.mapping[row] as number] as number;
    points.privateBytes[at] = from.privateBytes[row] as number;
    points.unreclaimable[at] = from.unreclaimable[row] as number;
    points.rss[at] = from.rss[row] as number;
    points.size[at] = from.size[row] as number;
    points.vmaCount[at] = from.vmaCount[row] as number;
  }
  points.count += from.count;
  points.snapshots += from.snapshots;
  points.level = Math.max(points.level, from.level);
}

/** Lets go of the rows of all readings but those that `isKept`. */
export function keepPoints(points: MappingPoints, isKept: (reading: number) => boolean): void {
  let count = 0;
  let snapshots = 0;
  let before: number | undefined;
  let kept = false;
  for (let row = 0; row < points.count; row++) {
    const reading = points.reading[row] as number;
    if (reading !== before) {
      kept = isKept(reading);
      if (kept) snapshots++;
      before = reading;
    }
    if (!kept) continue;
    points.reading[count] = reading;
    points.mapping[count] = points.mapping[row] as number;
    points.privateBytes[count] = points.privateBytes[row] as number;
    points.unreclaimable[count] = points.unreclaimable[row] as number;
    points.rss[count] = points.rss[row] as number;
    points.size[count] = points.size[row] as number;
    points.vmaCount[count] = points.vmaCount[row] as number;
    count++;
  }
  points.count = count;
  points.snapshots = snapshots;
}

/** Numbers the mappings of `points`, in place, as `to` does. */
export function renumberPoints(points: MappingPoints, from: MappingNames, to: MappingNames): void {
  const renumbered = new Int32Array(from.names.length).fill(-1);
  for (let row = 0; row < points.count; row++) {
    const old = points.mapping[row] as number;
    if (renumbered[old] === -1) {
      const { label, kind } = from.names[old] as MappingNames['names'][number];
      renumbered[old] = numberOfMapping(to, label, kind);
    }
    points.mapping[row] = renumbered[old] as number;
  }
}

/** Makes room for so many rows more. */
export function reservePoints(points: MappingPoints, more: number): void {
  const needed = points.count + more;
  if (needed <= points.reading.length) return;
  const larger = pointsFor(Math.max(needed, points.reading.length * 2));
  points.reading = enlarged(points.reading, larger.reading);
  points.mapping = enlarged(points.mapping, larger.mapping);
  points.privateBytes = enlarged(points.privateBytes, larger.privateBytes);
  points.unreclaimable = enlarged(points.unreclaimable, larger.unreclaimable);
  points.rss = enlarged(points.rss, larger.rss);
  points.size = enlarged(points.size, larger.size);
  points.vmaCount = enlarged(points.vmaCount, larger.vmaCount);
}

/** The larger array, with what the old one holds. */
export function enlarged<A extends Uint8Array | Uint32Array | Float64Array | Int32Array>(old: A, larger: A): A {
  larger.set(old);
  return larger;
}
