import type { KernelFindingReport } from '../../model/analysis.js';
import type { MemoryError, StackFrame } from '../../model/leaks.js';
import type { ProgramError } from '../../model/program.js';
import { assignKnown } from '../../model/vma-table.js';

/** An access that failed, as its teller describes it. */
export interface Fault {
  readonly address: bigint;
  readonly access?: NonNullable<MemoryError['access']>;
  /** The process; where the kernel tells it, the thread. */
  readonly pid?: number;
  readonly stackPointer?: bigint;
  /** Places where code ran, without the address itself. */
  readonly code: readonly bigint[];
  /** Whether a page was there and forbade the access; absent: not told. */
  readonly forbidden?: boolean;
  /** The tool itself says that the stack ran out. */
  readonly isStackOverflow: boolean;
  /** A bus error: the address is mapped, but nothing is behind it. */
  readonly isBusError: boolean;
  /** Memcheck also complains of accesses that the kernel permits. */
  readonly isCrash: boolean;
  /** Memcheck runs the program on a stack of its own. */
  readonly underMemcheck: boolean;
}

const SANITIZER_CRASHES: ReadonlySet<string> = new Set(['SEGV', 'BUS', 'stack-overflow']);
const MEMCHECK_ACCESSES: ReadonlySet<string> = new Set(['invalid-read', 'invalid-write', 'jump-to-invalid']);

/**
 * The fault that an error of memcheck or a sanitizer is; undefined: it is none, or its address is a place in a block
 * that the tool knows better.
 */
export function faultOfError(error: ProgramError, others: readonly ProgramError[]): Fault | undefined {
  const { tool, kind, message, pid, frames, reason } = error;
  if (error.address === undefined || error.related.some(({ title }) => HEAP_BLOCK.test(title))) return undefined;
  const isCrash = tool === 'memcheck' ? isFatal(error) : SANITIZER_CRASHES.has(kind);
  if (!isCrash && !(tool === 'memcheck' && MEMCHECK_ACCESSES.has(kind))) return undefined;
  const address = numberOf(error.address) & (tool === 'hwasan' ? UNTAGGED : ALL_BITS);
  const counter = registerIn(message, PROGRAM_COUNTER) ?? codeAt(frames[0]);
  const access = error.access ?? accessOfSame(error, others);
  return assignKnown<Fault>(
    {
      address,
      code: frames.flatMap((frame) => codeAt(frame) ?? []).filter((place) => place !== address),
      isStackOverflow: kind === 'stack-overflow' || reason === 'stack-overflow',
      isBusError: kind === 'BUS' || message.includes('(SIGBUS)'),
      isCrash,
      underMemcheck: tool === 'memcheck',
    },
    // AddressSanitizer calls the fetch of an instruction a READ on some processors.
    {
      pid,
      access: counter === address ? 'execute' : access,
      stackPointer: registerIn(message, STACK_POINTER),
      forbidden: reason === undefined || reason === 'stack-overflow' ? undefined : reason === 'not-permitted',
    },
  );
}

/** The fault of a process that the kernel logged; undefined: its line tells no address. */
export function faultOfFinding(finding: KernelFindingReport): Fault | undefined {
  const { kind, message, pid, access, faultBits } = finding;
  if (kind !== 'segfault' || finding.address === undefined) return undefined;
  const address = numberOf(finding.address);
  const counter = registerIn(message, PROGRAM_COUNTER);
  return assignKnown<Fault>(
    {
      address,
      code: counter === undefined || counter === address ? [] : [counter],
      isStackOverflow: false,
      isBusError: false,
      isCrash: true,
      underMemcheck: false,
    },
    {
      pid,
      access: access ?? (counter === address ? 'execute' : undefined),
      stackPointer: registerIn(message, STACK_POINTER),
      forbidden: faultBits?.protection,
    },
  );
}

// "0x4a51040 is 0 bytes after a block of size 65,536 alloc'd", "is 8 bytes inside a block of size 48 free'd"
const HEAP_BLOCK = /\ba (?:[\w-]{1,30} )?block of size \d/;

const UNTAGGED = 0x00ff_ffff_ffff_ffffn;
const ALL_BITS = 0xffff_ffff_ffff_ffffn;

// "(pc 0x55bbd795f373 bp 0x7ffcc0b444c0 sp 0x7ffcc0b444b0 T0)", "ip 0000555a2f4d0371 sp 00007fff36eade30 error 6"
const PROGRAM_COUNTER = /[ (](?:pc 0x|[er]?ip:? ?)([0-9a-f]{1,16})\b/;
const STACK_POINTER = /[ (](?:sp 0x|[er]?sp:? ?)([0-9a-f]{1,16})\b/;

function registerIn(message: string, register: RegExp): bigint | undefined {
  const digits = register.exec(message)?.[1];
  return digits === undefined ? undefined : numberOf(digits);
}

function isFatal({ kind, message }: ProgramError): boolean {
  return kind === 'fatal-signal' && /\(SIG(?:SEGV|BUS)\)/.test(message);
}

/** Memcheck tells the access first, then that it was fatal. */
function accessOfSame({ pid, address }: ProgramError, others: readonly ProgramError[]): Fault['access'] {
  return others.find((other) => other.pid === pid && other.address === address && other.access !== undefined)?.access;
}

function codeAt(frame: StackFrame | undefined): bigint | undefined {
  return /^[0-9a-f]{1,16}$/i.test(frame?.address ?? '') ? numberOf(frame?.address ?? '') : undefined;
}

function numberOf(digits: string): bigint {
  return BigInt(`0x${digits}`);
}
