import type { Bytes, Instant } from './units.js';

/**
 * What the memory of a device is divided into: each page is in one part, and the parts of an instant add up to MemTotal.
 *
 * Pages of files that processes map stand in PSS and in the page cache both: they are counted with the processes here,
 * and the cache is what is left of Cached and Buffers. Cached has no swap cache in it, but all shared memory.
 * Source: https://docs.kernel.org/filesystems/proc.html#meminfo, fs/proc/meminfo.c
 */
export type MemoryPart =
  | 'programs' // PSS of the processes that were captured
  | 'not-captured' // AnonPages + Mapped, less that: processes of which nothing was read
  | 'cache' // Cached + Buffers - Mapped: files and shared memory (tmpfs) that no process maps
  | 'slab-reclaimable'
  | 'slab-unreclaimable'
  | 'kernel-stacks'
  | 'page-tables'
  | 'vmalloc' // VmallocUsed, less the stacks that are in it
  | 'per-cpu'
  | 'huge-pages'
  | 'zswap'
  | 'free'
  | 'unaccounted'; // what is left; negative where the kernel's counters overlap

/** In the order in which they are told, with what a reader calls them. */
export const MEMORY_PARTS: Readonly<Record<MemoryPart, string>> = {
  programs: 'Captured processes (PSS)',
  'not-captured': 'Processes not captured',
  cache: 'Page cache and tmpfs that no process maps',
  'slab-reclaimable': 'Kernel: reclaimable slab',
  'slab-unreclaimable': 'Kernel: unreclaimable slab',
  'kernel-stacks': 'Kernel: stacks',
  'page-tables': 'Kernel: page tables',
  vmalloc: 'Kernel: vmalloc',
  'per-cpu': 'Kernel: per-CPU',
  'huge-pages': 'Huge pages set aside',
  zswap: 'Zswap, compressed',
  free: 'Free',
  unaccounted: 'Unaccounted',
};

export interface ProgramShare {
  command: string;
  /** Of all its captured processes. */
  pss: Bytes;
  processes: number;
}

/** The memory of a device at one instant, divided. */
export interface MemoryDivision {
  takenAt?: Instant;
  /** MemTotal; the sum of `parts`. */
  total: Bytes;
  /** A part that the kernel does not print is absent, and so in `unaccounted`. */
  parts: { part: MemoryPart; bytes: Bytes }[];
  /** The captured processes whose PSS is in `programs`. */
  processes: number;
  /** Those programs that are told of, the same at each instant; the sum of the others is what is left of `programs`. */
  programs: ProgramShare[];
  available?: Bytes;
  /** Shared memory and tmpfs, mapped or not. */
  shmem?: Bytes;
  /** In use of SwapTotal; not part of the memory. */
  swapUsed?: Bytes;
}

/** Who took and who gave back how much of a device's memory, from the first to the last division. */
export interface MemoryMove {
  /** `shared-memory` where a growth of `cache` is mostly tmpfs, which the kernel cannot drop. */
  what: MemoryPart | 'program' | 'shared-memory';
  /** Of a program. */
  command?: string;
  growth: Bytes;
}

export function bytesOfPart({ parts }: MemoryDivision, part: MemoryPart): Bytes {
  return parts.find((one) => one.part === part)?.bytes ?? 0;
}
