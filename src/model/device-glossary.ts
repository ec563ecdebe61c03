import type { GlossaryEntry } from './glossary-entry.js';

const PROC = 'https://docs.kernel.org/filesystems/proc.html#meminfo';

/** The words about where the memory of a device is. */
export const DEVICE_GLOSSARY: readonly GlossaryEntry[] = [
  {
    word: 'page cache',
    also: ['cache', 'cached', 'buffers'],
    text:
      'Pages of files that the kernel keeps in RAM in case they are read again. It drops them when memory is wanted, so ' +
      'their growth takes nothing from programs. Shared memory and tmpfs are counted with it, but cannot be dropped.',
    source: PROC,
    inReport: true,
  },
  {
    word: 'slab',
    also: ['sreclaimable', 'sunreclaim', 'kernel memory', 'slabinfo'],
    text:
      'Memory of the kernel for its own objects. The reclaimable part (names of files, inodes) is given back on demand; ' +
      'when the unreclaimable part grows for long, the kernel or a driver leaks, and no program is to blame.',
    source: PROC,
    inReport: true,
  },
  {
    word: 'tmpfs',
    also: ['shmem', 'shared memory', 'memfd', '/dev/shm'],
    text:
      'Files and shared memory that have no disk behind them: /tmp, /dev/shm, memfd, System V segments. They stay in ' +
      'RAM (or swap) until they are deleted, even when no process maps them any more.',
    source: PROC,
  },
  {
    word: 'unaccounted',
    also: ['lost ram', 'dma-buf', 'ion'],
    text:
      'What is left of MemTotal when all counters of /proc/meminfo are taken off: pages that drivers took (GPU, dma-buf, ' +
      'network), the pool of zram, pages that processors keep at hand. Less than nothing where the counters overlap.',
    source: PROC,
    inReport: true,
  },
  {
    word: 'sharers',
    also: ['implied sharers', 'implied'],
    text:
      'The processes that map a page. A page of n sharers counts for one n-th in the PSS of each, so that RSS of the ' +
      'shared pages by their PSS tells how many there are on average, captured or not.',
    source: 'https://docs.kernel.org/filesystems/proc.html',
    inReport: true,
  },
];
