import type { Sample } from '../../model/memory.js';
import { type Bytes, KIB } from '../../model/units.js';

/** The totals that smem prints of a process. */
export type SmemTotal = keyof Sample & ('swap' | 'uss' | 'pss' | 'rss' | 'vss');

/** What a column of smem's table of processes holds; `number` is one that memreport does not read. */
export type SmemColumn = SmemTotal | 'pid' | 'user' | 'command' | 'name' | 'number';

/** smem's headers, and those that the fork smem2 adds. */
export const SMEM_HEADERS: ReadonlyMap<string, SmemColumn> = new Map<string, SmemColumn>([
  ['PID', 'pid'],
  ['User', 'user'],
  ['Command', 'command'],
  ['Name', 'name'],
  ['Maps', 'number'],
  ['Swap', 'swap'],
  ['USS', 'uss'],
  ['PSS', 'pss'],
  ['RSS', 'rss'],
  ['VSS', 'vss'],
  ['SwapPss', 'number'],
  ['PssAnon', 'number'],
  ['PssFile', 'number'],
  ['PssShmem', 'number'],
  ['RssAnon', 'number'],
  ['RssFile', 'number'],
  ['RssShmem', 'number'],
]);

export function isTotal(column: SmemColumn): column is SmemTotal {
  return column === 'swap' || column === 'uss' || column === 'pss' || column === 'rss' || column === 'vss';
}

/** The width to which smem cuts a command; it cuts none only with -a and a wide terminal. */
export const COMMAND_WIDTH = 27;

/** A share of the whole memory (`-p`), or none (`N/A`, where there is no swap): says no amount. */
export const NO_AMOUNT = 'no amount';

/**
 * The bytes of one cell: `144` is KiB (or `unit` bytes), `144.0K` and `1.2G` carry their unit (`-k`).
 * `0.02%` and `N/A` are NO_AMOUNT; undefined where the cell is nothing that smem prints.
 */
export function smemAmount(cell: string, unit = KIB): Bytes | typeof NO_AMOUNT | undefined {
  if (cell === 'N/A') return NO_AMOUNT;
  const amount = AMOUNT.exec(cell)?.groups;
  if (!amount) return undefined;
  if (amount.suffix === '%') return NO_AMOUNT;
  const bytes = Math.round(Number(amount.digits) * (SUFFIXES[amount.suffix ?? ''] ?? unit));
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

// 144   144.0K   1.2G   0.02%
const AMOUNT = /^(?<digits>\d{1,15}(?:\.\d{1,6})?)(?<suffix>[KMGTP%])?$/;

const SUFFIXES: Readonly<Partial<Record<string, number>>> = {
  K: KIB,
  M: KIB ** 2,
  G: KIB ** 3,
  T: KIB ** 4,
  P: KIB ** 5,
};
