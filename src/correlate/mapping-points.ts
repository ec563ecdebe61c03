import {
  ANONYMOUS_ARENA,
  ANONYMOUS_STACK,
  kindOf,
  type MappingKind,
  mappingLabel,
  SHARED,
  type VmaTable,
} from '../model/vma-table.js';
import { AnonymousAreas, ARENA, OTHER } from './areas/anonymous-areas.js';

/**
 * What is followed of a snapshot's VMAs, best first: private dirty + swap; Rss where the capture has no
 * Private_Dirty; the size of the areas where it has neither. Figures of different measures do not mix.
 */
export const PRIVATE = 0;
export const RESIDENT = 1;
export const VIRTUAL = 2;
export type Measure = typeof PRIVATE | typeof RESIDENT | typeof VIRTUAL;

export function measureOf(table: VmaTable): Measure {
  if (table.counters.has('Private_Dirty')) return PRIVATE;
  return table.counters.has('Rss') ? RESIDENT : VIRTUAL;
}

/** Gives each mapping that any process has (name and kind) a number. */
export interface MappingNames {
  readonly names: { readonly label: string; readonly kind: MappingKind }[];
  readonly numbers: Map<string, number>;
}

export function numberOfMapping(mappings: MappingNames, label: string, kind: MappingKind): number {
  const key = `${kind} ${label}`;
  const known = mappings.numbers.get(key);
  if (known !== undefined) return known;
  const number = mappings.names.push({ label, kind }) - 1;
  mappings.numbers.set(key, number);
  return number;
}

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
  reserve(points, from.count);
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

function reserve(points: MappingPoints, more: number): void {
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

function enlarged<A extends Uint8Array | Uint32Array | Float64Array | Int32Array>(old: A, larger: A): A {
  larger.set(old);
  return larger;
}

/** What a snapshot's VMAs hold together. */
export interface HeldBytes {
  /** Of what `measureOf` tells to follow. */
  readonly privateBytes: number;
  /** Absent where the capture has no Private_Dirty. */
  readonly unreclaimable?: number;
}

const BY_NOTHING = 1;
const BY_FILE = 2;

/**
 * Anonymous pages cannot be dropped, whoever shares them after a fork; of a file only the copied pages cannot, the
 * others are written back, however dirty they are.
 */
function backingOf(kind: MappingKind): number {
  if (kind === 'heap' || kind === 'stack' || kind === 'anonymous') return BY_NOTHING;
  return kind === 'file' ? BY_FILE : 0;
}

/**
 * Sums a snapshot's VMAs per mapping.
 *
 * It is the one loop over every VMA read, so its arrays are used again for each snapshot, and a path's mapping is
 * found by the path's number.
 */
export class MappingSums {
  private paths: readonly string[] = [];
  /** Mapping of path `p`: at 2p for private areas, 2p + 1 for shared ones; -1 where not yet asked. */
  private mappingOf = new Int32Array(0);
  private privateBytes = new Float64Array(0);
  private unreclaimable = new Float64Array(0);
  /** Whether a mapping's pages are anonymous, copies of a file's, or neither. */
  private backing = new Uint8Array(0);
  private rss = new Float64Array(0);
  private size = new Float64Array(0);
  private vmaCount = new Uint32Array(0);
  private readonly touched: number[] = [];
  private readonly areas = new AnonymousAreas();
  /** Mapping of each AreaRole; -1 where not yet asked. */
  private readonly mappingOfRole = new Int32Array(3).fill(-1);

  constructor(private readonly mappings: MappingNames) {}

  /** Appends the snapshot's mappings to `points`; returns the sums of what they hold. */
  add(points: MappingPoints, reading: number, table: VmaTable): HeldBytes {
    this.prepare(table);
    const { count, start, end, path, permissions } = table;
    const { mappingOf, mappingOfRole, touched } = this;
    const roles = this.areas.rolesOf(table);
    const sizes = table.counters.get('Size');
    const resident = table.counters.get('Rss');
    const dirty = table.counters.get('Private_Dirty');
    const swapped = dirty && table.counters.get('Swap');
    const copied = dirty && table.counters.get('Anonymous');
    const lazy = table.counters.get('LazyFree');
    let sum = 0;
    let kept = 0;
    touched.length = 0;
    for (let row = 0; row < count; row++) {
      const slot = 2 * (path[row] as number) + ((permissions[row] as number) & SHARED ? 1 : 0);
      const role = roles === undefined ? OTHER : (roles[row] as number);
      let mapping = (role === OTHER ? mappingOf[slot] : mappingOfRole[role]) as number;
      if (mapping < 0) mapping = role === OTHER ? this.name(slot, permissions[row] as number) : this.nameRole(role);
      const size = sizes ? (sizes[row] as number) : Math.max(0, (end[row] as number) - (start[row] as number));
      const rss = resident ? (resident[row] as number) : 0;
      const swap = swapped ? (swapped[row] as number) : 0;
      const own = dirty ? (dirty[row] as number) + swap : resident ? rss : size;
      const backing = this.backing[mapping] as number;
      let held = own;
      if (dirty && backing === BY_NOTHING && resident) held = rss + swap - (lazy ? (lazy[row] as number) : 0);
      else if (copied && backing === BY_FILE) held = (copied[row] as number) + swap;
      sum += own;
      kept += held;
      if (this.vmaCount[mapping] === 0) {
        touched.push(mapping);
        this.privateBytes[mapping] = own;
        this.unreclaimable[mapping] = held;
        this.rss[mapping] = rss;
        this.size[mapping] = size;
        this.vmaCount[mapping] = 1;
      } else {
        (this.privateBytes[mapping] as number) += own;
        (this.unreclaimable[mapping] as number) += held;
        (this.rss[mapping] as number) += rss;
        (this.size[mapping] as number) += size;
        (this.vmaCount[mapping] as number)++;
      }
    }
    this.flush(points, reading);
    return dirty && resident ? { privateBytes: sum, unreclaimable: kept } : { privateBytes: sum };
  }

  private flush(points: MappingPoints, reading: number): void {
    const { touched } = this;
    reserve(points, touched.length);
    let at = points.count;
    for (const mapping of touched) {
      points.reading[at] = reading;
      points.mapping[at] = mapping;
      points.privateBytes[at] = this.privateBytes[mapping] as number;
      points.unreclaimable[at] = this.unreclaimable[mapping] as number;
      points.rss[at] = this.rss[mapping] as number;
      points.size[at] = this.size[mapping] as number;
      points.vmaCount[at] = this.vmaCount[mapping] as number;
      this.vmaCount[mapping] = 0;
      at++;
    }
    points.count = at;
    if (touched.length > 0) points.snapshots++;
  }

  private prepare(table: VmaTable): void {
    if (table.paths !== this.paths) {
      this.paths = table.paths;
      this.mappingOf.fill(-1);
    }
    const slots = 2 * table.paths.length;
    if (slots > this.mappingOf.length) {
      const old = this.mappingOf;
      this.mappingOf = enlarged(old, new Int32Array(2 * slots).fill(-1));
    }
  }

  private name(slot: number, permissions: number): number {
    const pathname = this.paths[slot >> 1] ?? '';
    const mapping = this.number(mappingLabel(pathname), kindOf(pathname, permissions));
    this.mappingOf[slot] = mapping;
    return mapping;
  }

  private nameRole(role: number): number {
    const mapping = role === ARENA ? this.number(ANONYMOUS_ARENA, 'anonymous') : this.number(ANONYMOUS_STACK, 'stack');
    this.mappingOfRole[role] = mapping;
    return mapping;
  }

  private number(label: string, kind: MappingKind): number {
    const mapping = numberOfMapping(this.mappings, label, kind);
    if (mapping >= this.vmaCount.length) {
      const capacity = 2 * (mapping + 1);
      this.privateBytes = enlarged(this.privateBytes, new Float64Array(capacity));
      this.unreclaimable = enlarged(this.unreclaimable, new Float64Array(capacity));
      this.backing = enlarged(this.backing, new Uint8Array(capacity));
      this.rss = enlarged(this.rss, new Float64Array(capacity));
      this.size = enlarged(this.size, new Float64Array(capacity));
      this.vmaCount = enlarged(this.vmaCount, new Uint32Array(capacity));
    }
    this.backing[mapping] = backingOf(kind);
    return mapping;
  }
}
