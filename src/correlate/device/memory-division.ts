import type { DeviceMemory } from '../../model/device-memory.js';
import type { MemoryDivision, MemoryPart, ProgramShare } from '../../model/memory-division.js';
import type { Bytes } from '../../model/units.js';
import { assignKnown } from '../../model/vma-table.js';

/** What the captured processes of a device had at one instant. */
export interface ProcessesAtInstant {
  readonly pss: Bytes;
  readonly processes: number;
  /** The programs that are told of. */
  readonly programs: ProgramShare[];
}

/**
 * Divides the memory of a device at one instant; undefined where /proc/meminfo does not tell what it takes.
 *
 * What processes use is AnonPages + Mapped, as the kernel counts it: each page once, as the sum of PSS over all
 * processes does. Where the captured processes have more (they were read a moment later), that is in `unaccounted`.
 */
export function divisionOf(memory: DeviceMemory, captured: ProcessesAtInstant): MemoryDivision | undefined {
  const { total, free, buffers, cached, anonymous, mapped } = memory;
  if (total === undefined || free === undefined || cached === undefined) return undefined;
  if (anonymous === undefined || mapped === undefined) return undefined;
  const { slab, slabReclaimable, slabUnreclaimable, kernelStack, perCpu, swapTotal, swapFree } = memory;
  const known: [MemoryPart, Bytes | undefined][] = [
    ['programs', captured.pss],
    ['not-captured', Math.max(0, anonymous + mapped - captured.pss)],
    ['cache', Math.max(0, cached + (buffers ?? 0) - mapped)],
    ['slab-reclaimable', slabReclaimable],
    ['slab-unreclaimable', slabUnreclaimable ?? (slab === undefined ? undefined : slab - (slabReclaimable ?? 0))],
    ['kernel-stacks', kernelStack],
    ['page-tables', memory.pageTables],
    ['vmalloc', vmallocOf(memory)],
    ['per-cpu', perCpu],
    ['huge-pages', memory.hugePages],
    ['zswap', memory.zswap],
    ['free', free],
  ];
  const parts = known.flatMap(([part, bytes]) => (bytes === undefined ? [] : { part, bytes }));
  const unaccounted = total - parts.reduce((sum, { bytes }) => sum + bytes, 0);
  return assignKnown<MemoryDivision>(
    {
      total,
      parts: [...parts, { part: 'unaccounted', bytes: unaccounted }],
      processes: captured.processes,
      programs: captured.programs,
    },
    {
      takenAt: memory.takenAt,
      available: memory.available,
      shmem: memory.shmem,
      swapUsed: swapTotal === undefined || swapFree === undefined ? undefined : Math.max(0, swapTotal - swapFree),
    },
  );
}

/**
 * Since Linux 5.3 VmallocUsed counts pages, among them the stacks of CONFIG_VMAP_STACK; before 4.4 it was address space,
 * in between 0. Percpu, which is printed since 4.20, tells the newer kernels.
 */
function vmallocOf({ vmalloc, perCpu, kernelStack = 0 }: DeviceMemory): Bytes | undefined {
  return vmalloc === undefined || perCpu === undefined ? undefined : Math.max(0, vmalloc - kernelStack);
}
