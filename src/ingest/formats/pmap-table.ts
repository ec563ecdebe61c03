import type { VmaTable } from '../../model/vma-table.js';
import type { PathInterner } from '../path-interner.js';
import type { PmapHeader } from './pmap-header.js';
import type { PmapRow } from './pmap-lines.js';

/** A row with its line, and its numbers in bytes; NaN where the tool printed "-". */
export interface PlacedRow extends PmapRow {
  readonly line: number;
  readonly bytes: readonly number[];
}

/** Columns of -X and -XX that count no memory of the process. */
export const NO_COUNTERS: ReadonlySet<string> = new Set([
  'KernelPageSize',
  'MMUPageSize',
  'THPeligible',
  'ProtectionKey',
]);

/** The VMAs of one process, with a counter for each column that has a value in every row. */
export function tableOf(header: PmapHeader, rows: readonly PlacedRow[], paths: PathInterner): VmaTable {
  const counters = new Map<string, Float64Array>();
  for (const [index, name] of header.numbers.entries()) {
    const column = Float64Array.from(rows, (row) => row.bytes[index] ?? Number.NaN);
    if (!NO_COUNTERS.has(name) && !column.includes(Number.NaN)) counters.set(counterOf(header, name), column);
  }
  return {
    count: rows.length,
    start: Float64Array.from(rows, (row) => row.start),
    end: Float64Array.from(rows, (row) => row.start + (row.bytes[sizeIndex(header)] ?? 0)),
    permissions: Uint8Array.from(rows, (row) => row.permissions),
    offset: Float64Array.from(rows, (row) => row.offset ?? 0),
    inode: Float64Array.from(rows, (row) => row.inode ?? 0),
    path: Uint32Array.from(rows, (row) => paths.internText(row.mapping)),
    line: Uint32Array.from(rows, (row) => row.line),
    paths: paths.names,
    counters,
  };
}

/** Which of the number columns tells how large a mapping is. */
export function sizeIndex(header: PmapHeader): number {
  return header.numbers.indexOf(header.isExtended ? 'Size' : 'Kbytes');
}

/** The kernel's name of a counter. -X prints it itself; "Dirty" is a sum that the kernel has no name for. */
function counterOf(header: PmapHeader, name: string): string {
  if (header.isExtended) return name;
  // BusyBox has PSS and no RSS, and its Dirty is the private one.
  if (name === 'Dirty' && header.numbers.includes('PSS') && !header.numbers.includes('RSS')) return 'Private_Dirty';
  return COUNTERS[name] ?? name;
}

const COUNTERS: Readonly<Partial<Record<string, string>>> = { Kbytes: 'Size', RSS: 'Rss', PSS: 'Pss' };
