import type { ByteWindow } from '../byte-window.js';
import type { VmaTableBuilder } from '../vma-table-builder.js';
import { readExpectedFields } from './smaps-expected-fields.js';
import { isOlderThanVmFlags, KNOWN_COUNTERS, MOST_FIELDS } from './smaps-fields.js';
import { KILOBYTES, KnownLayouts, layoutOf, type SeenField, type SmapsLayout } from './smaps-layout.js';

const NO_TEXT = Buffer.alloc(0);

/** The fields of the VMA at hand, the last row of the table, and those expected of it by the VMAs before. */
export class VmaFields {
  /** Whether a VMA of this file had the layout and was followed by another: until then it is a guess from elsewhere. */
  isConfirmed = false;
  /** Whether a VMA of the snapshot at hand left the layout: then its columns may differ from the next one's. */
  isIrregular = false;

  /** None until the first VMA has been read. */
  private layout: SmapsLayout = layoutOf([], false);
  private columns: (Float64Array | undefined)[] = [];
  private readonly layouts = new KnownLayouts();
  /** The counters of the snapshot at hand that the layout does not have: zero in each VMA that does not print them. */
  private unexpected: Float64Array[] = [];
  /** Index of the next expected field. */
  private step = 0;
  /** The fields met, where they differ from the layout or there is none yet. */
  private seen: SeenField[] | undefined;
  private carriageReturn = false;

  constructor(private readonly builder: VmaTableBuilder) {}

  /** Another VMA begins. */
  begin(): void {
    for (const column of this.unexpected) column[this.row] = 0;
    this.step = 0;
    this.seen = this.layout.steps === 0 ? [] : undefined;
  }

  /** Whether fields are expected of the VMA at hand. */
  get areMissing(): boolean {
    return this.step < this.layout.steps;
  }

  /** Whether the VMA at hand has the fields that were expected, in their order, and no others. */
  get areAsExpected(): boolean {
    return this.step === this.layout.steps && this.seen === undefined;
  }

  /** Takes the fields that stand where they are expected. */
  readExpected(window: ByteWindow, view: DataView): void {
    this.step = readExpectedFields(window, view, this.layout, this.columns, this.row, this.step);
  }

  /** A field that came the general way: the VMA leaves the layout, or teaches it. */
  note(name: string, line: Buffer, carriageReturn: boolean): void {
    const { layout } = this;
    if (this.seen === undefined) {
      // Only its shape differs (a number wider than eight columns): the order still holds.
      if (layout.names[this.step] === name && carriageReturn === layout.carriageReturn) {
        this.step++;
        return;
      }
      this.seen = this.leaveLayout();
      this.step = layout.steps;
    }
    this.carriageReturn = carriageReturn;
    this.seen.push({ name, text: Buffer.from(line.subarray(0, 40)) });
  }

  has(name: string): boolean {
    if (this.seen !== undefined) return this.seen.some((field) => field.name === name);
    const step = this.layout.names.indexOf(name);
    return step !== -1 && step < this.step;
  }

  get last(): string | undefined {
    return this.seen === undefined ? this.layout.names[this.step - 1] : this.seen.at(-1)?.name;
  }

  /** Whether a field that we do not know may be one of a vendor's kernel, rather than of the text after the snapshot. */
  takesUnknown(name: string): boolean {
    if (this.isConfirmed && this.layout.names.includes(name)) return true;
    if ((this.seen?.length ?? this.step) >= MOST_FIELDS || this.last === 'VmFlags') return false;
    if (this.isConfirmed && this.areComplete()) return false;
    const { counters } = this.builder.table;
    return counters.has(name) || counters.size < MOST_FIELDS;
  }

  /**
   * Whether the VMA at hand has all its fields: the one that kernels since 3.8 print last, or that the others of this
   * file have last. For the first VMA of a file without that one, its fields tell whether the kernel is older.
   */
  areComplete(): boolean {
    if (this.has('VmFlags')) return true;
    const { names } = this.layout;
    if (this.isConfirmed) return this.has(names.at(-1) ?? '');
    if (!this.has('Private_Dirty')) return false;
    return isOlderThanVmFlags(this.seen === undefined ? names.slice(0, this.step) : this.seen.map(({ name }) => name));
  }

  /** The VMA at hand is whole: the next one is expected to have its fields. Returns whether these are others. */
  settle(): boolean {
    if (this.seen === undefined && this.areMissing) {
      this.seen = this.leaveLayout();
      this.carriageReturn = this.layout.carriageReturn;
    }
    if (this.seen === undefined) return false;
    this.layout = this.layouts.of(this.seen, this.carriageReturn);
    // The first VMA of another kernel: what the snapshot before had is absent here, not zero.
    const { counters, count } = this.builder.table;
    if (count <= 1) for (const name of counters.keys()) if (!this.layout.names.includes(name)) counters.delete(name);
    this.bindColumns();
    return true;
  }

  /** Where the amounts of each field go; called where the table has other arrays than before. */
  bindColumns(): void {
    const { layout, builder } = this;
    this.columns = layout.names.map((name, step) =>
      layout.tail[step] === KILOBYTES || KNOWN_COUNTERS.has(name) ? builder.column(name) : undefined,
    );
    const expected = new Set(layout.names);
    this.unexpected = [...builder.table.counters].flatMap(([name, column]) => (expected.has(name) ? [] : [column]));
  }

  /** The snapshot is over. */
  end(): void {
    this.isIrregular = false;
    this.step = this.layout.steps;
    this.seen = undefined;
  }

  private get row(): number {
    return this.builder.table.count - 1;
  }

  /** The fields that the VMA has as expected, before it goes its own way. */
  private leaveLayout(): SeenField[] {
    this.isIrregular = true;
    const names = this.layout.names.slice(0, this.step);
    // Fields that this VMA does not print are not those of the row that used the arrays before.
    const printed = new Set(names);
    for (const [name, column] of this.builder.table.counters) if (!printed.has(name)) column[this.row] = 0;
    return names.map((name) => ({ name, text: NO_TEXT }));
  }
}
