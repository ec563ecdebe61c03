import { EXECUTE, READ, SHARED, type VmaTable, WRITE } from '../../model/vma-table.js';

/** What an unnamed area is, by the areas around it. OTHER: nothing around it says. */
export const OTHER = 0;
export const ARENA = 1;
export const THREAD_STACK = 2;
export type AreaRole = typeof OTHER | typeof ARENA | typeof THREAD_STACK;

const KIB = 1024;
const MIB = 1024 * KIB;
const ALL = READ | WRITE | EXECUTE | SHARED;
const WRITABLE = READ | WRITE;

/** HEAP_MAX_SIZE of glibc's malloc/arena.c: each heap of a thread's arena begins and ends at a multiple of it. */
const HEAP_MAX = 64 * MIB;
const HEAP_MAX_32_BIT = MIB;
const END_OF_32_BIT = 2 ** 32;

/**
 * Where the runtime of Go asks for its heap first (on arm64 and elsewhere): areas of 64 MiB as well, committed from
 * their beginning. Source: go/src/runtime/malloc.go, mallocinit
 */
export const GO_HEAPS: ReadonlySet<number> = new Set([0x40_0000_0000, 0xc0_0000_0000]);

const LEAST_GUARD = 4 * KIB;
const MOST_GUARD = 64 * KIB;

/**
 * Sizes that runtimes give the stack of a thread that asks for none: the soft limit of `ulimit -s` for glibc (8 MiB,
 * 10 MiB on some distributions), 2 MiB for Rust and 1 MiB for Java. A stack of another size looks like any block that
 * a program maps between guard pages.
 */
const STACK_SIZES: readonly number[] = [8 * MIB, 10 * MIB, 2 * MIB, MIB];

/** Kernels before 6.7 merge a stack with areas that were mapped right above it later. */
const MOST_MERGED = MIB;

/** musl: guards of 8 KiB, stacks of 128 KiB with a page for the thread's own data. Source: musl src/thread/pthread_create.c */
const MUSL_GUARD = 8 * KIB;
const MUSL_STACK = 132 * KIB;

/**
 * Tells malloc arenas and thread stacks from other unnamed areas, by the structure of the whole table:
 *
 *     7f589c000000-7f589c021000 rw-p      a heap of an arena: aligned, and filled up …
 *     7f589c021000-7f58a0000000 ---p      … to the next multiple of 64 MiB
 *     7f58b1084000-7f58b1085000 ---p      the guard of a thread's stack …
 *     7f58b1085000-7f58b1885000 rw-p      … and the stack, which grows down towards it
 *
 * A heap without anything left has no second area; it counts where another heap proves that there are arenas.
 */
export class AnonymousAreas {
  private roles = new Uint8Array(0);

  /** The role of each row, valid until the next call; undefined where all are OTHER. */
  rolesOf(table: VmaTable): Uint8Array | undefined {
    const { count, path, permissions } = table;
    const heapMax = (table.end[count - 1] ?? 0) > END_OF_32_BIT ? HEAP_MAX : HEAP_MAX_32_BIT;
    let found = false;
    let hasArenas = false;
    for (let row = 0; row < count; row++) {
      if (permissions[row] !== 0 || path[row] !== 0) continue;
      const role = isHeapRest(table, row, heapMax) ? ARENA : isGuard(table, row) ? THREAD_STACK : OTHER;
      if (role === OTHER) continue;
      if (!found) this.clear(count);
      found = true;
      hasArenas ||= role === ARENA;
      this.roles[row] = role;
      this.roles[role === ARENA ? row - 1 : row + 1] = role;
    }
    if (hasArenas) this.addFullHeaps(table, heapMax);
    return found ? this.roles : undefined;
  }

  private addFullHeaps(table: VmaTable, heapMax: number): void {
    for (let row = 0; row < table.count; row++) {
      if (this.roles[row] === OTHER && isHeapStart(table, row, heapMax) && (table.end[row] as number) % heapMax === 0) {
        this.roles[row] = ARENA;
      }
    }
  }

  private clear(count: number): void {
    if (count > this.roles.length) this.roles = new Uint8Array(2 * count);
    else this.roles.fill(OTHER, 0, count);
  }
}

/** Whether the row is the unused rest of the heap in the row before. */
function isHeapRest(table: VmaTable, row: number, heapMax: number): boolean {
  const from = table.start[row] as number;
  if (table.end[row] !== Math.ceil(from / heapMax) * heapMax || table.end[row - 1] !== from) return false;
  return isHeapStart(table, row - 1, heapMax);
}

function isHeapStart(table: VmaTable, row: number, heapMax: number): boolean {
  const from = table.start[row] as number;
  return isWritable(table, row) && from % heapMax === 0 && !GO_HEAPS.has(from);
}

/** Whether the row is the guard of a stack in the row after. */
function isGuard(table: VmaTable, row: number): boolean {
  const from = table.start[row] as number;
  const to = table.end[row] as number;
  const guard = to - from;
  if (guard < LEAST_GUARD || guard > MOST_GUARD || row + 1 >= table.count || table.start[row + 1] !== to) return false;
  return isWritable(table, row + 1) && isStackSize((table.end[row + 1] as number) - to, guard);
}

/** A guard may be a part of the size, or beside it. */
function isStackSize(size: number, guard: number): boolean {
  if (guard === MUSL_GUARD && size === MUSL_STACK) return true;
  const [usual = 0] = STACK_SIZES;
  if (size >= usual - guard && size <= usual + MOST_MERGED) return true;
  return STACK_SIZES.some((whole) => size === whole || size + guard === whole);
}

function isWritable({ path, permissions }: VmaTable, row: number): boolean {
  return path[row] === 0 && ((permissions[row] as number) & ALL) === WRITABLE;
}
