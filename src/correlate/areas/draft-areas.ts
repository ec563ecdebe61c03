import { ANONYMOUS, ANONYMOUS_ARENA, ANONYMOUS_STACK, EXECUTE, type VmaTable, WRITE } from '../../model/vma-table.js';
import { categoriesOf } from './vma-categories.js';

/** An area while its VMAs are put together; addresses as numbers. */
export interface DraftArea {
  from: number;
  to: number;
  path: number;
  label: string;
  others: number;
  category: string;
  permissions: Set<number>;
  vmaCount: number;
  size: number;
  rss: number;
  privateBytes: number;
  writableCode: number;
  growth: number;
}

/** The VMAs of a table put together where they belong together, by address. */
export function draftsOf(table: VmaTable, growth: Float64Array | undefined): DraftArea[] {
  const categories = categoriesOf(table);
  const rows = rowsByAddress(table);
  const drafts: DraftArea[] = [];
  for (const row of rows) {
    const next = draftOf(table, row, categories[row] ?? '', growth?.[row] ?? 0);
    const open = drafts.at(-1);
    const beforeOpen = drafts.at(-2);
    if (open && isPartOf(next, open)) merge(open, next);
    else if (open && beforeOpen && isGapWithin(open, beforeOpen, next)) {
      merge(beforeOpen, open);
      merge(beforeOpen, next);
      drafts.pop();
    } else drafts.push(next);
  }
  return drafts;
}

/** Adds what `next`, which lies behind, holds. */
export function merge(area: DraftArea, next: DraftArea): void {
  if (area.category === 'guard') {
    area.category = next.category;
    area.label = next.label;
  }
  area.to = Math.max(area.to, next.to);
  for (const bits of next.permissions) area.permissions.add(bits);
  area.vmaCount += next.vmaCount;
  area.size += next.size;
  area.rss += next.rss;
  area.privateBytes += next.privateBytes;
  area.writableCode += next.writableCode;
  area.growth += next.growth;
}

/** Some tools print areas without addresses: those have no place. */
function rowsByAddress({ count, start, end }: VmaTable): number[] {
  const rows: number[] = [];
  let isSorted = true;
  for (let row = 0; row < count; row++) {
    const from = start[row] as number;
    if ((end[row] as number) <= from) continue;
    if (rows.length > 0 && from < (start[rows.at(-1) as number] as number)) isSorted = false;
    rows.push(row);
  }
  return isSorted ? rows : rows.sort((a, b) => (start[a] as number) - (start[b] as number));
}

function draftOf(table: VmaTable, row: number, category: string, growth: number): DraftArea {
  const from = table.start[row] as number;
  const to = table.end[row] as number;
  const path = table.path[row] as number;
  const permissions = table.permissions[row] as number;
  const counter = (name: string): number => table.counters.get(name)?.[row] ?? 0;
  const size = table.counters.get('Size')?.[row] ?? to - from;
  return {
    from,
    to,
    path,
    label: path === 0 ? (UNNAMED[category] ?? ANONYMOUS) : (table.paths[path] ?? ''),
    others: 0,
    category: IMAGE_PARTS.has(category) ? 'image' : category,
    permissions: new Set([permissions]),
    vmaCount: 1,
    size,
    rss: counter('Rss'),
    privateBytes: counter('Private_Dirty') + counter('Swap'),
    writableCode: (permissions & WRITE) !== 0 && (permissions & EXECUTE) !== 0 ? size : 0,
    growth,
  };
}

const UNNAMED: Readonly<Record<string, string>> = {
  'glibc-arena': ANONYMOUS_ARENA,
  'thread-stack': ANONYMOUS_STACK,
};

const IMAGE_PARTS: ReadonlySet<string> = new Set(['code', 'constants', 'relro', 'data', 'bss']);

/** Linkers leave holes of up to 2 MiB between the parts of a program. */
const MOST_BETWEEN_PARTS = 2 * 1024 * 1024;

function isPartOf(next: DraftArea, open: DraftArea): boolean {
  const between = next.from - open.to;
  // Hostile captures only: the kernel's VMAs never overlap.
  if (between < 0) return true;
  const isSameFile = next.path !== 0 && next.path === open.path;
  if (open.category === 'image' && isSameFile) return between <= MOST_BETWEEN_PARTS;
  if (between > 0) return false;
  if (open.category === 'image') return next.category === 'image' && next.path === 0;
  if (open.category === 'guard') return next.category === 'thread-stack' || next.category === 'stack';
  if (next.category !== open.category) return false;
  // The heap of an arena begins at a multiple of its size, the rest of it has no access.
  if (open.category === 'glibc-arena') return next.permissions.has(0);
  return open.category === 'vdso' || next.path === open.path;
}

/** Whether `gap` is address space without access between two parts of one file. */
function isGapWithin(gap: DraftArea, before: DraftArea, next: DraftArea): boolean {
  return (
    gap.category === 'reserved' &&
    before.category === 'image' &&
    next.path !== 0 &&
    next.path === before.path &&
    before.to === gap.from &&
    gap.to === next.from
  );
}
