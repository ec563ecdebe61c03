import type { Origin } from '../../model/origin.js';
import { visible } from '../../model/problem.js';
import type { KeptSnapshot } from '../../model/program.js';
import {
  ANONYMOUS,
  ANONYMOUS_ARENA,
  ANONYMOUS_STACK,
  EXECUTE,
  kindOf,
  permissionsText,
  type VmaTable,
  WRITE,
} from '../../model/vma-table.js';
import { AnonymousAreas, ARENA, OTHER, THREAD_STACK } from '../areas/anonymous-areas.js';

/** One VMA as the explanation of a fault needs it. */
export interface Area {
  readonly row: number;
  readonly start: bigint;
  readonly end: bigint;
  /** READ | WRITE | EXECUTE | SHARED. */
  readonly permissions: number;
  /** The kernel's name for it, else what it is by its neighbours. */
  readonly name: string;
  readonly role: 'heap' | 'arena' | 'stack' | 'code' | 'constants' | 'other';
  readonly origin: Origin;
}

/** The area that holds an address, else those around it. */
export interface Place {
  readonly at?: Area;
  readonly below?: Area;
  readonly above?: Area;
}

/** Where the upper half of 64 bits begins: it is the kernel's, with [vsyscall] in it. */
export const KERNEL_HALF = 2n ** 63n;

/**
 * Where valgrind puts the stack of the main thread on 64-bit processors, as unnamed memory; `[stack]` is its own.
 * Source: coregrind/m_aspacemgr/aspacemgr-linux.c, suggested_clstack_end
 */
export const VALGRIND_STACK_END = 0x1f_ff00_1000n;

/** The areas of a process at one instant, looked up by address. */
export class AddressSpace {
  private readonly table: VmaTable;
  private readonly roles: Uint8Array | undefined;

  constructor(
    private readonly snapshot: KeptSnapshot,
    private readonly underMemcheck: boolean,
  ) {
    this.table = snapshot.table;
    this.roles = new AnonymousAreas().rolesOf(snapshot.table);
  }

  placeOf(address: bigint): Place {
    const { table } = this;
    // VMAs begin at pages, and the address of a page fits in a double.
    const page = Number(address - (address % 4096n));
    let below = -1;
    let above = -1;
    for (let row = 0; row < table.count; row++) {
      const start = table.start[row] as number;
      const end = table.end[row] as number;
      // Some tools print areas without addresses.
      if (end <= start) continue;
      if (start <= page && page < end) return { at: this.area(row) };
      if (end <= page && (below < 0 || end > (table.end[below] as number))) below = row;
      if (start > page && (above < 0 || start < (table.start[above] as number))) above = row;
    }
    return { ...(below >= 0 && { below: this.area(below) }), ...(above >= 0 && { above: this.area(above) }) };
  }

  /** How many of the addresses are in areas that can be executed. */
  executable(addresses: readonly bigint[]): number {
    return addresses.filter((address) => ((this.placeOf(address).at?.permissions ?? 0) & EXECUTE) !== 0).length;
  }

  private area(row: number): Area {
    const { table, snapshot } = this;
    const pathname = table.paths[table.path[row] as number] ?? '';
    const permissions = table.permissions[row] as number;
    const role = this.roleOf(row, pathname, permissions);
    return {
      row,
      start: BigInt(table.start[row] as number),
      end: BigInt(table.end[row] as number),
      permissions,
      name: pathname === '' ? (UNNAMED[role] ?? ANONYMOUS) : pathname,
      role,
      origin: { file: snapshot.origin.file, line: table.line[row] as number },
    };
  }

  private roleOf(row: number, pathname: string, permissions: number): Area['role'] {
    const role = this.roles?.[row] ?? OTHER;
    if (role === ARENA) return 'arena';
    if (role === THREAD_STACK) return 'stack';
    if (this.underMemcheck && pathname === '' && this.table.end[row] === Number(VALGRIND_STACK_END)) return 'stack';
    const kind = kindOf(pathname, permissions);
    if (kind === 'heap' || kind === 'stack') return kind;
    if (kind !== 'file' || (permissions & WRITE) !== 0) return 'other';
    return (permissions & EXECUTE) === 0 ? 'constants' : 'code';
  }
}

const UNNAMED: Partial<Record<Area['role'], string>> = { arena: ANONYMOUS_ARENA, stack: ANONYMOUS_STACK };

/** `/opt/demo/a.out (r--p)`, for a sentence: names come from the target. */
export function nameAndPermissions({ name, permissions }: Area): string {
  return `${visible(name)} (${permissionsText(permissions)})`;
}
