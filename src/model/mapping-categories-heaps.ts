import type { MappingCategory } from './mapping-category.js';

const PROC = 'https://docs.kernel.org/filesystems/proc.html';
const TUNABLES = 'https://sourceware.org/glibc/manual/latest/html_node/Memory-Related-Tunables.html';
const ASAN = 'https://github.com/google/sanitizers/wiki/AddressSanitizerAlgorithm';

/** The heaps and managed runtimes of Linux. Names that end with "]" are set by PR_SET_VMA_ANON_NAME. */
export const HEAP_CATEGORIES: readonly MappingCategory[] = [
  {
    id: 'heap',
    title: 'heap',
    family: 'heap',
    meaning: 'The heap that grows by brk: the main arena of glibc, and small blocks of musl.',
    source: PROC,
    names: /^\[heap\]/,
    dumpsys: 'Native Heap',
  },
  {
    id: 'glibc-arena',
    title: 'glibc arena',
    family: 'heap',
    meaning:
      'A heap that glibc keeps for threads: reserved in 64 MiB (1 MiB of 32 bits), used from its beginning. Told by its structure, or by glibc.mem.decorate_maps.',
    source: 'https://sourceware.org/glibc/wiki/MallocInternals',
    names: /^\[anon: glibc: malloc arena\]/,
  },
  {
    id: 'glibc-malloc',
    title: 'glibc malloc, large block',
    family: 'heap',
    meaning: 'A block that malloc of glibc mapped by itself, since it is large; named by glibc.mem.decorate_maps.',
    source: TUNABLES,
    names: /^\[anon: glibc: (?:loader )?malloc\]/,
  },
  {
    id: 'jemalloc',
    title: 'jemalloc',
    family: 'heap',
    meaning: 'Extents of jemalloc, where it was built with page ids.',
    source: 'https://github.com/jemalloc/jemalloc/blob/dev/src/pages.c',
    names: /^\[anon:jemalloc_pg/,
  },
  {
    id: 'tcmalloc',
    title: 'tcmalloc',
    family: 'heap',
    meaning: 'Regions of TCMalloc, by what it keeps in them.',
    source: 'https://github.com/google/tcmalloc/blob/master/tcmalloc/internal/system_allocator.h',
    names: /^\[anon:tcmalloc_region_/,
  },
  {
    id: 'mimalloc',
    title: 'mimalloc',
    family: 'heap',
    meaning: 'Arenas of mimalloc, where the kernel keeps names.',
    source: 'https://github.com/microsoft/mimalloc/blob/main/src/prim/unix/prim.c',
    names: /^\[anon:mimalloc\]/,
  },
  {
    id: 'partition-alloc',
    title: 'PartitionAlloc',
    family: 'heap',
    meaning: "Chromium's malloc, and the buffers of its pages.",
    source:
      'https://chromium.googlesource.com/chromium/src/+/main/base/allocator/partition_allocator/PartitionAlloc.md',
    names: /^\[anon:partition_alloc/,
  },
  {
    id: 'asan-heap',
    title: 'ASan heap',
    family: 'heap',
    meaning: 'What malloc of AddressSanitizer holds, freed blocks in quarantine among it. Told by its addresses.',
    source: ASAN,
  },
  {
    id: 'asan-shadow',
    title: 'sanitizer shadow',
    family: 'reserved',
    meaning: 'One byte of state for eight of memory. Nearly all of it is never touched. Told by its addresses.',
    source: ASAN,
    names: /^\[anon:(?:hwasan |msan |tsan )?(?:low |high |mid )?(?:shadow|shadow gap)\b/,
  },
  {
    id: 'v8',
    title: 'V8 heap',
    family: 'runtime',
    meaning: 'Objects of JavaScript, and its code.',
    source: 'https://chromium.googlesource.com/v8/v8/+/main/src/base/platform/platform-posix.cc',
    names: /^\[anon:v8/,
  },
  {
    id: 'go-heap',
    title: 'Go heap',
    family: 'runtime',
    meaning: "Arenas of Go's heap: named since Go 1.25, else told by the address 0xc000000000.",
    source: 'https://go.dev/doc/go1.25',
    names: /^\[anon: Go: heap/,
  },
  {
    id: 'go-runtime',
    title: 'Go runtime',
    family: 'runtime',
    meaning: "Go's own tables: spans, bits of the collector, profiles.",
    source: 'https://go.dev/doc/go1.25',
    names: /^\[anon: Go: /,
  },
  {
    id: 'generated-code',
    title: 'generated code',
    family: 'runtime',
    meaning: 'Code that a just-in-time compiler wrote into memory.',
    source: 'https://github.com/torvalds/linux/blob/master/tools/perf/Documentation/jit-interface.txt',
    names: /^\/?memfd:(?:doublemapper|[^/]*jit)|\/jit(?:ted)?-\d+\.(?:dump|so)$/i,
  },
  {
    id: 'executable-anonymous',
    title: 'executable anonymous',
    family: 'runtime',
    meaning:
      'Memory without a name that can be executed: code of a just-in-time compiler, trampolines, packed programs.',
    source: 'https://man7.org/linux/man-pages/man2/mmap.2.html',
  },
];
