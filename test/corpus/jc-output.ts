import type { Reading } from '../../src/ingest/format.js';
import { KIB } from '../../src/model/units.js';
import { vmaAt } from '../../src/model/vma-table.js';
import type { Comparison } from './difference.js';

/** A VMA as jc, another parser, prints it; its counters in kB stand beside these by the kernel's names. */
export interface JcVma {
  readonly start: string;
  readonly end: string;
  readonly perms: readonly string[];
  readonly offset: string;
  readonly inode: number;
  readonly pathname?: string;
  readonly [counter: string]: unknown;
}

/** Numbers beside the counters of a VMA: they are no kB. */
const NO_COUNTERS: ReadonlySet<string> = new Set(['inode', 'THPeligible']);
const PERMISSIONS = ['read', 'write', 'execute', 'shared'] as const;

/** Every field of every VMA, one by one. */
export function compareJcSmaps(truth: readonly JcVma[], readings: readonly Reading[], comparison: Comparison): void {
  const tables = readings.flatMap((reading) => (reading.type === 'snapshot' ? [reading.table] : []));
  comparison.same('snapshots', 1, tables.length);
  const [table] = tables;
  if (!table) return;
  comparison.same('VMAs', truth.length, table.count);
  for (const [row, told] of truth.entries()) {
    const { start, end, permissions, pathname } = vmaAt(table, row);
    const perms = PERMISSIONS.map((name) => (told.perms.includes(name) ? (name === 'execute' ? 'x' : name[0]) : '-'));
    const head = [told.start, told.end, perms.join('').replace(/-$/, 'p'), told.pathname ?? ''];
    comparison.same(`VMA ${row}`, head, [start, end, permissions, pathname]);
    const place = [Number.parseInt(told.offset, 16), told.inode];
    comparison.same(`place of VMA ${row}`, place, [table.offset[row], table.inode[row]]);
    const numbers = Object.entries(told).filter(([, value]) => typeof value === 'number');
    const printed = numbers.filter(([name]) => !NO_COUNTERS.has(name));
    comparison.same(`counters of VMA ${row}`, printed.length, table.counters.size);
    for (const [name, kilobytes] of printed)
      comparison.same(`${name} of VMA ${row}`, kilobytes, (table.counters.get(name)?.[row] ?? Number.NaN) / KIB);
  }
}
