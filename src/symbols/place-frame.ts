import { baseName, type StackFrame } from '../model/leaks.js';
import { VALGRIND_LOAD_ADDRESS } from '../model/load-address.js';
import type { VmaTable } from '../model/vma-table.js';
import type { ElfFile } from './elf-file.js';
import type { SymbolFile, SymbolFiles } from './symbol-files.js';

/** Where to look a frame up: a file, and the address in it as hexadecimal digits. */
export interface PlacedFrame {
  readonly file: SymbolFile;
  readonly address: string;
  /** Nothing tells where the module was loaded: it was taken to be where valgrind loads executables. */
  readonly isAssumed: boolean;
}

/** Why a frame has no such place. */
export interface Unplaced {
  readonly why: string;
  /** The file of the module's name has no code there: it is of another build, so it says nothing of other frames either. */
  readonly isMisfit: boolean;
}

/** What is known of where a process had its modules. */
export interface AddressSpace {
  /** Its VMAs, as far as they were captured. */
  readonly tables: readonly VmaTable[];
  /** Where the code of the module was mapped that the kernel names: `sensord[401000+1000]`. */
  readonly codeStart?: bigint;
}

/** Whether symbols could tell more of a frame: it has a place in a module, but no line. */
export function isUnresolved({ line, module, offset, address }: StackFrame): boolean {
  return line === undefined && module !== undefined && (offset !== undefined || address !== undefined);
}

/**
 * The file and address of an unresolved frame, or why they are not known.
 *
 * The tools print the address of the call, not of its return: sanitizers (StackTrace::GetPreviousInstructionPc) and
 * valgrind (m_stacktrace.c, "-1: refer calling insn, not the RA") have stepped back already. So it is taken as it is.
 *
 */
export function placeFrame(
  { module = '', buildId, offset = '', address = '' }: StackFrame,
  files: SymbolFiles,
  where: AddressSpace,
): PlacedFrame | Unplaced {
  const file = files.fileOf({ module, ...(buildId !== undefined && { buildId }) });
  if (typeof file === 'string') return { why: file, isMisfit: false };
  const told = hexValue(offset);
  const seen = hexValue(address);
  const load = told === undefined && seen !== undefined ? loadOf(file.elf, module, seen, where) : AS_LINKED;
  if (load === undefined) {
    const why = 'nothing tells where it was loaded: capture /proc/PID/maps of that process while it runs';
    return { why, isMisfit: false };
  }
  const within = told ?? (seen === undefined ? undefined : seen - load.bias);
  if (within === undefined || !isCode(file.elf, within)) {
    return { why: `${file.path} is of another build: it has no code at some of the addresses`, isMisfit: true };
  }
  return { file, address: within.toString(16), isAssumed: load.isAssumed };
}

/** What was added to a module's addresses when it was loaded. */
interface Load {
  readonly bias: bigint;
  readonly isAssumed: boolean;
}

const AS_LINKED: Load = { bias: 0n, isAssumed: false };

/** Undefined: nothing tells. */
function loadOf(elf: ElfFile, module: string, address: bigint, where: AddressSpace): Load | undefined {
  if (elf.isFixed) return AS_LINKED;
  if (where.codeStart !== undefined) {
    const [code, ...more] = elf.segments.filter(({ isCode }) => isCode);
    return code && more.length === 0 ? { bias: where.codeStart - pageOf(code.start), isAssumed: false } : undefined;
  }
  const start = moduleStart(module, address, where.tables);
  if (start !== undefined) return { bias: start - pageOf(elf.segments[0]?.start ?? 0n), isAssumed: false };
  const isPossible = elf.hasInterpreter && isCode(elf, address - VALGRIND_LOAD_ADDRESS);
  return isPossible ? { bias: VALGRIND_LOAD_ADDRESS, isAssumed: true } : undefined;
}

/** Where the beginning of the file is mapped that holds an address. */
function moduleStart(module: string, address: bigint, tables: readonly VmaTable[]): bigint | undefined {
  const wanted = baseName(module);
  for (const table of tables) {
    let begin: { readonly path: number; readonly start: bigint } | undefined;
    for (let row = 0; row < table.count; row++) {
      const path = table.path[row] ?? 0;
      const start = BigInt(table.start[row] ?? 0);
      if (table.offset[row] === 0) begin = { path, start };
      const holds = start <= address && address < BigInt(table.end[row] ?? 0);
      if (holds && begin?.path === path && baseName(table.paths[path] ?? '') === wanted) return begin.start;
    }
  }
  return undefined;
}

function isCode({ segments }: ElfFile, address: bigint): boolean {
  return segments.some(({ start, end, isCode }) => isCode && start <= address && address < end);
}

/** The kernel maps whole pages; 4 KiB is the least that a segment is aligned to. */
function pageOf(address: bigint): bigint {
  return address - (address % 4096n);
}

function hexValue(digits: string): bigint | undefined {
  return /^[0-9a-f]{1,16}$/i.test(digits) ? BigInt(`0x${digits}`) : undefined;
}
