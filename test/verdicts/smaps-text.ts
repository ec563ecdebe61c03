import type { Vma } from './vma.js';

/** The fields that a kernel prints, by its version. */
export type Kernel = '5.4' | '6.1' | '6.12';

export const KERNELS: readonly [Kernel, ...Kernel[]] = ['5.4', '6.1', '6.12'];

/**
 * Writes smaps as a kernel does.
 *
 * Source: show_smap of fs/proc/task_mmu.c in Linux 5.4, 6.1 (Pss_Dirty) and 6.12 (KSM).
 */
export class SmapsText {
  /** Most VMAs are the same objects from snapshot to snapshot. */
  private readonly known = new WeakMap<Vma, string>();

  constructor(private readonly kernel: Kernel) {}

  /** The text of one snapshot, whose VMAs are in the order of their addresses. */
  of(vmas: readonly Vma[]): string {
    return vmas.map((vma) => this.vma(vma)).join('');
  }

  private vma(vma: Vma): string {
    const known = this.known.get(vma);
    if (known !== undefined) return known;
    const text = `${headerOf(vma)}\n${this.fields(vma)}`;
    this.known.set(vma, text);
    return text;
  }

  private fields(vma: Vma): string {
    const rss = vma.sharedClean + vma.sharedDirty + vma.privateClean + vma.privateDirty;
    const pss = (shared: number, own: number): number => own + shared / vma.sharers;
    const isOld = this.kernel === '5.4';
    return [
      kib('Size', vma.end - vma.start),
      kib('KernelPageSize', 4096),
      kib('MMUPageSize', 4096),
      kib('Rss', rss),
      kib('Pss', pss(vma.sharedClean + vma.sharedDirty, vma.privateClean + vma.privateDirty)),
      isOld ? '' : kib('Pss_Dirty', pss(vma.sharedDirty, vma.privateDirty)),
      kib('Shared_Clean', vma.sharedClean),
      kib('Shared_Dirty', vma.sharedDirty),
      kib('Private_Clean', vma.privateClean),
      kib('Private_Dirty', vma.privateDirty),
      kib('Referenced', rss),
      kib('Anonymous', vma.anonymous),
      this.kernel === '6.12' ? kib('KSM', 0) : '',
      kib('LazyFree', 0),
      kib('AnonHugePages', 0),
      kib('ShmemPmdMapped', 0),
      kib('FilePmdMapped', 0),
      kib('Shared_Hugetlb', 0),
      kib('Private_Hugetlb', 0),
      kib('Swap', vma.swap),
      kib('SwapPss', vma.swap),
      kib('Locked', 0),
      isOld ? 'THPeligible:    0\n' : 'THPeligible:           0\n',
      `VmFlags: ${vma.flags} \n`,
    ].join('');
  }
}

/** The kernel shifts bytes to kB: what is left of a page that is shared by many is cut off. */
function kib(field: string, bytes: number): string {
  return `${`${field}:`.padEnd(16)}${Math.floor(bytes / 1024)
    .toString()
    .padStart(8)} kB\n`;
}

/** The column at which the kernel prints the path. */
const PATH_COLUMN = 73;

function headerOf({ start, end, permissions, offset, device, inode, pathname }: Vma): string {
  const hex = (value: number): string => value.toString(16).padStart(8, '0');
  const head = `${hex(start)}-${hex(end)} ${permissions} ${hex(offset)} ${device} ${inode} `;
  return pathname === '' ? head : head.padEnd(PATH_COLUMN) + pathname;
}
