import { isOfStandardLibrary } from './library-frames.js';
import type { Origin } from './origin.js';
import type { Bytes, HexAddress, Milliseconds } from './units.js';

/** The tools that say which memory is lost. LeakSanitizer speaks also through AddressSanitizer. */
export type LeakTool = 'memcheck' | 'lsan';

/** As their authors write them. */
export const LEAK_TOOL_NAMES: Readonly<Record<LeakTool, string>> = { memcheck: 'memcheck', lsan: 'LeakSanitizer' };

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
  /** The address in the module's own file, before it is loaded: what addr2line takes. */
  offset?: HexAddress;
  /** Of the module: lower-case hexadecimal digits. */
  buildId?: string;
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
  /** Which of the process's leak checks told it, from the second on: what was told before it may tell again. */
  check?: number;
}

/** A further stack of a memory error, with the tool's own words above it ("freed by thread T0 here:"). */
export interface RelatedStack {
  title: string;
  frames: StackFrame[];
}

/** Nothing is mapped at the address; what is there forbids the access; the stack cannot grow to it. */
export type FatalReason = 'not-mapped' | 'not-permitted' | 'stack-overflow';

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
  /** Why the access was fatal, as the tool says it. */
  reason?: FatalReason;
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
  /** How long the program had run when the heap was summed up (valgrind's --time-stamp=yes, or XML). */
  runTime?: Milliseconds;
  /** Those that were made while the program ran, where there were several. */
  checks?: LeakCheck[];
  origin: Origin;
}

/** What one leak check of a running program found in use, lost or not. */
export interface LeakCheck {
  bytes: Bytes;
  /** How long the program had run. */
  runTime?: Milliseconds;
  line: number;
}

/**
 * The identity of a leak or error across logs, runs and tools: a hash of the call stack below the allocator, by
 * function names, without addresses, line numbers and files.
 *
 * Frames outside `main` or a thread's start are the C library's and differ between tools, so they do not count.
 * A frame without a name counts by its module (base name, without version). Sixteen hexadecimal digits (64-bit FNV-1a).
 */
export function fingerprintOf(frames: readonly StackFrame[]): string {
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  for (const frame of callersOf(frames)) {
    const word = `${frame.symbol === undefined ? `?${libraryName(frame.module ?? '')}` : plainSymbol(frame.symbol)}\n`;
    for (let i = 0; i < word.length; i++) {
      low = (low ^ word.charCodeAt(i)) >>> 0;
      // Times the prime 2^40 + 0x1b3, modulo 2^64, in halves of 32 bits: each product stays below 2^53.
      const product = low * 0x1b3;
      high = (high * 0x1b3 + Math.floor(product / 0x1_0000_0000) + ((low << 8) >>> 0)) >>> 0;
      low = product >>> 0;
    }
  }
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}

/**
 * The frames from the first that is not the allocator's or the tool's own, to `main` or the thread's start.
 *
 * Of a thread's stack, nameless frames at its outer end are the C++ library's and left out.
 */
export function callersOf(frames: readonly StackFrame[]): StackFrame[] {
  const inner = frames.findIndex((frame) => !isToolsOwn(frame));
  const callers = frames.slice(inner === -1 ? Math.max(0, frames.length - 1) : inner);
  const root = callers.findIndex(isRoot);
  if (root === -1) return callers;
  if (isMain(callers[root])) return callers.slice(0, root + 1);
  const named = callers.slice(0, root).findLastIndex((frame) => frame.symbol !== undefined) + 1;
  return callers.slice(0, named || root || undefined);
}

/**
 * The place in the user's own code that a stack points to: the first caller with a source line, those of a standard
 * library compiled into the program last; else the first named.
 */
export function siteOf(frames: readonly StackFrame[]): StackFrame | undefined {
  const callers = callersOf(frames);
  return (
    callers.find((frame) => frame.line !== undefined && !isOfStandardLibrary(frame)) ??
    callers.find((frame) => frame.line !== undefined) ??
    callers.find((frame) => frame.symbol !== undefined) ??
    callers[0]
  );
}

const ALLOCATORS =
  /^(?:(?:__libc_|_?je_|tc_|__real_|__sanitizer_)?(?:malloc|calloc|realloc|reallocarray|memalign|aligned_alloc|posix_memalign|valloc|pvalloc|strdup|strndup|__strdup|__strndup|free|cfree)|operator (?:new|delete)(?:\[\])?.*|_Zn[wa]\w+|_Zd[la]\w+|_{2,3}interceptor_\w+|__(?:asan|hwasan|lsan|msan|tsan|ubsan)_\w+)$/;

// Valgrind's and the sanitizers' replacements of the C library's functions.
const TOOL_SOURCES =
  /^(?:vg_replace_\w+|mc_replace_\w+)\.c$|^(?:asan|hwasan|lsan|msan|tsan|sanitizer)_\w+\.(?:cpp|cc|h|inc|S)$/;
const TOOL_LIBRARIES = /^(?:vgpreload_|lib(?:asan|hwasan|lsan|tsan)\.so|libclang_rt\.)/;

function isToolsOwn({ symbol, file, module }: StackFrame): boolean {
  return (
    (symbol !== undefined && ALLOCATORS.test(plainSymbol(symbol))) ||
    (file !== undefined && TOOL_SOURCES.test(baseName(file))) ||
    (module !== undefined && TOOL_LIBRARIES.test(baseName(module)))
  );
}

const MAIN_ROOTS = /^(?:main|\(below main\)|__libc_start_main\w*|__libc_start_call_main|__libc_init|_start)$/;
const THREAD_ROOTS =
  /^(?:start_thread|__?clone\d?|__pthread_start.*|__start_thread|(?:asan|hwasan|lsan)_thread_start|thread_start|__bionic_clone|execute_native_thread_routine|__(?:asan|hwasan|lsan|tsan)::\w*Thread.*)$/;

/** Where a stack begins: in `main` or in a thread that was started; undefined: its outer end is not told. */
export function rootOf(frames: readonly StackFrame[]): 'main' | 'thread' | undefined {
  const outer = frames.findLast(isRoot);
  if (outer?.symbol === undefined) return undefined;
  return THREAD_ROOTS.test(plainSymbol(outer.symbol)) ? 'thread' : 'main';
}

function isRoot({ symbol }: StackFrame): boolean {
  if (symbol === undefined) return false;
  const name = plainSymbol(symbol);
  return MAIN_ROOTS.test(name) || THREAD_ROOTS.test(name);
}

function isMain(frame: StackFrame | undefined): boolean {
  return frame?.symbol !== undefined && plainSymbol(frame.symbol) === 'main';
}

/**
 * A symbol in the one form that all tools agree on: without its version (`malloc@@GLIBC_2.2.5`), without what the
 * compiler added for a copy (`f.isra.0`, `f [clone .cold]`), and, for a plain function, without its argument list.
 */
export function plainSymbol(symbol: string): string {
  const at = symbol.indexOf('@');
  let name = at > 0 && /^@@?[A-Z][\w.]*$/.test(symbol.slice(at)) ? symbol.slice(0, at) : symbol;
  for (let count = 0; count < 4 && COPY_SUFFIX.test(name); count++) name = name.replace(COPY_SUFFIX, '');
  // gcc's demangler writes "> >", LLVM's ">>".
  name = name.replaceAll('> >', '>>').replaceAll('> >', '>>');
  return /^[\w$]+\(.*\)$/.test(name) ? name.slice(0, name.indexOf('(')) : name;
}

// One of several at the end: a repeated group here would cost quadratic time on a hostile name.
const COPY_SUFFIX = /(?: \[clone [.\w]+\]| \(\.[.\w]+\)|\.(?:isra|part|constprop|cold|lto_priv|llvm)(?:\.\d+)?)$/;

/** `sensord+0x1234`, the words for a frame that has no name; undefined: its place in the module is not known. */
export function moduleOffset({ module, offset }: StackFrame): string | undefined {
  return module === undefined || offset === undefined ? undefined : `${baseName(module)}+0x${offset}`;
}

export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** `/usr/lib/libstdc++.so.6.0.30` → `libstdc++.so`: one tool follows the symbolic link, the other does not. */
function libraryName(path: string): string {
  return baseName(path).replace(/(?<=\.so)[.\d]+$/, '');
}
