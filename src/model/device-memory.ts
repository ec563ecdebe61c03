import type { Origin } from './origin.js';
import type { Bytes, Instant } from './units.js';
import { assignKnown } from './vma-table.js';

/** The memory of a whole device at one instant. Absent: the kernel does not print it. */
export interface DeviceMemory {
  /** Absent where nothing tells. */
  takenAt?: Instant;
  total?: Bytes;
  free?: Bytes;
  /** What can be given to programs without swapping, as the kernel estimates it; since Linux 3.14. */
  available?: Bytes;
  buffers?: Bytes;
  cached?: Bytes;
  /** Anonymous memory that page tables of processes point to. */
  anonymous?: Bytes;
  /** Pages of files, and of shared memory, that page tables of processes point to; each counts once. */
  mapped?: Bytes;
  shmem?: Bytes;
  slab?: Bytes;
  slabReclaimable?: Bytes;
  slabUnreclaimable?: Bytes;
  kernelStack?: Bytes;
  pageTables?: Bytes;
  /** What the kernel allocated page by page; with its stacks where CONFIG_VMAP_STACK is set. */
  vmalloc?: Bytes;
  perCpu?: Bytes;
  hugePages?: Bytes;
  /** The pool of compressed pages; since Linux 5.19. zram's stands nowhere. */
  zswap?: Bytes;
  swapTotal?: Bytes;
  swapFree?: Bytes;
}

/** With the place where it was read. */
export interface PlacedDeviceMemory extends DeviceMemory {
  readonly origin: Origin;
}

/** Its amounts, in the order in which they are told. */
export type DeviceAmount = Exclude<keyof DeviceMemory, 'takenAt'>;

/** The line of /proc/meminfo that has each amount. Source: https://docs.kernel.org/filesystems/proc.html#meminfo */
export const DEVICE_MEMORY_LINES: Readonly<Record<DeviceAmount, string>> = {
  total: 'MemTotal',
  free: 'MemFree',
  available: 'MemAvailable',
  buffers: 'Buffers',
  cached: 'Cached',
  anonymous: 'AnonPages',
  mapped: 'Mapped',
  shmem: 'Shmem',
  slab: 'Slab',
  slabReclaimable: 'SReclaimable',
  slabUnreclaimable: 'SUnreclaim',
  kernelStack: 'KernelStack',
  pageTables: 'PageTables',
  vmalloc: 'VmallocUsed',
  perCpu: 'Percpu',
  hugePages: 'Hugetlb',
  zswap: 'Zswap',
  swapTotal: 'SwapTotal',
  swapFree: 'SwapFree',
};

export const DEVICE_AMOUNTS = Object.keys(DEVICE_MEMORY_LINES) as readonly DeviceAmount[];

/** The amounts of /proc/meminfo, by the kernel's names of its lines. */
export type DeviceLines = Readonly<Partial<Record<string, number>>>;

export function deviceMemoryOf(lines: DeviceLines, takenAt: Instant | undefined): DeviceMemory {
  const amounts = DEVICE_AMOUNTS.map((amount) => [amount, lines[DEVICE_MEMORY_LINES[amount]]] as const);
  return assignKnown<DeviceMemory>({}, { takenAt, ...Object.fromEntries(amounts) });
}
