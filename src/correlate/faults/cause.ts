import type { FaultCause, FaultKind } from '../../model/fault-cause.js';
import { quote, visible } from '../../model/problem.js';
import { EXECUTE, READ, WRITE } from '../../model/vma-table.js';
import { type Area, KERNEL_HALF, nameAndPermissions, type Place, VALGRIND_STACK_END } from './address-space.js';
import type { FaultedProcess } from './process.js';
import type { Fault } from './told.js';

const PAGE = 4096n;
/** vm.mmap_min_addr as most kernels have it: below, nothing is mapped. Source: security/Kconfig, DEFAULT_MMAP_MIN_ADDR */
const NULL_PAGE_END = 64n * 1024n;
/** The largest address and one: a null pointer less an offset comes from there. */
const END = 2n ** 64n;
/** The soft limit of a main thread's stack (`ulimit -s`), and the gap that the kernel keeps below (stack_guard_gap). */
const STACK_LIMIT = 8n * 1024n * 1024n;
const STACK_REACH = STACK_LIMIT + 1024n * 1024n;
/** What runs on behind the heap's end mostly ends on its first page; a heap may have grown since its last snapshot. */
const HEAP_REACH = 16n * 1024n * 1024n;
/** How far from the stack pointer an access is one of the stack. Source: compiler-rt, SignalContext::IsStackAccess */
const BELOW_STACK_POINTER = 512n;
const ABOVE_STACK_POINTER = 0xffffn;

/**
 * Decides as the kernel's fault handler does, whether the address was mapped and whether the access was permitted;
 * undefined: nothing is to be explained.
 */
export function causeOf(fault: Fault, process: FaultedProcess | undefined): FaultCause | undefined {
  const place = process?.last.placeOf(fault.address);
  return (
    sentSignal(fault) ??
    stackOverflow(fault, place) ??
    (place?.at ? mapped(fault, place.at) : undefined) ??
    nullPage(fault) ??
    kernelHalf(fault) ??
    forbidden(fault) ??
    (process && place && !place.at ? notMapped(fault, process, place) : undefined) ??
    (fault.isCrash ? undecided(fault) : undefined)
  );
}

/** Of a signal that a process sent, the place of the address holds the sender's pid and user. Source: siginfo_t */
function sentSignal({ address, pid, isCrash }: Fault): FaultCause | undefined {
  // A small address may be the offset from a null pointer as well.
  if (!isCrash || pid === undefined || address < PAGE || (address & 0xffff_ffffn) !== BigInt(pid)) return undefined;
  const user = address >> 32n;
  return cause(
    'unknown',
    `this is no address: process ${pid} of user ${user} sent itself the signal (raise, kill, abort)`,
  );
}

function stackOverflow(fault: Fault, place: Place | undefined): FaultCause | undefined {
  const isOpen = place?.at !== undefined && !permitsNothing(place.at);
  const ranOut = isAtStackPointer(fault) || isBelowMemchecksStack(fault);
  if (!fault.isStackOverflow && (isOpen || !ranOut)) return undefined;
  const stack = place?.at?.role === 'stack' ? place.at : place?.above?.role === 'stack' ? place.above : undefined;
  return overflowOf(fault, stack);
}

function isAtStackPointer({ address, access, stackPointer }: Fault): boolean {
  return (
    access !== 'execute' &&
    stackPointer !== undefined &&
    stackPointer >= NULL_PAGE_END &&
    address + BELOW_STACK_POINTER > stackPointer &&
    address < stackPointer + ABOVE_STACK_POINTER
  );
}

function isBelowMemchecksStack({ address, isCrash, underMemcheck }: Fault): boolean {
  const below = VALGRIND_STACK_END - address;
  // Valgrind keeps the last page that the limit would allow.
  return underMemcheck && isCrash && below > STACK_LIMIT - PAGE && below <= STACK_REACH;
}

function overflowOf(fault: Fault, stack: Area | undefined): FaultCause {
  const of = stack ? visible(stack.name) : 'the stack';
  const why = 'a recursion without end, or large local variables';
  return cause('stack-guard', `${does(fault)} below ${of}, beyond what it may grow to: ${why}`, stack);
}

/** Whether the area permits the access; one that nobody tells is taken for a read. */
function permitsAccess({ access = 'read' }: Fault, { permissions }: Area): boolean {
  return (permissions & BIT[access]) !== 0;
}

function permitsNothing({ permissions }: Area): boolean {
  return (permissions & (READ | WRITE | EXECUTE)) === 0;
}

const BIT = { read: READ, write: WRITE, execute: EXECUTE } as const;

function mapped(fault: Fault, area: Area): FaultCause | undefined {
  if (permitsNothing(area)) return reserved(fault, area);
  const where = `${nameAndPermissions(area)}, ${fromBeginning(fault, area)}`;
  if (fault.access === 'execute' && !permitsAccess(fault, area)) {
    return cause('execute-of-data', `jumps into ${where}: data, which must not be executed`, area);
  }
  const readOnly = (area.permissions & (READ | WRITE)) === READ;
  if (readOnly && (fault.access === 'write' || (fault.access === undefined && fault.isCrash && !fault.isBusError))) {
    const deduced = fault.access === undefined ? '; a read would have been permitted' : '';
    return cause(
      'write-to-readonly',
      `writes to ${where}: ${CONTENT[area.role] ?? 'it must not be written'}${deduced}`,
      area,
    );
  }
  if (!fault.isCrash) return undefined;
  if (!permitsAccess(fault, area)) return cause('unknown', `${does(fault)} in ${where}: it does not permit that`, area);
  if (fault.isBusError) {
    return cause('unknown', `${does(fault)} in ${where}: beyond the end of the mapped file, or not aligned`, area);
  }
  // What is mapped and permitted does not fault: the area has changed since.
  const kind = fault.forbidden === false ? 'freed-mapping' : 'unknown';
  return cause(kind, `${does(fault)} in ${where}: unmapped or protected since the snapshot, which has it`, area);
}

/** An area that permits nothing: behind a heap of malloc, below a stack, or for a purpose of the program. */
function reserved(fault: Fault, area: Area): FaultCause {
  if (area.role === 'stack') return overflowOf(fault, area);
  if (area.role === 'arena') return beyond(fault, area, fault.address - area.start);
  const where = `${nameAndPermissions(area)}, ${fromBeginning(fault, area)}`;
  return cause('unknown', `${does(fault)} in ${where}: a guard or a reserve, which permits nothing`, area);
}

function fromBeginning({ address }: Fault, { start }: Area): string {
  return `${hex(address - start)} bytes from its beginning`;
}

const CONTENT: Partial<Record<Area['role'], string>> = {
  code: 'code, which must not be written',
  constants: 'constants, which must not be written',
};

function nullPage(fault: Fault): FaultCause | undefined {
  const { address, access } = fault;
  if (address >= NULL_PAGE_END) return undefined;
  const pointer = access === 'execute' ? 'a null function pointer' : 'a null pointer';
  const where = access === 'execute' ? 'jumps to' : `${does(fault)} at`;
  if (address === 0n) return cause('null-page', `${where} address 0: ${pointer}`);
  const what =
    access === 'execute' ? 'a number taken for a function' : `${pointer}, with the offset of a field or an element`;
  return cause('null-page', `${where} ${hex(address)} in the null page: ${what}`);
}

function kernelHalf(fault: Fault): FaultCause | undefined {
  const { address } = fault;
  if (address < KERNEL_HALF) return undefined;
  const why =
    END - address <= NULL_PAGE_END
      ? `${hex(END - address)} bytes below address 0: a null pointer less an offset, or -1 as a pointer (MAP_FAILED)`
      : "in the kernel's half of the addresses: no pointer of a program";
  return cause('unmapped', `${does(fault)} ${why}`);
}

function notMapped(fault: Fault, process: FaultedProcess, { below, above }: Place): FaultCause {
  const { address } = fault;
  for (const space of process.earlier) {
    const { at } = space.placeOf(address);
    if (!at) continue;
    const where = `what was ${nameAndPermissions(at)} in an earlier snapshot, ${fromBeginning(fault, at)}`;
    return cause('freed-mapping', `${does(fault)} in ${where}, and is no longer mapped`, at);
  }
  if (above?.role === 'stack' && above.end - address <= STACK_REACH) return overflowOf(fault, above);
  if (below?.role === 'heap' && address - below.end < HEAP_REACH) return beyond(fault, below, address - below.end);
  const near = [below, above].flatMap((area) => (area && area.start < KERNEL_HALF ? area : []));
  const distances = near.map((area) =>
    area === below
      ? `${distance(address - area.end)} behind ${nameAndPermissions(area)}`
      : `${distance(area.start - address)} before ${nameAndPermissions(area)}`,
  );
  const statement = [`${does(fault)} where nothing is mapped`, ...distances].join(', ');
  return cause('unmapped', `${statement}${asText(address)}`, ...near);
}

/** A string that runs over a pointer leaves its letters there. */
function asText(address: bigint): string {
  const bytes: number[] = [];
  for (let rest = address; rest > 0n; rest >>= 8n) bytes.push(Number(rest & 0xffn));
  if (bytes.length < 4 || bytes.some((byte) => byte < 0x20 || byte > 0x7e)) return '';
  return `; its bytes read ${quote(String.fromCharCode(...bytes))}: perhaps a pointer that a string has overwritten`;
}

function beyond(fault: Fault, area: Area, by: bigint): FaultCause {
  const where = `${distance(by)} behind the end of ${visible(area.name)}`;
  return cause('beyond-heap', `${does(fault)} ${where}: an index or a length beyond the end of a block`, area);
}

function distance(bytes: bigint): string {
  return bytes === 0n ? 'right' : `${hex(bytes)} bytes`;
}

/** What the bits of the kernel's error code tell of an area that no snapshot has. */
function forbidden(fault: Fault): FaultCause | undefined {
  if (fault.forbidden !== true) return undefined;
  if (fault.access === 'write') {
    return cause('write-to-readonly', 'writes to a page that is there and must not be written: constants or code');
  }
  if (fault.access === 'execute') {
    return cause('execute-of-data', 'jumps to a page that is there and must not be executed: data');
  }
  const what = fault.access === undefined ? ": a write to constants or code, or the guard of a thread's stack" : '';
  return cause('unknown', `${does(fault)} a page that is there and does not permit it${what}`);
}

function undecided({ pid }: Fault): FaultCause {
  const whose = pid === undefined ? 'of this process' : `of process ${pid}`;
  return cause('unknown', `no snapshot ${whose} tells what was mapped: its smaps from shortly before would`);
}

function does({ access }: Fault): string {
  if (access === undefined) return 'accesses';
  return access === 'execute' ? 'jumps' : `${access}s`;
}

function cause(kind: FaultKind, statement: string, ...areas: readonly (Area | undefined)[]): FaultCause {
  const [area] = areas;
  const named = kind !== 'unmapped' && area !== undefined ? { mapping: area.name } : {};
  return { kind, ...named, statement, origins: areas.flatMap((one) => one?.origin ?? []) };
}

function hex(value: bigint): string {
  return `0x${value.toString(16)}`;
}
