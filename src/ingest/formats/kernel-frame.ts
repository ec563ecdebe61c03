import type { StackFrame } from '../../model/leaks.js';

/**
 * The frame that a line of a kernel's stack tells. "unsure": an address that was met on the stack by chance (`?`).
 * Undefined: the line is no frame.
 *
 *     dump_stack+0xc1/0x128
 *     [<ffffffff81d91149>] dump_stack+0xc1/0x128
 *     ? kthread+0x37a/0x440
 *     sg_read+0x91c/0x1400 [sg]
 *     kthread+0x35e/0x430 kernel/kthread.c:238
 *     __list_del include/linux/list.h:89 [inline]
 *     [<c00c89f0>] (create_object) from [<c00c6764>] (kmem_cache_alloc+0x138/0x178)    32-bit ARM
 *
 * The offset stays with the symbol, as scripts/faddr2line takes it.
 * Source: lib/vsprintf.c (%pB), scripts/decode_stacktrace.sh.
 */
export function parseKernelFrame(text: string): StackFrame | 'unsure' | undefined {
  const { groups } = FRAME.exec(text) ?? ARM_FRAME.exec(text) ?? INLINED.exec(text) ?? {};
  const symbol = groups?.symbol;
  if (!groups || symbol === undefined) return undefined;
  if (groups.unsure !== undefined) return 'unsure';
  const { file, line, module, address } = groups;
  return {
    symbol,
    ...(file !== undefined && { file }),
    ...(line !== undefined && { line: Number(line) }),
    ...(module !== undefined && { module }),
    ...(address !== undefined && { address }),
  };
}

const FRAME =
  /^(?:\[<(?: {0,8}(?<address>[0-9a-f]{4,16})| {1,8}inline) {0,8}>\] )?(?<unsure>\? )?(?<symbol>[\w.$]{1,256}\+0x[0-9a-f]{1,8}\/0x[0-9a-f]{1,8})(?: \([A-Z]{1,4}\))?(?: \[(?<module>[\w-]{1,64})(?: [0-9a-f]{1,40})?\])?(?: (?<file>[^\s:]{1,512}):(?<line>\d{1,9}))?$/;

const ARM_FRAME =
  /^(?:\[<(?<address>[0-9a-f]{4,16})>\] )?\(?(?<symbol>[\w.$]{1,256})\)? from (?:\[<[0-9a-f]{4,16}>\] )?\(?[\w.$]{1,256}\+0x/;

const INLINED =
  /^(?:\[< {1,8}inline {1,8}>\] )?(?<unsure>\? )?(?<symbol>[\w.$]{1,256}) (?<file>[^\s:]{1,512}):(?<line>\d{1,9})(?: \[inline\])?$/;

/** Where an oops happened: `RIP: 0010:drm_newctx+0x190/0x290`, on ARM `pc : drm_newctx+0x190/0x290`. */
export function parseProgramCounter(text: string): StackFrame | undefined {
  if (!/^(?:RIP: 0010:|pc : |PC is at )/.test(text)) return undefined;
  const symbol =
    /^(?:RIP: 0010:|pc : |PC is at )(?:\[<[0-9a-f]{1,16}>\] {0,2}){0,2}([\w.$]{1,256}\+0x[0-9a-f]{1,8}\/0x[0-9a-f]{1,8})/.exec(
      text,
    )?.[1];
  return symbol === undefined ? undefined : { symbol };
}

/** Whether a frame is of the reporting itself, which stands above the frame that went wrong. */
export function isReporting({ symbol = '' }: StackFrame): boolean {
  return REPORTING.test(symbol);
}

const REPORTING =
  /^(?:__)?(?:dump_stack|show_stack|dump_backtrace|unwind_backtrace|stack_trace|print_address_description|print_report|kasan_|asan_|hwasan_|check_memory_region|ubsan_|kmsan_|msan_|kcsan_|tsan_|kmemleak_|create_object)|^end_report/;
