import type { StackFrame } from './leaks.js';
import type { Origin } from './origin.js';
import type { Bytes, HexAddress, Instant } from './units.js';

/**
 * What the kernel itself printed about memory: its own sanitizers and leak detector, the fault of a process, or that it
 * ended one since memory ran out. It is told of the device; in a program's verdict only its end counts.
 */
export interface KernelFinding {
  kind: 'kasan' | 'kmsan' | 'kcsan' | 'kfence' | 'kmemleak' | 'ubsan' | 'segfault' | 'out-of-memory';
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
  /** What the process held that was ended, for `out-of-memory`. */
  held?: HeldMemory;
  /** Of the control group that was full, for `out-of-memory`; absent: the device was, or nothing tells. */
  limit?: Bytes;
  /** Those that held most memory then, the largest first, for `out-of-memory`. */
  tasks?: HoldingTask[];
  frames: StackFrame[];
  origin: Origin;
}

/** The memory of a process as it is told with its end. */
export interface HeldMemory {
  vss?: Bytes;
  rss?: Bytes;
  anonymous?: Bytes;
  file?: Bytes;
  shared?: Bytes;
}

export interface HoldingTask {
  pid: number;
  command: string;
  rss: Bytes;
}
