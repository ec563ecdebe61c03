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
import { type MappingNames, numberOfMapping } from './mapping-names.js';
import { enlarged, type MappingRuns, reserveRows } from './mapping-runs.js';

/** The rows of a process's last snapshot, which the next one may lengthen. */
interface OpenRows {
  readonly rows: readonly number[];
  /** The list of snapshots that ended with it, and its length then: another list or length tells that rows have moved. */
  readonly readings: readonly number[];
  readonly snapshots: number;
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
  private readonly open = new WeakMap<MappingRuns, OpenRows>();
  /** The open row of each mapping; -1 where it has none. */
  private openRow = new Int32Array(0);
  private readonly areas = new AnonymousAreas();
  /** Mapping of each AreaRole; -1 where not yet asked. */
  private readonly mappingOfRole = new Int32Array(3).fill(-1);

  constructor(private readonly mappings: MappingNames) {}

  /** Appends the snapshot's mappings to `runs`; returns the sums of what they hold. */
  add(runs: MappingRuns, reading: number, table: VmaTable): HeldBytes {
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
    this.flush(runs, reading);
    return dirty && resident ? { privateBytes: sum, unreclaimable: kept } : { privateBytes: sum };
  }

  private flush(runs: MappingRuns, reading: number): void {
    const { touched, openRow } = this;
    if (touched.length === 0) return;
    const before = this.openRowsOf(runs);
    const snapshot = runs.readings.push(reading) - 1;
    const rows: number[] = [];
    for (const row of before) openRow[runs.mapping[row] as number] = row;
    reserveRows(runs, touched.length);
    for (const mapping of touched) {
      let row = openRow[mapping] as number;
      if (row < 0 || !this.holdsAs(runs, row, mapping)) row = this.begin(runs, mapping, snapshot);
      runs.last[row] = snapshot;
      rows.push(row);
      this.vmaCount[mapping] = 0;
    }
    for (const row of before) openRow[runs.mapping[row] as number] = -1;
    this.open.set(runs, { rows, readings: runs.readings, snapshots: snapshot + 1 });
  }

  /** None where others than the last snapshot's have come behind them, or some have gone. */
  private openRowsOf(runs: MappingRuns): readonly number[] {
    const open = this.open.get(runs);
    const isLast = open?.readings === runs.readings && open.snapshots === runs.readings.length;
    return isLast ? open.rows : [];
  }

  private holdsAs(runs: MappingRuns, row: number, mapping: number): boolean {
    return (
      runs.unreclaimable[row] === this.unreclaimable[mapping] &&
      runs.privateBytes[row] === this.privateBytes[mapping] &&
      runs.rss[row] === this.rss[mapping] &&
      runs.size[row] === this.size[mapping] &&
      runs.vmaCount[row] === this.vmaCount[mapping]
    );
  }

  /** @returns the row of a new run */
  private begin(runs: MappingRuns, mapping: number, snapshot: number): number {
    const row = runs.count++;
    runs.mapping[row] = mapping;
    runs.first[row] = snapshot;
    runs.privateBytes[row] = this.privateBytes[mapping] as number;
    runs.unreclaimable[row] = this.unreclaimable[mapping] as number;
    runs.rss[row] = this.rss[mapping] as number;
    runs.size[row] = this.size[mapping] as number;
    runs.vmaCount[row] = this.vmaCount[mapping] as number;
    return row;
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
      this.openRow = enlarged(this.openRow, new Int32Array(capacity).fill(-1));
    }
    this.backing[mapping] = backingOf(kind);
    return mapping;
  }
}
