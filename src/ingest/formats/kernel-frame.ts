import type { StackFrame } from '../../model/leaks.js';

/**
 * The frame that a line of a kernel's stack tells. "unsure": an address that was met on the stack by chance (`?`).
 * Undefined: the line is no frame.
 *
 *     dump_stack+0xc1/0x128
 *     [<ffffffff81d91149>] dump_stack+0xc1/0x128
 *     <EOI>  [<ffffffff81d91149>] dump_stack+0xc1/0x128                              x86 before 4.10
 *     ([<00000000001142c4>] show_stack+0x8a/0xd0)                                     s390
 *     [c00000000fe7b4d0] [c000000000d8f1f4] dump_stack_lvl+0xac/0xfc (unreliable)     PowerPC: stack and code
 *     #4 [<0x0000000000aa4266>] hid_parse+0xda/0x4c4                                  the kernel as a library
 *     ? kthread+0x37a/0x440
 *     sg_read+0x91c/0x1400 [sg]
 *     kthread+0x35e/0x430 kernel/kthread.c:238
 *     __list_del include/linux/list.h:89 [inline]
 *     sg_read (drivers/scsi/sg.c:380 drivers/scsi/sg.c:412 (discriminator 2)) sg      decoded: inlined callees first
 *     [<000000007df61b4b>] 0xffffffffc05e88b3
 *     [<c00c89f0>] (create_object) from [<c00c6764>] (kmem_cache_alloc+0x138/0x178)   32-bit ARM
 *
 * The offset stays with the symbol, as scripts/faddr2line takes it.
 * Source: lib/vsprintf.c (%pB), arch/<arch>/kernel/stacktrace.c and traps.c, scripts/decode_stacktrace.sh.
 */
export function parseKernelFrame(text: string): StackFrame | 'unsure' | undefined {
  const { groups } = FRAMES.map((form) => form.exec(text)).find((match) => match !== null) ?? {};
  if (!groups) return undefined;
  // A stack of kmemleak may end with all ones.
  if (groups.unsure !== undefined || /^f+$/.test(groups.raw ?? '')) return 'unsure';
  const { symbol, raw } = groups;
  const { places, module } = groups;
  // The last place is the function's own.
  const own = places === undefined ? groups : [...places.matchAll(PLACE)].at(-1)?.groups;
  const { file, line } = own ?? {};
  const address = raw ?? groups.address ?? groups.code;
  return {
    ...(symbol !== undefined && { symbol }),
    ...(file !== undefined && { file }),
    ...(line !== undefined && { line: Number(line) }),
    ...(module !== undefined && { module }),
    ...(address !== undefined && { address }),
  };
}

const START = String.raw`^(?:<\/?(?:IRQ|EOI|EOE|NMI|TASK|SOFTIRQ)> {1,4})?(?:#\d{1,4} )?\(?(?:\[<(?: {0,8}(?:0x)?(?<address>[0-9a-f]{4,16})| {1,8}inlined?) {0,8}>\] |\[[0-9a-f]{8,16}\] \[(?<code>[0-9a-f]{8,16})\] )?(?<unsure>\? )?`;
const SOURCE = String.raw`(?<file>[^\s:]{1,512}):(?<line>\d{1,9})(?: \(discriminator \d{1,9}\))?`;

const FRAME = new RegExp(
  String.raw`${START}(?<symbol>[\w.$]{1,256}\+0x[0-9a-f]{1,8}\/0x[0-9a-f]{1,8})(?: \((?:[A-Z]{1,4}|unreliable)\))?(?: \[(?<module>[\w-]{1,64})(?: [0-9a-f]{1,40})?\])?\)?(?: ${SOURCE})?$`,
);

const ARM_FRAME =
  /^(?:\[<(?<address>[0-9a-f]{4,16})>\] )?\(?(?<symbol>[\w.$]{1,256})\)? from (?:\[<[0-9a-f]{4,16}>\] )?\(?[\w.$]{1,256}\+0x/;

const INLINED = new RegExp(String.raw`${START}(?<symbol>[\w.$]{1,256}) ${SOURCE}(?: \[inline\])?$`);

const DECODED = new RegExp(
  String.raw`${START}(?<symbol>[\w.$]{1,256}) \((?<places>[^\s():]{1,512}:(?:\d{1,9}|\?)(?: [^()]{1,512}| \(discriminator \d{1,9}\))*)\)(?: (?<module>[\w-]{1,64}))?$`,
);

// Of a module that is gone, or of a kernel without names (CONFIG_KALLSYMS); other addresses may be hashed.
const RAW = new RegExp(`${START}0x(?<raw>[0-9a-f]{4,16})$`);

const FRAMES: readonly RegExp[] = [FRAME, ARM_FRAME, INLINED, DECODED, RAW];

const PLACE = /(?<file>[^\s():?]{1,512}):(?<line>\d{1,9})/g;

/**
 * Where an oops happened: `RIP: 0010:drm_newctx+0x190/0x290`, on ARM `pc : drm_newctx+0x190/0x290`, on RISC-V `epc : …`,
 * on PowerPC `NIP [c0000000004e1f04] …`.
 */
export function parseProgramCounter(text: string): StackFrame | undefined {
  const label = /^(?:RIP: 0010:|pc : |PC is at |epc : |NIP )(?:\[<?[0-9a-f]{1,16}>?\] {0,2}){0,2}/.exec(text)?.[0];
  if (label === undefined) return undefined;
  const place = text.slice(label.length);
  const frame = parseKernelFrame(place);
  if (frame !== undefined && frame !== 'unsure') return frame;
  const symbol = /^[\w.$]{1,256}\+0x[0-9a-f]{1,8}\/0x[0-9a-f]{1,8}/.exec(place)?.[0];
  return symbol === undefined ? undefined : { symbol };
}

/** Whether a frame is of the reporting itself, which stands above the frame that went wrong. */
export function isReporting({ symbol = '' }: StackFrame): boolean {
  return REPORTING.test(symbol);
}

const REPORTING =
  /^(?:__)?(?:dump_stack|show_stack|dump_backtrace|unwind_backtrace|stack_trace|print_address_description|print_report|kasan_|asan_|hwasan_|check_memory_region|ubsan_|kmsan_|msan_|kcsan_|tsan_|kmemleak_|create_object|handle_(?:overflow|null_ptr_deref|misaligned_access|object_size_mismatch)\b)|^end_report/;
