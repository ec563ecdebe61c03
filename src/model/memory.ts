import type { Origin } from './origin.js';
import type { Bytes, Instant } from './units.js';
import type { VmaTable } from './vma-table.js';

/** The counters that `inspect` totals over a snapshot. Absent: no VMA carried the field. */
export interface SnapshotTotals {
  size?: Bytes;
  rss?: Bytes;
  pss?: Bytes;
  sharedClean?: Bytes;
  sharedDirty?: Bytes;
  privateClean?: Bytes;
  privateDirty?: Bytes;
  referenced?: Bytes;
  anonymous?: Bytes;
  swap?: Bytes;
  swapPss?: Bytes;
  locked?: Bytes;
}

/** The kernel's field name of each total. */
export const TOTAL_FIELDS: Readonly<Record<keyof SnapshotTotals, string>> = {
  size: 'Size',
  rss: 'Rss',
  pss: 'Pss',
  sharedClean: 'Shared_Clean',
  sharedDirty: 'Shared_Dirty',
  privateClean: 'Private_Clean',
  privateDirty: 'Private_Dirty',
  referenced: 'Referenced',
  anonymous: 'Anonymous',
  swap: 'Swap',
  swapPss: 'SwapPss',
  locked: 'Locked',
};

/**
 * The totals of one process at one instant.
 *
 * VSS is the sum of Size, RSS of Rss, PSS of Pss; USS is Private_Clean + Private_Dirty (smem's definitions).
 * A total is absent when the capture does not carry the counters that it needs.
 * Source: https://docs.kernel.org/filesystems/proc.html
 */
export interface Sample {
  /** Absent where no capture tells: such samples keep the order of their origins. */
  takenAt?: Instant;
  vss?: Bytes;
  rss?: Bytes;
  pss?: Bytes;
  uss?: Bytes;
  swap?: Bytes;
  privateDirty?: Bytes;
  /**
   * What only this process can give back and the kernel cannot drop: anonymous memory, in RAM or swapped out, whether
   * or not a fork shares it; copied pages of files; private pages of shared memory. Dirty pages of a file that was
   * mapped shared are not in it: they are written back.
   */
  unreclaimable?: Bytes;
  vmaCount?: number;
  /**
   * Page faults of the process since its start, those of its children not counted: without and with reading from disk
   * or swap. Fields 10 and 12 of stat, https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
   */
  minorFaults?: number;
  majorFaults?: number;
}

/** A sample with the place where it was read. */
export interface PlacedSample extends Sample {
  readonly origin: Origin;
  /** Where the page faults were read, where that is another place. */
  readonly faultsOrigin?: Origin;
}

/** Whether a sample tells of page faults and nothing else: it completes samples of memory, and is none. */
export function tellsFaultsOnly(sample: Sample): boolean {
  return sample.minorFaults !== undefined && Object.keys(sample).every((key) => BESIDE_MEMORY.has(key));
}

const BESIDE_MEMORY: ReadonlySet<string> = new Set<keyof PlacedSample>([
  'takenAt',
  'minorFaults',
  'majorFaults',
  'origin',
]);

/** The totals of a snapshot, summed over its VMAs. */
export function totalsOf(table: VmaTable): SnapshotTotals {
  const totals: SnapshotTotals = {};
  for (const key of Object.keys(TOTAL_FIELDS) as (keyof SnapshotTotals)[]) {
    const column = table.counters.get(TOTAL_FIELDS[key]);
    if (column) totals[key] = sumOf(column, table.count);
  }
  return totals;
}

/** The sample that a snapshot amounts to. */
export function sampleOf(table: VmaTable): Sample {
  const total = (key: keyof SnapshotTotals): number | undefined => {
    const column = table.counters.get(TOTAL_FIELDS[key]);
    return column && sumOf(column, table.count);
  };
  const [rss, pss, privateClean, privateDirty] = [
    total('rss'),
    total('pss'),
    total('privateClean'),
    total('privateDirty'),
  ];
  const swap = total('swap');
  const sample: Sample = { vmaCount: table.count, vss: total('size') ?? addressSpaceOf(table) };
  if (rss !== undefined) sample.rss = rss;
  if (pss !== undefined) sample.pss = pss;
  if (privateClean !== undefined && privateDirty !== undefined) sample.uss = privateClean + privateDirty;
  if (swap !== undefined) sample.swap = swap;
  if (privateDirty !== undefined) sample.privateDirty = privateDirty;
  return sample;
}

/** The sum of the address ranges: VSS where a capture (maps) prints no Size. Inverted ranges count nothing. */
function addressSpaceOf(table: VmaTable): Bytes {
  let sum = 0;
  for (let row = 0; row < table.count; row++) {
    sum += Math.max(0, (table.end[row] as number) - (table.start[row] as number));
  }
  return sum;
}

function sumOf(column: Float64Array, count: number): number {
  let sum = 0;
  for (let row = 0; row < count; row++) sum += column[row] as number;
  return sum;
}
