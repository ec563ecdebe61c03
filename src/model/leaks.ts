import type { Origin } from './origin.js';
import type { Bytes, HexAddress } from './units.js';

/** The tools that say which memory is lost. LeakSanitizer speaks also through AddressSanitizer. */
export type LeakTool = 'memcheck' | 'lsan';

/** The tools that report memory errors. */
export type ErrorTool = 'memcheck' | 'asan' | 'hwasan' | 'msan' | 'tsan' | 'ubsan';

/** Memcheck's kinds of loss. LeakSanitizer's "direct" is `definite`, its "indirect" is `indirect`. */
export type LossKind = 'definite' | 'indirect' | 'possible' | 'reachable';

/** One call of a stack, innermost first. What the tool did not print is absent. */
export interface StackFrame {
  symbol?: string;
  /** As printed: a base name, a relative or an absolute path. */
  file?: string;
  line?: number;
  /** The object file, as printed. */
  module?: string;
  /** Hexadecimal, without "0x". */
  address?: HexAddress;
}

/** An amount of heap memory as memcheck counts it. */
export interface HeapAmount {
  bytes: Bytes;
  blocks: number;
}

/** One loss record of memcheck or LeakSanitizer. */
export interface LossRecord {
  tool: LeakTool;
  kind: LossKind;
  /** Lost directly; what hangs on it (memcheck's "576 indirect") is in `indirectBytes`. */
  bytes: Bytes;
  blocks: number;
  indirectBytes?: Bytes;
  frames: StackFrame[];
  origin: Origin;
}

/** A further stack of a memory error, with the tool's own words above it ("freed by thread T0 here:"). */
export interface RelatedStack {
  title: string;
  frames: StackFrame[];
}

/** One memory error: a defect, though not by itself a leak. */
export interface MemoryError {
  tool: ErrorTool;
  /** The tool's own term (`heap-use-after-free`), for memcheck `invalid-read`, `invalid-write`, `uninitialised-value`, … */
  kind: string;
  /** The tool's own first line, without its prefix. */
  message: string;
  address?: HexAddress;
  access?: 'read' | 'write' | 'execute';
  /** Bytes of the access. */
  size?: number;
  frames: StackFrame[];
  related: RelatedStack[];
  origin: Origin;
}

/** The totals that a tool printed itself. A total it did not print is absent: not known is not zero. */
export interface ToolSummary {
  tool: LeakTool;
  pid?: number;
  definite?: HeapAmount;
  indirect?: HeapAmount;
  possible?: HeapAmount;
  reachable?: HeapAmount;
  suppressed?: HeapAmount;
  inUseAtExit?: HeapAmount;
  /** memcheck's "total heap usage". */
  allocations?: number;
  frees?: number;
  allocatedBytes?: Bytes;
  errors?: number;
  contexts?: number;
  origin: Origin;
}

/**
 * The identity of a leak or error across logs, runs and tools: a hash of the call stack below the allocator, by
 * function names, without addresses, line numbers and files.
 *
 * Frames outside `main` or a thread's start are the C library's and differ between tools, so they do not count.
 * A frame without a name counts by its module (base name). Sixteen hexadecimal digits (64-bit FNV-1a).
 */
export function fingerprintOf(frames: readonly StackFrame[]): string {
  let hash = 0xcbf29ce484222325n;
  for (const frame of callersOf(frames)) {
    const word = `${frame.symbol === undefined ? `?${baseName(frame.module ?? '')}` : plainSymbol(frame.symbol)}\n`;
    for (let i = 0; i < word.length; i++) {
      hash = BigInt.asUintN(64, (hash ^ BigInt(word.charCodeAt(i))) * 0x100000001b3n);
    }
  }
  return hash.toString(16).padStart(16, '0');
}

/** The frames from the first that is not the allocator's or the tool's own, to `main` or the thread's start. */
export function callersOf(frames: readonly StackFrame[]): StackFrame[] {
  let from = 0;
  while (from < frames.length - 1 && isAllocator(frames[from] as StackFrame)) from++;
  let to = from;
  while (to < frames.length && !isRoot(frames[to] as StackFrame)) to++;
  if (to < frames.length && plainSymbol((frames[to] as StackFrame).symbol ?? '') === 'main') to++;
  return to === from ? frames.slice(from) : frames.slice(from, to);
}

/** The place in the user's own code that a stack points to: the first caller with a source line, else the first named. */
export function siteOf(frames: readonly StackFrame[]): StackFrame | undefined {
  const callers = callersOf(frames);
  return callers.find((frame) => frame.line !== undefined) ?? callers.find((frame) => frame.symbol !== undefined) ?? callers[0];
}

const ALLOCATORS =
  /^(?:(?:__interceptor_|___interceptor_|__interceptor_trampoline_|__libc_|_?je_|tc_|__real_)?(?:malloc|calloc|realloc|reallocarray|memalign|aligned_alloc|posix_memalign|valloc|pvalloc|strdup|strndup|__strdup|free|cfree)|operator (?:new|delete)(?:\[\])?.*|_Zn[wa]\w+|_Zd[la]\w+|__asan_memcpy|__asan_memset)$/;

function isAllocator(frame: StackFrame): boolean {
  return frame.symbol !== undefined && ALLOCATORS.test(plainSymbol(frame.symbol));
}

const ROOTS =
  /^(?:main|\(below main\)|__libc_start_main\w*|__libc_start_call_main|_start|start_thread|__?clone\d?|__pthread_start.*|__start_thread|asan_thread_start|__bionic_clone|thread_start)$/;

function isRoot(frame: StackFrame): boolean {
  return frame.symbol !== undefined && ROOTS.test(plainSymbol(frame.symbol));
}

/** A symbol without its version (`malloc@@GLIBC_2.2.5`) and, for a plain function, without its argument list. */
export function plainSymbol(symbol: string): string {
  const name = symbol.replace(/@@?[A-Z]\w+[\d.]+$/, '');
  return /^[\w$]+\(.*\)$/.test(name) ? name.slice(0, name.indexOf('(')) : name;
}

export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
