import type { MappingSeries } from '../../model/program.js';
import { ANONYMOUS_ARENA, ANONYMOUS_STACK } from '../../model/vma-table.js';
import type { AllocationSite } from './allocation-site.js';
import { MMAP_THRESHOLD } from './allocator.js';
import type { GrowthToExplain } from './growth-to-explain.js';

/**
 * Where memory may come from, as far as the question matters which of malloc's blocks are there: the main arena's
 * `[heap]`, the arenas of threads, anonymous memory (malloc's large blocks, other allocators, mmap), an area that
 * the allocator of the platform has named, the stacks of threads, or what no malloc uses.
 */
export type MallocArea = 'heap' | 'arena' | 'anonymous' | 'named-heap' | 'thread-stack' | 'other';

export function mallocAreaOf({ label, kind }: Pick<MappingSeries, 'label' | 'kind'>): MallocArea {
  if (kind === 'heap') return 'heap';
  if (label === ANONYMOUS_ARENA) return 'arena';
  if (label === ANONYMOUS_STACK || (kind === 'stack' && label !== '[stack]')) return 'thread-stack';
  if (kind !== 'anonymous') return 'other';
  return NAMED_HEAPS.test(label) ? 'named-heap' : 'anonymous';
}

/** bionic's malloc before and after Android 11, and others that name what they map. */
const NAMED_HEAPS = /^\[anon:(?:libc_malloc|scudo|jemalloc|GWP-ASan|mimalloc|tcmalloc|partition_alloc|mesh)/i;

export interface AreaFit {
  /** Of the growth, how much is where this site's blocks go: 0 to 1. */
  readonly share: number;
  /** Where its blocks go, in words. */
  readonly expected: string;
}

/**
 * How much of the growth is where the blocks of a site are expected. Undefined where the areas are not known, or
 * any may hold them.
 */
export function areaFitOf(site: AllocationSite, { areas, allocator }: GrowthToExplain): AreaFit | undefined {
  if (areas.size === 0 || site.blocks === 0) return undefined;
  const blockBytes = site.bytes / site.blocks;
  const { at, expected } = expectedAreas(site, blockBytes, allocator.sanitized);
  const share = at.reduce((sum, area) => sum + (areas.get(area) ?? 0), 0);
  return { share: Math.min(1, share), expected };
}

function expectedAreas(
  { root, frames }: AllocationSite,
  blockBytes: number,
  sanitized: boolean,
): { at: readonly MallocArea[]; expected: string } {
  if (frames.some(({ symbol }) => symbol !== undefined && THREAD_CREATION.test(symbol))) {
    return {
      at: ['thread-stack'],
      expected: 'beside the stacks of threads that were never joined, being what each thread has of its own',
    };
  }
  if (sanitized) return { at: ['anonymous'], expected: 'in anonymous memory, as AddressSanitizer places all blocks' };
  if (blockBytes >= MMAP_THRESHOLD) {
    return {
      at: ['anonymous', 'named-heap'],
      expected: 'in anonymous mappings of their own, being above the mmap threshold',
    };
  }
  if (root === 'thread')
    return { at: ['arena', 'named-heap'], expected: "in a thread's arena, being allocated in a thread" };
  if (root === 'main')
    return { at: ['heap', 'named-heap'], expected: 'in [heap], being small and allocated in the main thread' };
  return { at: ['heap', 'arena', 'named-heap'], expected: 'in [heap] or an arena, being small' };
}

/** glibc allocates a thread's own data where it creates the thread. Source: elf/dl-tls.c, nptl/allocatestack.c */
const THREAD_CREATION = /^(?:pthread_create|_dl_allocate_tls|allocate_dtv|allocate_stack)\b/;
