import { assignKnown } from '../../model/vma-table.js';
import type { KernelFact } from './kernel-fault.js';

/**
 * The finding that the first line of a report begins; undefined: the line begins none.
 *
 *     BUG: KASAN: slab-out-of-bounds in sg_remove_request+0x103/0x120 at addr ffff8801a85de8c0
 *     BUG: KASan: out of bounds access in sg_remove_request+0x103/0x120 at addr ffff8801a85de8c0    before 4.4
 *     BUG: Double free or freeing an invalid pointer                                                4.9 to 4.11
 *     BUG: KMSAN: uninit-value in flush_to_ldisc+0x95d/0xdf0
 *     BUG: KCSAN: data-race in sysrq_handler / vfs_write
 *     BUG: KFENCE: use-after-free read in test_use_after_free_read+0xb3/0x143
 *     UBSAN: array-index-out-of-bounds in arch/x86/kernel/uprobes.c:263:56
 *     Internal error: UBSAN: array index out of bounds: 00000000f2005512 [#1] PREEMPT SMP
 *     KASAN: null-ptr-deref in range [0x0000000000000020-0x0000000000000027]
 *     kasan: GPF could be caused by NULL-ptr deref or user memory access
 *     unreferenced object 0xdb8040c0 (size 20):
 *
 * Those of KASAN without "BUG" are what it adds to an oops, since 5.5 and before.
 * Source: mm/kasan/report.c, mm/kmsan/report.c, kernel/kcsan/report.c, mm/kfence/report.c, lib/ubsan.c, mm/kmemleak.c.
 */
export function parseKernelHeadline(text: string): KernelFact | undefined {
  const first = text.charCodeAt(0);
  if (first === LETTER_B) return fromBug(text);
  if (first === LETTER_U && /^UBSAN: .+ in \S+:\d{1,9}(?::\d{1,9})?$/.test(text)) return factOf('ubsan', text);
  if (first === LETTER_K && /^KASAN: [\w -]+ in range \[0x[0-9a-f]+-0x[0-9a-f]+\]$/.test(text))
    return factOf('kasan', text);
  if (/^(?:kasan: )?GPF could be caused by NULL-ptr deref/.test(text)) return factOf('kasan', text);
  if (/^Internal error: UBSAN: .+ \[#\d{1,6}\]/.test(text)) return factOf('ubsan', text);
  const object = UNREFERENCED.exec(text)?.groups;
  if (!object) return undefined;
  return { ...factOf('kmemleak', text), address: object.address ?? '', size: Number(object.size) };
}

const LETTER_B = 66;
const LETTER_K = 75;
const LETTER_U = 85;

const BUGS: Readonly<Record<string, KernelFact['kind']>> = {
  KASAN: 'kasan',
  KMSAN: 'kmsan',
  KCSAN: 'kcsan',
  KFENCE: 'kfence',
};

function fromBug(text: string): KernelFact | undefined {
  if (text === 'BUG: Double free or freeing an invalid pointer') return factOf('kasan', text);
  const kind = BUGS[/^BUG: (K[A-Za-z]{3,5}): \S/.exec(text)?.[1]?.toUpperCase() ?? ''];
  if (kind === undefined) return undefined;
  const address = / (?:at|on) addr(?:ess)? ([0-9a-f]{1,16})$/.exec(text)?.[1];
  return assignKnown(factOf(kind, text), { address });
}

function factOf(kind: KernelFact['kind'], message: string): KernelFact {
  return { kind, message, frames: [] };
}

// "unreferenced object 0xdb8040c0 (size 20):", "unreferenced object (percpu) 0x6071dd20 (size 8):" since 6.14
const UNREFERENCED = /^unreferenced object (?:\(percpu\) )?0x(?<address>[0-9a-f]{1,16}) \(size (?<size>\d{1,15})\):$/;
