import { DEVICE_GLOSSARY } from './device-glossary.js';
import type { GlossaryEntry } from './glossary-entry.js';
import { GROWTH_GLOSSARY } from './growth-glossary.js';

const PROC = 'https://docs.kernel.org/filesystems/proc.html';
const MEMCHECK = 'https://valgrind.org/docs/manual/mc-manual.html';
const LSAN = 'https://github.com/google/sanitizers/wiki/AddressSanitizerLeakSanitizer';

export const GLOSSARY: readonly GlossaryEntry[] = [
  {
    word: 'VSS',
    also: ['virtual set size', 'vsz', 'vmsize', 'virtual memory', 'address space'],
    text:
      'Virtual set size: all address space that is mapped, used or not (the sum of Size over the VMAs). Address space ' +
      'that is reserved and not touched costs no memory, so VSS alone proves nothing.',
    source: PROC,
    inReport: true,
  },
  {
    word: 'RSS',
    also: ['resident set size', 'vmrss', 'resident'],
    text:
      'Resident set size: the pages in RAM. A page that several processes share counts in full for each of them, so ' +
      'the RSS of all processes add up to more than there is.',
    source: PROC,
    inReport: true,
  },
  {
    word: 'PSS',
    also: ['proportional set size'],
    text:
      'Proportional set size: as RSS, but a page that n processes share counts one n-th for each. The PSS of all ' +
      'processes add up to the memory in use. It rises when a sharer leaves: that alone is no leak.',
    source: PROC,
    inReport: true,
  },
  {
    word: 'USS',
    also: ['unique set size', 'private memory'],
    text:
      'Unique set size: the pages that no other process has, Private_Clean + Private_Dirty. What would come free if ' +
      'the process ended now.',
    source: PROC,
    inReport: true,
  },
  {
    word: 'swap',
    also: ['swap pss', 'swappss', 'zram'],
    text:
      'Pages moved out of RAM, to disk or compressed memory. A leak that is swapped out no longer shows in RSS, PSS or ' +
      'USS; therefore memreport adds it to what it judges.',
    source: PROC,
    inReport: true,
  },
  {
    word: 'private dirty',
    also: ['private_dirty', 'private dirty memory', 'dirty', 'anonymous memory'],
    text:
      'Pages that only this process has and has written to. The kernel cannot drop them, only swap them out: this is ' +
      'the memory that a leak takes.',
    source: PROC,
    inReport: true,
  },
  {
    word: 'private clean',
    also: ['private_clean', 'clean pages'],
    text: 'Pages that only this process has and that equal their file. The kernel drops them when memory is short.',
    source: PROC,
  },
  {
    word: 'soft dirty',
    also: ['soft-dirty', 'clear_refs'],
    text:
      'A mark on pages written to since the last `echo 4 > /proc/PID/clear_refs`; flag sd in VmFlags. It tells which ' +
      'memory a program still writes to.',
    source: 'https://docs.kernel.org/admin-guide/mm/soft-dirty.html',
  },
  {
    word: 'VMA',
    also: ['virtual memory area', 'vmas', 'area'],
    text: 'One area of address space in one snapshot: a range of addresses with its permissions and what backs it.',
    source: PROC,
    inReport: true,
  },
  {
    word: 'mapping',
    also: ['mappings', 'map'],
    text:
      'A VMA followed from snapshot to snapshot. Addresses move, so a file is followed by its path, [heap] by its name, ' +
      'numbered shared memory as one (/dev/shm/seg-*), and the unnamed anonymous areas of a process as one group, less ' +
      'its arenas and thread stacks.',
    inReport: true,
  },
  {
    word: 'heap',
    also: ['[heap]', 'brk'],
    text:
      'The area that grows at its end by brk(2). The C library takes small blocks from it, large ones (from 128 KiB on ' +
      'in glibc) by mmap.',
    source: 'https://man7.org/linux/man-pages/man3/mallopt.3.html',
  },
  {
    word: 'arena',
    also: ['arenas', '[anonymous: arena]', 'malloc arena'],
    text:
      'What malloc of glibc takes the blocks of a thread from: heaps that begin at a multiple of 64 MiB (1 MiB in a ' +
      'process of 32 bits) and reserve all of it. A program with many threads has many of them, each with its own free ' +
      'blocks; MALLOC_ARENA_MAX bounds their number.',
    source: 'https://sourceware.org/glibc/wiki/MallocInternals',
  },
  {
    word: 'thread stack',
    also: ['thread stacks', '[anonymous: thread stack]', 'guard page', 'stack_and_tls'],
    text:
      'An area below which a guard without permissions lies, of a size that C libraries, Rust and Java give a thread ' +
      'that asks for none. Stacks of other sizes cannot be told from other memory. One that is never joined stays.',
    source: 'https://man7.org/linux/man-pages/man3/pthread_attr_setstacksize.3.html',
  },
  {
    word: 'available memory',
    also: ['memavailable', 'meminfo', 'memory of the device'],
    text:
      'How much of a device programs can still get without swapping, as the kernel estimates it from what is free and ' +
      'what it could drop (MemAvailable of /proc/meminfo, since Linux 3.14). Free memory alone is always small.',
    source: PROC,
  },
  {
    word: 'minor fault',
    also: ['minor page fault', 'minflt', 'page fault', 'faults'],
    text: 'A page fault that needs no disk: the page is made, copied or found in memory. New memory costs one for each page.',
    source: 'https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html',
  },
  {
    word: 'major fault',
    also: ['major page fault', 'majflt'],
    text: 'A page fault that has to read from disk or swap. Many of them with a shrinking RSS: the device is short of memory.',
    source: 'https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html',
  },
  {
    word: 'thrashing',
    also: ['reclaim', 'working set', 'refault'],
    text:
      'The kernel takes away pages that are in use, since memory does not suffice, and they are read again right after: ' +
      'major faults that go on, with an RSS that falls or stays. The program is slow; that its RSS falls does not show ' +
      'that it gave memory back.',
    source: 'https://docs.kernel.org/accounting/delay-accounting.html',
  },
  {
    word: 'churn',
    also: ['minor faults without growth'],
    text:
      'Memory that is given back to the kernel and taken again, over and over: many minor faults while RSS stays. It ' +
      'costs CPU time and is no leak; a larger cache, or M_TRIM_THRESHOLD and M_MMAP_THRESHOLD of mallopt, lessen it.',
    source: 'https://man7.org/linux/man-pages/man3/mallopt.3.html',
  },
  {
    word: 'timeline',
    also: ['timelines', 'life', 'restart'],
    text:
      'One life of a process, from its start to its end, as far as it was sampled. A new pid or start time begins ' +
      'another; growth is judged within each, and the program has the worst of their verdicts.',
    inReport: true,
  },
  {
    word: 'loss record',
    also: ['leak record', 'loss records'],
    text:
      'Blocks of heap memory that memcheck or LeakSanitizer found at exit without a use, with the stack that allocated ' +
      'them.',
    source: MEMCHECK,
    inReport: true,
  },
  {
    word: 'definite loss',
    also: ['definitely lost', 'definite', 'direct leak', 'direct'],
    text:
      'A block to which no pointer is left anywhere: it can never be freed. This proves a leak. LeakSanitizer calls it ' +
      'direct.',
    source: MEMCHECK,
  },
  {
    word: 'indirect loss',
    also: ['indirectly lost', 'indirect', 'indirect leak'],
    text: 'A block to which only lost blocks point. Repairing the definite loss that it hangs on mostly repairs it too.',
    source: LSAN,
  },
  {
    word: 'possible loss',
    also: ['possibly lost', 'possible'],
    text: 'A block to which only pointers into its middle are left: lost, or held in an unusual way.',
    source: MEMCHECK,
  },
  {
    word: 'still reachable',
    also: ['reachable'],
    text: 'A block that was not freed at exit but has a pointer to it. Not lost; if it grows with the run time, look again.',
    source: MEMCHECK,
  },
  {
    word: 'fingerprint',
    text:
      'The identity of a leak across logs, devices and tools: a hash of the functions on its stack below the allocator, ' +
      'without addresses and line numbers.',
  },
  {
    word: 'leak',
    text:
      'Verdict: the evidence settles it. Private memory keeps growing the longer the program runs and does not come ' +
      'back, or a tool proved a loss.',
    inReport: true,
  },
  {
    word: 'suspect',
    text: 'Verdict: the evidence leans towards a leak, and something is missing or speaks against it.',
    inReport: true,
  },
  {
    word: 'clean',
    text: 'Verdict: observed long enough, and nothing keeps growing; or a leak check ran and found nothing lost.',
    inReport: true,
  },
  {
    word: 'inconclusive',
    text: 'Verdict: could not tell, for the reason given. It does not mean clean.',
    inReport: true,
  },
  ...DEVICE_GLOSSARY,
  ...GROWTH_GLOSSARY,
];

/** The entry of a word, by its own or another spelling, in any case. */
export function explain(word: string): GlossaryEntry | undefined {
  const wanted = word.trim().toLowerCase();
  return GLOSSARY.find(
    (entry) => entry.word.toLowerCase() === wanted || entry.also?.some((other) => other.toLowerCase() === wanted),
  );
}
