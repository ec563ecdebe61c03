import type { VmaTable } from '../model/vma-table.js';
import type { PathInterner } from './path-interner.js';
import type { VmaHeader } from './vma-header.js';

const FIRST_ROWS = 256;

/**
 * Fills one VmaTable after the other, in the same arrays: a run reads millions of rows, and few tables are kept.
 */
export class VmaTableBuilder {
  readonly table: VmaTable;
  private capacity = FIRST_ROWS;
  /** All columns ever needed by this reader, by field name; `table.counters` has those of the snapshot at hand. */
  private readonly columns = new Map<string, Float64Array>();

  constructor(paths: PathInterner) {
    this.table = {
      count: 0,
      start: new Float64Array(FIRST_ROWS),
      end: new Float64Array(FIRST_ROWS),
      permissions: new Uint8Array(FIRST_ROWS),
      offset: new Float64Array(FIRST_ROWS),
      inode: new Float64Array(FIRST_ROWS),
      path: new Uint32Array(FIRST_ROWS),
      line: new Uint32Array(FIRST_ROWS),
      paths: paths.names,
      counters: new Map(),
    };
  }

  /** Begins a row; its counters are not set. Returns true where the arrays were made anew, larger. */
  addRow(header: VmaHeader, path: number, line: number): boolean {
    const grown = this.table.count === this.capacity;
    if (grown) this.grow();
    const { table } = this;
    const row = table.count++;
    table.start[row] = header.start;
    table.end[row] = header.end;
    table.permissions[row] = header.permissions;
    table.offset[row] = header.offset;
    table.inode[row] = header.inode;
    table.path[row] = path;
    table.line[row] = line;
    return grown;
  }

  /**
   * Adds `rows` rows as the arrays hold them from the snapshot before, but for their lines.
   *
   * @param lines how many lines each row of the table takes
   * @returns the line behind them
   */
  keepRows(rows: number, line: number, lines: Uint32Array): number {
    const { table } = this;
    const end = table.count + rows;
    for (let row = table.count; row < end; row++) {
      table.line[row] = line;
      line += lines[row] as number;
    }
    table.count = end;
    return line;
  }

  /** Moves what the arrays hold from the next row on by `by` rows, without the lines; what does not fit is lost. */
  moveRows(by: number): void {
    const { table, capacity } = this;
    const from = by < 0 ? table.count - by : table.count;
    const { start, end, permissions, offset, inode, path, counters } = table;
    for (const column of [start, end, permissions, offset, inode, path, ...counters.values()]) {
      column.copyWithin(from + by, from, capacity);
    }
  }

  /** The column of a counter, part of the snapshot at hand from now on; rows that were before it hold 0. */
  column(name: string): Float64Array {
    const { counters } = this.table;
    let column = counters.get(name);
    if (column) return column;
    column = this.columns.get(name);
    if (!column) {
      column = new Float64Array(this.capacity);
      this.columns.set(name, column);
    }
    column.fill(0, 0, this.table.count);
    counters.set(name, column);
    return column;
  }

  /** Takes the last row off again. */
  dropLastRow(): void {
    this.table.count--;
  }

  /** Ready for the next snapshot. The columns of the last one stay when it had the same fields. */
  clear(): void {
    this.table.count = 0;
  }

  /** Forgets the columns: the next snapshot may come from a kernel with other fields. */
  forgetColumns(): void {
    this.table.counters.clear();
  }

  private grow(): void {
    this.capacity *= 2;
    const { table, capacity } = this;
    const larger = (column: Float64Array): Float64Array => {
      const copy = new Float64Array(capacity);
      copy.set(column);
      return copy;
    };
    table.start = larger(table.start);
    table.end = larger(table.end);
    table.offset = larger(table.offset);
    table.inode = larger(table.inode);
    const permissions = new Uint8Array(capacity);
    permissions.set(table.permissions);
    table.permissions = permissions;
    const path = new Uint32Array(capacity);
    path.set(table.path);
    table.path = path;
    const line = new Uint32Array(capacity);
    line.set(table.line);
    table.line = line;
    for (const [name, column] of this.columns) {
      const copy = larger(column);
      this.columns.set(name, copy);
      if (table.counters.has(name)) table.counters.set(name, copy);
    }
  }
}
