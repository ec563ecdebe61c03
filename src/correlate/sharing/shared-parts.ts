import type { Bytes } from '../../model/units.js';
import { KIB } from '../../model/units.js';
import { kindOf, type MappingKind, READ, SHARED, type VmaTable, WRITE } from '../../model/vma-table.js';

/** What several processes may have in common of one file or one area of shared memory, as one process sees it. */
export interface SharedPart {
  /** The same in each process that maps it. */
  readonly key: string;
  readonly pathname: string;
  readonly kind: MappingKind;
  /** What one process writes, the others read. */
  readonly writable: boolean;
  size: Bytes;
  rss: Bytes;
  pss: Bytes;
  vmaCount: number;
  /** Pages that others map too: their RSS, and what they count for in PSS; absent where the capture does not tell. */
  shared?: { rss: Bytes; pss: Bytes };
}

/**
 * The parts of a snapshot that can be shared: what is only read of files (code and constants), files that are written
 * by all that map them, and shared memory with a name.
 */
export function sharedPartsOf(table: VmaTable): Map<string, SharedPart> {
  const { counters } = table;
  const size = counters.get('Size');
  const rss = counters.get('Rss');
  const pss = counters.get('Pss');
  const shared = ['Shared_Clean', 'Shared_Dirty'].map((name) => counters.get(name));
  const own = ['Private_Clean', 'Private_Dirty'].map((name) => counters.get(name));
  const tellsShared = [...shared, ...own].every((column) => column !== undefined);
  const parts = new Map<string, SharedPart>();
  for (let row = 0; row < table.count; row++) {
    const pathname = table.paths[table.path[row] as number] ?? '';
    const permissions = table.permissions[row] as number;
    const kind = kindOf(pathname, permissions);
    if (!isShareable(pathname, kind, permissions)) continue;
    const writable = (permissions & (WRITE | SHARED)) === (WRITE | SHARED);
    // The names of shared memory are not its identity: two programs may each have their own memfd:buffer.
    const inode = kind === 'shared-memory' ? table.inode[row] : 0;
    const key = `${pathname}\0${writable}\0${inode}`;
    let part = parts.get(key);
    if (part === undefined) {
      part = { key, pathname, kind, writable, size: 0, rss: 0, pss: 0, vmaCount: 0 };
      if (tellsShared) part.shared = { rss: 0, pss: 0 };
      parts.set(key, part);
    }
    part.size += size?.[row] ?? Math.max(0, (table.end[row] as number) - (table.start[row] as number));
    part.rss += rss?.[row] ?? 0;
    part.pss += pss?.[row] ?? 0;
    part.vmaCount++;
    if (part.shared === undefined) continue;
    part.shared.rss += sumAt(shared, row);
    part.shared.pss += Math.max(0, (pss?.[row] ?? 0) - sumAt(own, row));
  }
  return parts;
}

function isShareable(pathname: string, kind: MappingKind, permissions: number): boolean {
  if (kind === 'shared-memory') return pathname !== '' && (permissions & SHARED) !== 0;
  if (kind !== 'file') return false;
  return (permissions & SHARED) !== 0 || (permissions & (READ | WRITE)) === READ;
}

function sumAt(columns: readonly (Float64Array | undefined)[], row: number): Bytes {
  return columns.reduce((sum, column) => sum + (column?.[row] ?? 0), 0);
}

/**
 * By how many processes, on average, the shared pages are mapped: their RSS by their PSS, since a page that n processes
 * map counts for 1/n in each. One where no page is shared. The kernel cuts each Pss to whole kB: a whole number that
 * this rounding allows is taken; undefined where it allows almost any.
 * Source: https://docs.kernel.org/filesystems/proc.html
 */
export function impliedSharersOf({ rss, shared, vmaCount }: SharedPart): number | undefined {
  if (shared === undefined || rss === 0) return undefined;
  if (shared.rss === 0) return 1;
  const least = shared.rss / (shared.pss + vmaCount * KIB);
  if (shared.pss === 0) return undefined;
  const most = shared.rss / shared.pss;
  const whole = Math.floor(most + 1e-9);
  if (whole >= Math.max(2, least) && whole - least < 1) return whole;
  return most - least <= Math.max(0.5, most / 5) ? Math.max(1, Math.round(((most + least) / 2) * 10) / 10) : undefined;
}
