import type { Bytes, HexAddress } from './units.js';

/** What backs a mapping. */
export type MappingKind = 'heap' | 'stack' | 'anonymous' | 'file' | 'shared-memory' | 'device' | 'kernel';

/** Bits of VmaTable.permissions. */
export const READ = 1;
export const WRITE = 2;
export const EXECUTE = 4;
export const SHARED = 8;

/**
 * The VMAs of one snapshot, in the order of the file: one array per field, one row per VMA.
 *
 * Arrays may be longer than `count`. A table that a format emits belongs to its reader, which uses the arrays
 * again: take what is needed before returning, or `copyTable`.
 */
export interface VmaTable {
  count: number;
  /** Exact: addresses are page aligned, so 64 bits of them fit in a double. */
  start: Float64Array;
  end: Float64Array;
  /** READ | WRITE | EXECUTE | SHARED. */
  permissions: Uint8Array;
  offset: Float64Array;
  inode: Float64Array;
  /** Index into `paths`; 0 is the empty path of an unnamed area. */
  path: Uint32Array;
  /** The 1-based line of each VMA's header. */
  line: Uint32Array;
  /** Names as the kernel prints them. Shared by all tables of a run; only grows. */
  paths: readonly string[];
  /**
   * Counters by the kernel's own field name (`Rss`, `Private_Dirty`, …), in bytes.
   * A counter that no VMA carries has no column: absent is not zero.
   */
  counters: Map<string, Float64Array>;
}

/** One row of a table, made only where somebody looks at it. Counters that are not known are absent. */
export interface Vma {
  start: HexAddress;
  end: HexAddress;
  permissions: string;
  pathname: string;
  kind: MappingKind;
  size?: Bytes;
  rss?: Bytes;
  pss?: Bytes;
  uss?: Bytes;
  swap?: Bytes;
}

export function emptyTable(): VmaTable {
  return {
    count: 0,
    start: new Float64Array(0),
    end: new Float64Array(0),
    permissions: new Uint8Array(0),
    offset: new Float64Array(0),
    inode: new Float64Array(0),
    path: new Uint32Array(0),
    line: new Uint32Array(0),
    paths: [''],
    counters: new Map(),
  };
}

/** A table of its own that holds exactly the rows of `table`. */
export function copyTable(table: VmaTable): VmaTable {
  const { count } = table;
  const counters = new Map<string, Float64Array>();
  for (const [name, column] of table.counters) counters.set(name, rowsOf(column, count));
  return {
    count,
    start: rowsOf(table.start, count),
    end: rowsOf(table.end, count),
    permissions: table.permissions.slice(0, count),
    offset: rowsOf(table.offset, count),
    inode: rowsOf(table.inode, count),
    path: table.path.slice(0, count),
    line: table.line.slice(0, count),
    paths: table.paths,
    counters,
  };
}

/** A process has few VMAs: for a column of them, a loop is twice as fast as `slice`. */
function rowsOf(column: Float64Array, count: number): Float64Array {
  const rows = new Float64Array(count);
  for (let row = 0; row < count; row++) rows[row] = column[row] as number;
  return rows;
}

/** A view of row `row`. */
export function vmaAt(table: VmaTable, row: number): Vma {
  const pathname = table.paths[table.path[row] as number] ?? '';
  const permissions = table.permissions[row] as number;
  const vma: Vma = {
    start: hexOf(table.start[row] as number),
    end: hexOf(table.end[row] as number),
    permissions: permissionsText(permissions),
    pathname,
    kind: kindOf(pathname, permissions),
  };
  const counter = (name: string): number | undefined => table.counters.get(name)?.[row];
  const privateClean = counter('Private_Clean');
  const privateDirty = counter('Private_Dirty');
  assignKnown(vma, {
    size: counter('Size') ?? Math.max(0, (table.end[row] as number) - (table.start[row] as number)),
    rss: counter('Rss'),
    pss: counter('Pss'),
    uss: privateClean === undefined || privateDirty === undefined ? undefined : privateClean + privateDirty,
    swap: counter('Swap'),
  });
  return vma;
}

/** Sets the properties of `known` that are not undefined: an absent counter stays absent. */
export function assignKnown<T extends object>(target: T, known: { [K in keyof T]?: T[K] | undefined }): T {
  for (const key of Object.keys(known) as (keyof T)[]) {
    const value = known[key];
    if (value !== undefined) target[key] = value;
  }
  return target;
}

/** An address as the kernel prints it: at least eight digits. */
export function hexOf(address: number): HexAddress {
  return BigInt(address).toString(16).padStart(8, '0');
}

/** `rw-p` and the like. */
export function permissionsText(bits: number): string {
  return (
    (bits & READ ? 'r' : '-') + (bits & WRITE ? 'w' : '-') + (bits & EXECUTE ? 'x' : '-') + (bits & SHARED ? 's' : 'p')
  );
}

/**
 * What backs a mapping, judged by the name that the kernel gives it.
 *
 * Source: fs/proc/task_mmu.c (names in brackets), ipc/shm.c (SYSV), mm/shmem.c (memfd, /dev/zero),
 * Android's ashmem and dma-buf names.
 */
export function kindOf(pathname: string, permissions: number): MappingKind {
  if (pathname === '') return permissions & SHARED ? 'shared-memory' : 'anonymous';
  if (pathname.startsWith('[')) {
    if (pathname === '[heap]') return 'heap';
    if (pathname.startsWith('[stack') || pathname.startsWith(THREAD_STACK_NAME)) return 'stack';
    if (pathname.startsWith('[anon_shmem:')) return 'shared-memory';
    if (pathname.startsWith('[anon')) return 'anonymous';
    if (KERNEL_NAMES.test(pathname)) return 'kernel';
  }
  if (SHARED_MEMORY_NAMES.test(pathname)) return 'shared-memory';
  if (pathname.startsWith('/dev/zero')) return permissions & SHARED ? 'shared-memory' : 'anonymous';
  if (pathname.startsWith('/anon_hugepage')) return 'anonymous';
  if (DEVICE_NAMES.test(pathname)) return 'device';
  return 'file';
}

const KERNEL_NAMES = /^\[(?:vdso|vvar\w*|vsyscall|vectors|sigpage|uprobes|kuser\w*|rollup)\]$/;
// pmap prints base names: memfd:NAME, zero (deleted).
const SHARED_MEMORY_NAMES =
  /^(?:\/?memfd:|\[shmid=|zero \(deleted\)$|\/SYSV[0-9a-f]{8}\b|\/dev\/shm\/|\/dev\/ashmem\b|\/dmabuf:|anon_inode:dmabuf)/;
const DEVICE_NAMES = /^(?:\/dev\/|anon_inode:|socket:)/;

/**
 * The name under which a mapping is followed over time: addresses move, names do not. Where programs number their
 * shared memory (`/dev/shm/seg-17`), each run of digits and each hexadecimal part is written `*`: one group.
 */
export function mappingLabel(pathname: string): string {
  if (pathname === '') return ANONYMOUS;
  // Kernels 3.4 to 4.4 and Android print the thread that a stack belongs to; threads come and go.
  if (pathname.startsWith('[stack:')) return '[stack]';
  if (pathname.startsWith(THREAD_STACK_NAME)) return `${THREAD_STACK_NAME}]`;
  return kindOf(pathname, SHARED) === 'shared-memory' ? pathname.replace(NUMBERED, '*') : pathname;
}

const THREAD_STACK_NAME = '[anon:stack_and_tls';
// A part between other than letters and digits that is hexadecimal and has a digit, a System V key, or digits anywhere.
const NUMBERED = /(?<![0-9a-z])(?=[a-f]*\d)[0-9a-f]+(?![0-9a-z])|(?<=^\/SYSV)[0-9a-f]{8}|\d+/gi;

/** The unnamed anonymous areas of a process, followed as one group, less those that their neighbours tell more of. */
export const ANONYMOUS = '[anonymous]';
/** The heaps that malloc of glibc keeps for threads. */
export const ANONYMOUS_ARENA = '[anonymous: arena]';
export const ANONYMOUS_STACK = '[anonymous: thread stack]';
