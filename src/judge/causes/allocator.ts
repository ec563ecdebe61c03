import { KIB, PAGE } from '../../model/units.js';

/**
 * From this size on, glibc's malloc takes a mapping of its own for a block, until one such block is freed: then the
 * threshold rises to its size, at most to 32 MiB. Source: mallopt(3), M_MMAP_THRESHOLD
 */
export const MMAP_THRESHOLD = 128 * KIB;

/** What a process's allocator is, as far as its mappings tell. */
export interface Allocator {
  /** AddressSanitizer's, which puts red zones around the blocks and marks 1 byte of its own for each 8. */
  readonly sanitized: boolean;
  /** Bytes of a pointer. */
  readonly word: 4 | 8;
}

/** The memory that a block of so many bytes takes. */
export function footprintOf(bytes: number, allocator: Allocator): number {
  return allocator.sanitized ? sanitizedBlock(bytes) : glibcBlock(bytes, allocator.word);
}

/** Source: glibc malloc/malloc.c, request2size and sysmalloc_mmap */
function glibcBlock(bytes: number, word: number): number {
  if (bytes >= MMAP_THRESHOLD) return upTo(bytes + 2 * word, PAGE);
  return Math.max(4 * word, upTo(bytes + word, 2 * word));
}

/** Source: compiler-rt lib/asan/asan_allocator.cpp, ComputeRTLLog2Redzone, and sanitizer_allocator_size_class_map.h */
function sanitizedBlock(bytes: number): number {
  const limits = [64 - 16, 128 - 32, 512 - 64, 4096 - 128, 16_384 - 256, 32_768 - 512, 65_536 - 1024];
  const step = limits.findIndex((limit) => bytes <= limit);
  const redZone = 16 << (step === -1 ? limits.length : step);
  const needed = upTo(bytes + redZone, 16);
  const block = needed > LARGEST_CLASS ? upTo(needed, PAGE) : sizeClass(needed);
  return block * (1 + 1 / 8);
}

const LARGEST_CLASS = 256 * KIB;

/** Steps of 16 up to 256, then four to each power of two. */
function sizeClass(bytes: number): number {
  if (bytes <= 256) return bytes;
  return upTo(bytes, 2 ** (Math.ceil(Math.log2(bytes)) - 3));
}

function upTo(bytes: number, multiple: number): number {
  return Math.ceil(bytes / multiple) * multiple;
}
