import type { StackFrame } from './leaks.js';
import type { Origin } from './origin.js';
import type { HexAddress, Instant } from './units.js';

/**
 * What the kernel itself printed about memory: its own sanitizers and leak detector, or the fault of a process.
 * It is told of the device, and never counts in a program's verdict.
 */
export interface KernelFinding {
  kind: 'kasan' | 'kmsan' | 'kcsan' | 'kfence' | 'kmemleak' | 'ubsan' | 'segfault';
  /** The kernel's own line, without its time stamp. */
  message: string;
  /** The task that it happened in. */
  command?: string;
  pid?: number;
  /** Seconds since boot from the line's time stamp, in milliseconds; no time of day. */
  sinceBoot?: Instant;
  address?: HexAddress;
  access?: 'read' | 'write' | 'execute';
  /** Bytes of the access, or of the unreferenced object. */
  size?: number;
  /** The bits of the page fault's error code (arch/x86/include/asm/trap_pf.h), for `segfault`. */
  faultBits?: { protection: boolean; write: boolean; user: boolean; reserved: boolean; instructionFetch: boolean };
  /** The object that the instruction pointer is in: `sensord[400000+1000]`. */
  module?: string;
  frames: StackFrame[];
  origin: Origin;
}
