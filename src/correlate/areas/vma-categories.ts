import { categoryOfName } from '../../model/mapping-category.js';
import { EXECUTE, kindOf, READ, SHARED, type VmaTable, WRITE } from '../../model/vma-table.js';
import { AnonymousAreas, ARENA, GO_HEAPS, OTHER } from './anonymous-areas.js';

/**
 * Where AddressSanitizer of x86-64 keeps its shadow, and its heap.
 * Source: compiler-rt/lib/asan/asan_mapping.h, asan_allocator.h
 */
const SHADOW = { from: 0x7fff_7000, to: 0x1000_7fff_8000 };
/** With the lists of free blocks behind it. */
const ASAN_HEAP = { from: 0x6000_0000_0000, to: 0x6400_1000_0000 };

const ACCESS = READ | WRITE | EXECUTE;

/** The id of each VMA's category: by its name and permissions, of unnamed areas and parts of programs by its neighbours. */
export function categoriesOf(table: VmaTable): string[] {
  const roles = new AnonymousAreas().rolesOf(table);
  const images = imagePaths(table);
  const hasShadow = table.start.indexOf(SHADOW.from) !== -1;
  const byName = new Map<number, string>();
  const categories: string[] = [];
  for (let row = 0; row < table.count; row++) {
    const path = table.path[row] as number;
    const permissions = table.permissions[row] as number;
    const role = roles?.[row] ?? OTHER;
    if (role !== OTHER) categories.push(categoryOfRole(role, permissions));
    else if (path === 0) categories.push(categoryOfUnnamed(table, row, categories.at(-1), hasShadow));
    else {
      const slot = path * 256 + permissions;
      const named = byName.get(slot) ?? categoryOfName(table.paths[path] ?? '', permissions);
      byName.set(slot, named);
      categories.push(named === 'file' && images.has(path) ? partOfImage(table, row) : named);
    }
  }
  return categories;
}

/** Numbers of the paths of programs and libraries: of files, a part of which can be executed, or with such a name. */
export function imagePaths({ count, path, permissions, paths }: VmaTable): ReadonlySet<number> {
  const images = new Set<number>();
  for (let row = 0; row < count; row++) {
    const number = path[row] as number;
    if (number === 0 || images.has(number)) continue;
    const name = paths[number] ?? '';
    const isCode = ((permissions[row] as number) & EXECUTE) !== 0 && kindOf(name, 0) === 'file';
    if (isCode || LIBRARY.test(name)) images.add(number);
  }
  return images;
}

// /usr/lib/libc.so.6, /usr/lib/libz.so (deleted)
const LIBRARY = /\.so(?:\.\d+){0,4}(?: \(deleted\))?$/;

function categoryOfRole(role: number, permissions: number): string {
  if (role === ARENA) return 'glibc-arena';
  return permissions & ACCESS ? 'thread-stack' : 'guard';
}

function categoryOfUnnamed(table: VmaTable, row: number, before: string | undefined, hasShadow: boolean): string {
  const start = table.start[row] as number;
  const permissions = table.permissions[row] as number;
  if (hasShadow && start >= SHADOW.from && start < SHADOW.to) return 'asan-shadow';
  if (hasShadow && start >= ASAN_HEAP.from && start < ASAN_HEAP.to) return 'asan-heap';
  const isWritable = (permissions & (WRITE | EXECUTE | SHARED)) === WRITE;
  if (isWritable && GO_HEAPS.has(start)) return 'go-heap';
  const isBehind = row > 0 && table.end[row - 1] === start;
  if (isWritable && isBehind && before === 'data') return 'bss';
  if ((permissions & ACCESS) === 0 && isBehind && before === 'stack') return 'guard';
  return categoryOfName('', permissions);
}

/** Of the parts of a program, in the order in which they stand in the file. */
function partOfImage(table: VmaTable, row: number): string {
  const permissions = table.permissions[row] as number;
  if (permissions & EXECUTE) return 'code';
  if (permissions & WRITE) return permissions & SHARED ? 'file' : 'data';
  if ((permissions & READ) === 0) return 'reserved';
  return isRelro(table, row) ? 'relro' : 'constants';
}

/**
 * Whether the loader made the part read-only after it had written to it: it stands between other parts and the data,
 * and has copied pages; where a capture tells no pages, the part before is read-only as well.
 */
function isRelro(table: VmaTable, row: number): boolean {
  const { path, permissions, end, start, count, counters } = table;
  const isFirst = row === 0 || path[row - 1] !== path[row];
  const isBeforeData =
    row + 1 < count &&
    path[row + 1] === path[row] &&
    start[row + 1] === end[row] &&
    ((permissions[row + 1] as number) & WRITE) !== 0;
  if (isFirst || !isBeforeData) return false;
  const copied = counters.get('Anonymous') ?? counters.get('Private_Dirty');
  if (copied) return (copied[row] as number) + (counters.get('Swap')?.[row] ?? 0) > 0;
  return ((permissions[row - 1] as number) & (WRITE | EXECUTE)) === 0;
}
