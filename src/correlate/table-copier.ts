import { copyTable, type VmaTable } from '../model/vma-table.js';

/** Makes copies of readers' tables that name only what they hold, so that they are the same in every ledger. */
export class TableCopier {
  /** Number that a path has in the copy being made, by its number in the reader's list; 0: none yet. */
  private numbers = new Uint32Array(0);

  /** A copy of `table`, in the arrays of `spare` (a copy that nobody needs any more) where it fits. */
  copy(table: VmaTable, spare?: VmaTable): VmaTable {
    const copy = spare !== undefined && fits(table, spare) ? overwritten(spare, table) : copyTable(table);
    copy.paths = this.renumber(copy, table.paths);
    return copy;
  }

  private renumber({ path, count }: VmaTable, paths: readonly string[]): string[] {
    if (paths.length > this.numbers.length) this.numbers = new Uint32Array(2 * paths.length);
    const { numbers } = this;
    const used: number[] = [0];
    for (let row = 0; row < count; row++) {
      const old = path[row] as number;
      if (old === 0) continue;
      if (numbers[old] === 0) numbers[old] = used.push(old) - 1;
      path[row] = numbers[old] as number;
    }
    return used.map((old) => {
      numbers[old] = 0;
      return paths[old] ?? '';
    });
  }
}

function fits(table: VmaTable, spare: VmaTable): boolean {
  if (table.count > spare.start.length || table.counters.size !== spare.counters.size) return false;
  for (const name of table.counters.keys()) if (!spare.counters.has(name)) return false;
  return true;
}

function overwritten(spare: VmaTable, table: VmaTable): VmaTable {
  const { count } = table;
  spare.count = count;
  copyRows(spare.start, table.start, count);
  copyRows(spare.end, table.end, count);
  copyRows(spare.offset, table.offset, count);
  copyRows(spare.inode, table.inode, count);
  for (let row = 0; row < count; row++) {
    spare.permissions[row] = table.permissions[row] as number;
    spare.path[row] = table.path[row] as number;
    spare.line[row] = table.line[row] as number;
  }
  for (const [name, column] of table.counters) {
    const copy = spare.counters.get(name);
    if (copy) copyRows(copy, column, count);
  }
  return spare;
}

/** A process has few VMAs: a loop is faster than a view and `set` for each column. */
function copyRows(to: Float64Array, from: Float64Array, count: number): void {
  for (let row = 0; row < count; row++) to[row] = from[row] as number;
}
