import { ANDROID_CATEGORIES } from './mapping-categories-android.js';
import { HEAP_CATEGORIES } from './mapping-categories-heaps.js';
import { LINUX_CATEGORIES } from './mapping-categories-linux.js';
import {
  ANONYMOUS,
  ANONYMOUS_ARENA,
  ANONYMOUS_STACK,
  EXECUTE,
  type MappingKind,
  READ,
  SHARED,
  WRITE,
} from './vma-table.js';

/** What belongs together: the colours of a drawing and the parts of a chart. */
export type CategoryFamily =
  | 'heap'
  | 'runtime'
  | 'stack'
  | 'anonymous'
  | 'image'
  | 'file'
  | 'shared'
  | 'device'
  | 'kernel'
  | 'reserved';

/** What an engineer of the platform calls a mapping; finer than its kind. */
export interface MappingCategory {
  /** Letters and "-" only: what `category` of a VMA says. */
  readonly id: string;
  readonly title: string;
  readonly family: CategoryFamily;
  readonly meaning: string;
  /** Where the name or the structure by which it is told is written down. */
  readonly source: string;
  /** Names that tell it, without the kernel's " (deleted)". Absent: told by permissions and neighbours. */
  readonly names?: RegExp;
  /** The row of Android's `dumpsys meminfo` that counts it; absent where Android counts it by another rule. */
  readonly dumpsys?: string;
}

/**
 * All categories. The order decides: the first whose names match. Android's come first and in the order in which
 * Android's own tools ask.
 */
export const MAPPING_CATEGORIES: readonly MappingCategory[] = [
  ...ANDROID_CATEGORIES,
  ...HEAP_CATEGORIES,
  ...LINUX_CATEGORIES,
];

const BY_ID = new Map(MAPPING_CATEGORIES.map((category) => [category.id, category]));

/** The category with this id; that of what nothing tells where there is none. */
export function categoryWithId(id: string): MappingCategory {
  return BY_ID.get(id) ?? UNTOLD;
}

/**
 * The id of the category that a VMA's name and permissions tell; neighbours may tell more of unnamed areas and of
 * the parts of a program.
 */
export function categoryOfName(pathname: string, permissions: number): string {
  if (pathname === '') return categoryOfUnnamed(permissions);
  const named = categoryWithName(pathname);
  if (named !== undefined) return named;
  if (/^(?:\/dev\/)?zero\b/.test(pathname)) return permissions & SHARED ? 'shared-anonymous' : 'anonymous';
  return pathname.startsWith('[') ? 'other-name' : 'file';
}

/** The id of the category of a mapping that was followed over time: all VMAs of one label. */
export function categoryOfMapping(label: string, kind: MappingKind, isProgramOrLibrary: boolean): string {
  if (label === ANONYMOUS_ARENA) return 'glibc-arena';
  if (label === ANONYMOUS_STACK) return 'thread-stack';
  if (label === ANONYMOUS) return kind === 'shared-memory' ? 'shared-anonymous' : 'anonymous';
  const category = categoryOfName(label, READ | WRITE | (kind === 'shared-memory' ? SHARED : 0));
  return isProgramOrLibrary && category === 'file' ? 'image' : category;
}

function categoryOfUnnamed(permissions: number): string {
  if (permissions & SHARED) return 'shared-anonymous';
  if ((permissions & (READ | WRITE | EXECUTE)) === 0) return 'reserved';
  return permissions & EXECUTE ? 'executable-anonymous' : 'anonymous';
}

/** The names of a night are a few thousand; each is asked for by every program that has it. */
const told = new Map<string, string | undefined>();
const MOST_TOLD = 10_000;

function categoryWithName(pathname: string): string | undefined {
  if (told.has(pathname)) return told.get(pathname);
  const name = pathname.endsWith(DELETED) ? pathname.slice(0, -DELETED.length) : pathname;
  const id = MAPPING_CATEGORIES.find(({ names }) => names?.test(name))?.id;
  if (told.size >= MOST_TOLD) told.clear();
  told.set(pathname, id);
  return id;
}

const DELETED = ' (deleted)';

const UNTOLD: MappingCategory = {
  id: 'other-name',
  title: 'other',
  family: 'anonymous',
  meaning: 'A category that this version of memreport does not know.',
  source: 'https://docs.kernel.org/filesystems/proc.html',
};
