import { quote } from '../../model/problem.js';
import { KIB } from '../../model/units.js';
import { hexOf } from '../../model/vma-table.js';
import type { ByteWindow } from '../byte-window.js';
import type { Section, SectionReader } from '../format.js';
import { VmaHeader } from '../vma-header.js';
import { VmaTableBuilder } from '../vma-table-builder.js';
import { readExpectedFields } from './smaps-expected-fields.js';
import {
  amountOf,
  isCutField,
  isCutHeader,
  isFieldLine,
  isOlderThanVmFlags,
  isWord,
  KNOWN_COUNTERS,
  KNOWN_FIELDS,
  MOST_FIELDS,
} from './smaps-fields.js';
import { KILOBYTES, KnownLayouts, layoutOf, type SeenField, type SmapsLayout } from './smaps-layout.js';
import { RememberedVmas } from './smaps-repeats.js';
import { reportUnlikelyRss } from './smaps-rss.js';

const VMA_WITHOUT_HEADER = { found: 'a VMA without its header before it', line: 0 };
const NO_TEXT = Buffer.alloc(0);

const TAB = 9;
const RETURN = 13;
const SPACE = 32;
const COLON = 58;

/** Reads smaps from bytes: by the learned layout as far as that holds, else line by line. */
export class SmapsReader implements SectionReader {
  private readonly header = new VmaHeader();
  private view: DataView = new DataView(new ArrayBuffer(0));
  private buffer: Buffer = Buffer.alloc(0);
  private section: Section;

  private readonly builder: VmaTableBuilder;
  /** The fields expected of the VMA at hand; none until the first has been read. */
  private layout: SmapsLayout = layoutOf([], false);
  private columns: (Float64Array | undefined)[] = [];
  private readonly layouts = new KnownLayouts();
  private readonly remembered = new RememberedVmas();
  /** Where the VMA at hand begins in the buffer, as long as nothing but its text tells what its row holds; else -1. */
  private vmaFrom = -1;
  /** The counters of the snapshot at hand that the layout does not have: zero in each VMA that does not print them. */
  private unexpected: Float64Array[] = [];
  /** Whether a VMA of the snapshot at hand left the layout: then its columns may differ from the next one's. */
  private irregular = false;
  /** Whether a VMA of this file had the layout and was followed by another: until then it is a guess from elsewhere. */
  private isConfirmed = false;
  /** Index of the next expected field. */
  private step = 0;
  /** The fields of the VMA at hand, where they differ from the layout or there is none yet. */
  private seen: SeenField[] | undefined;
  private carriageReturn = false;

  private row = -1;
  private path = 0;
  private lastStart = -1;
  private firstLine = 0;
  /** What shows that VMAs of the snapshot at hand are lost, and at which line. */
  private loss: { readonly found: string; readonly line: number } | undefined;

  constructor(section: Section) {
    this.section = section;
    this.builder = new VmaTableBuilder(section.paths);
  }

  /** Begins another section with the arrays and layouts of the one before: the same kernel is likely. */
  reopen(section: Section): this {
    if (section.file !== this.section.file) this.isConfirmed = false;
    this.section = section;
    this.loss = isFieldLine(section.after ?? '') ? VMA_WITHOUT_HEADER : undefined;
    return this;
  }

  read(window: ByteWindow): void {
    if (this.buffer !== window.buffer) {
      this.buffer = window.buffer;
      this.view = new DataView(window.buffer.buffer, window.buffer.byteOffset, window.buffer.byteLength);
    }
    // What is left of a VMA from the window before is no longer in the buffer.
    this.vmaFrom = -1;
    while (window.position < window.end) {
      const { step, layout } = this;
      if (step < layout.steps) {
        this.step = readExpectedFields(window, this.view, layout, this.columns, this.row, step);
        if (this.step === layout.steps) this.rememberVma(window);
      }
      if (this.step === layout.steps && this.seen === undefined) this.takeRepeated(window);
      if (window.position >= window.end) return;
      if (!this.readLine(window)) return;
    }
  }

  private rememberVma({ position, line }: ByteWindow): void {
    const { row, vmaFrom } = this;
    if (vmaFrom < 0) return;
    this.remembered.remember(row, this.buffer, vmaFrom, position, line - (this.builder.table.line[row] as number));
  }

  /** Takes VMAs that stand as they stood in the snapshot before: the arrays still hold their rows. */
  private takeRepeated(window: ByteWindow): void {
    const { builder, remembered } = this;
    const { table } = builder;
    const from = table.count;
    const rows = remembered.repeatedAt(from, this.buffer, window.position, window.end);
    // An address that is not above the last one's begins the next snapshot.
    if (rows === 0 || (table.start[from] as number) <= this.lastStart) return;
    if (this.row < 0) this.beginSnapshot(window.line);
    this.isConfirmed ||= from + rows > 1;
    window.position += remembered.bytesOf(from, rows);
    window.line = builder.keepRows(rows, window.line, remembered.lines);
    this.row = table.count - 1;
    this.lastStart = table.start[this.row] as number;
    this.path = table.path[this.row] as number;
  }

  end(atEndOfFile: boolean): void {
    this.endSnapshot(atEndOfFile ? 'the end of the file' : 'other text');
  }

  /** Any line: a header, or a field that is not where it was expected. False: not a line of smaps. */
  private readLine(window: ByteWindow): boolean {
    const { buffer } = this;
    const from = window.position;
    const newline = window.lineEnd();
    const whole = newline < window.end;
    const to = newline > from && buffer[newline - 1] === RETURN ? newline - 1 : newline;
    if (this.header.read(buffer, from, to)) {
      if (!this.beginVma(from, to, window.line)) return false;
    } else {
      if (this.row < 0) return this.noteFieldWithoutHeader(from, to);
      const isField = this.readField(from, to, window.line, whole, to < newline);
      if (!isField && (whole || !this.isCutLine(from, to, window.line))) return false;
      // Behind what is expected, or a part of it that is not where it is expected.
      if (this.step === this.layout.steps) this.remembered.forget(this.row);
    }
    window.position = whole ? newline + 1 : newline;
    window.line++;
    return true;
  }

  private beginSnapshot(line: number): void {
    this.firstLine = line;
    if (this.loss) this.loss = { ...this.loss, line };
  }

  private beginVma(from: number, to: number, line: number): boolean {
    const { header, builder, buffer } = this;
    if (buffer[to - 1] === 93 && buffer[to - 8] === 91 && buffer.toString('latin1', to - 8, to) === '[rollup]') {
      return false;
    }
    if (this.row >= 0) {
      if (header.start <= this.lastStart) this.endSnapshot('the next snapshot');
      else {
        this.settleVma();
        this.isConfirmed = true;
      }
    }
    if (this.row < 0) this.beginSnapshot(line);
    const { start, end } = header;
    if (end <= start) {
      this.section.problem(
        'warning',
        'inverted-range',
        `expected an end above ${hexOf(start)}, found ${hexOf(end)}`,
        line,
      );
    }
    this.vmaFrom = end <= start ? -1 : from;
    const { paths } = this.section;
    if (!paths.equals(this.path, buffer, header.pathStart, to)) {
      // The arrays still hold the snapshot before: mostly the same process, with the same name in this row.
      const before = builder.table.path[builder.table.count] ?? 0;
      const isSame = paths.equals(before, buffer, header.pathStart, to);
      this.path = isSame ? before : paths.intern(buffer, header.pathStart, to);
    }
    const move = this.remembered.begin(builder.table, start, end);
    if (move !== 0) builder.moveRows(move);
    if (builder.addRow(header, this.path, line)) this.bindColumns();
    this.row = builder.table.count - 1;
    for (const column of this.unexpected) column[this.row] = 0;
    this.lastStart = start;
    this.step = 0;
    this.seen = this.layout.steps === 0 ? [] : undefined;
    return true;
  }

  /** Reads `Label:   123 kB` wherever it stands. False: not a field of this VMA. */
  private readField(from: number, to: number, line: number, whole: boolean, carriageReturn: boolean): boolean {
    const { buffer } = this;
    let at = from;
    while (at < to && isWord(buffer[at] as number)) at++;
    if (at === from || at >= to || buffer[at] !== COLON) return false;
    const name = buffer.toString('latin1', from, at);
    // status separates by a tab, smaps (but for THPeligible) never does: "Name:\tsensord" begins another file.
    if (buffer[at + 1] === TAB && name !== 'THPeligible') return false;
    if (name === 'Name') return this.nameVma(at + 1, to);
    if (this.hasField(name)) {
      this.loss ??= { found: `a second ${name}, of a VMA without its header`, line };
      return false;
    }
    if (!KNOWN_FIELDS.has(name) && !this.takesUnknown(name)) return false;
    if (name === 'VmFlags') {
      this.noteField(name, from, to, carriageReturn);
      return true;
    }
    const amount = amountOf(buffer.toString('latin1', at + 1, Math.min(to, at + 64)));
    if (!whole && amount?.unit !== 'kB') return true; // cut inside the number: the VMA stays incomplete
    if (!amount) {
      if (!KNOWN_FIELDS.has(name)) return false;
      this.vmaFrom = -1;
      const text = quote(buffer.toString('utf8', from, to));
      this.section.problem('error', 'bad-value', `expected ${name} in kB, found ${text}`, line);
    }
    this.noteField(name, from, to, carriageReturn);
    if (amount ? amount.unit === 'kB' || KNOWN_COUNTERS.has(name) : KNOWN_COUNTERS.has(name)) {
      this.builder.column(name)[this.row] = (amount?.value ?? 0) * KIB;
    }
    return true;
  }

  /** Whether a field that we do not know may be one of a vendor's kernel, rather than of the text after the snapshot. */
  private takesUnknown(name: string): boolean {
    if (this.isConfirmed && this.layout.names.includes(name)) return true;
    if (this.fieldCount() >= MOST_FIELDS || this.lastField() === 'VmFlags') return false;
    if (this.isConfirmed && this.isVmaComplete()) return false;
    return this.builder.table.counters.has(name) || this.builder.table.counters.size < MOST_FIELDS;
  }

  /** A VMA without its header cannot be used, but makes the snapshot less than whole. */
  private noteFieldWithoutHeader(from: number, to: number): false {
    if (isFieldLine(this.buffer.toString('latin1', from, Math.min(to, from + 128)))) this.loss = VMA_WITHOUT_HEADER;
    return false;
  }

  /** Whether the last line of a file, which has no newline, is the beginning of a line of smaps. */
  private isCutLine(from: number, to: number, line: number): boolean {
    const text = this.buffer.toString('latin1', from, Math.min(to, from + 128));
    if (!this.isVmaComplete()) return isCutField(text);
    if (!isCutHeader(text)) return false;
    this.loss ??= { found: 'the end of the file inside a line', line };
    return true;
  }

  /** Android prints the name of an anonymous area on a line of its own, after the header or at the block's end. */
  private nameVma(from: number, to: number): boolean {
    const { buffer } = this;
    let start = from;
    while (start < to && buffer[start] === SPACE) start++;
    const { table } = this.builder;
    if (start < to && table.path[this.row] === 0) table.path[this.row] = this.section.paths.intern(buffer, start, to);
    return true;
  }

  /** A field that came the general way: the VMA leaves the layout, or teaches it. */
  private noteField(name: string, from: number, to: number, carriageReturn: boolean): void {
    const { layout, buffer } = this;
    if (this.seen === undefined) {
      // Only its shape differs (a number wider than eight columns): the order still holds.
      if (layout.names[this.step] === name && carriageReturn === layout.carriageReturn) {
        this.step++;
        return;
      }
      this.irregular = true;
      this.seen = layout.names.slice(0, this.step).map((known) => ({ name: known, text: NO_TEXT }));
      this.clearCounters(this.step);
      this.step = layout.steps;
    }
    this.carriageReturn = carriageReturn;
    const text = Buffer.from(buffer.subarray(from, Math.min(to, from + 40)));
    this.seen.push({ name, text });
  }

  private hasField(name: string): boolean {
    if (this.seen !== undefined) return this.seen.some((field) => field.name === name);
    const step = this.layout.names.indexOf(name);
    return step !== -1 && step < this.step;
  }

  /** Fields that this VMA does not print are not those of the row that used the arrays before. */
  private clearCounters(fromStep: number): void {
    const before = new Set(this.layout.names.slice(0, fromStep));
    for (const [name, column] of this.builder.table.counters) if (!before.has(name)) column[this.row] = 0;
  }

  private fieldCount(): number {
    return this.seen === undefined ? this.step : this.seen.length;
  }

  private lastField(): string | undefined {
    return this.seen === undefined ? this.layout.names[this.step - 1] : this.seen.at(-1)?.name;
  }

  /**
   * Whether the VMA at hand has all its fields: the one that kernels since 3.8 print last, or that the others of this
   * file have last. For the first VMA of a file without that one, its fields tell whether the kernel is older.
   */
  private isVmaComplete(): boolean {
    if (this.hasField('VmFlags')) return true;
    const { names } = this.layout;
    if (this.isConfirmed) return this.hasField(names.at(-1) ?? '');
    if (!this.hasField('Private_Dirty')) return false;
    return isOlderThanVmFlags(this.seen === undefined ? names.slice(0, this.step) : this.seen.map(({ name }) => name));
  }

  /** The VMA at hand is whole: the next one is expected to have its fields. */
  private settleVma(): void {
    if (this.seen === undefined && this.step < this.layout.steps) {
      this.irregular = true;
      this.clearCounters(this.step);
      this.seen = this.layout.names.slice(0, this.step).map((name) => ({ name, text: NO_TEXT }));
      this.carriageReturn = this.layout.carriageReturn;
    }
    if (this.seen !== undefined) this.learn(this.seen);
  }

  /** From the fields of a VMA to those expected of the next. */
  private learn(seen: readonly SeenField[]): void {
    this.layout = this.layouts.of(seen, this.carriageReturn);
    // The first VMA of another kernel: what the snapshot before had is absent here, not zero.
    const { counters, count } = this.builder.table;
    if (count <= 1) for (const name of counters.keys()) if (!this.layout.names.includes(name)) counters.delete(name);
    this.remembered.forgetTo(this.row);
    this.bindColumns();
  }

  private bindColumns(): void {
    const { layout } = this;
    this.columns = layout.names.map((name, step) =>
      layout.tail[step] === KILOBYTES || KNOWN_COUNTERS.has(name) ? this.builder.column(name) : undefined,
    );
    const expected = new Set(layout.names);
    this.unexpected = [...this.builder.table.counters].flatMap(([name, column]) =>
      expected.has(name) ? [] : [column],
    );
  }

  private endSnapshot(by: string): void {
    if (this.row < 0) return;
    const { builder, section } = this;
    const { table } = builder;
    const isWhole = this.isVmaComplete();
    if (isWhole) {
      this.settleVma();
    } else {
      const found = `${by} after ${this.lastField() ?? 'the header'} of the VMA at ${hexOf(this.lastStart)}`;
      this.loss ??= { found, line: table.line[this.row] as number };
      builder.dropLastRow();
    }
    if (this.loss) {
      const { found, line } = this.loss;
      const message = `expected a whole snapshot, found ${found}: the VMAs that are whole are kept, but their totals are no sample`;
      section.problem('error', 'truncated-capture', message, line);
    }
    reportUnlikelyRss(table, section);
    if (table.count > 0) {
      const origin = { file: section.file, line: this.firstLine };
      section.emit({ type: 'snapshot', says: {}, origin, table, ...(this.loss && { truncated: true }) });
    }
    this.remembered.end(this.irregular || this.loss ? 0 : table.count);
    builder.clear();
    if (this.irregular || this.loss) {
      builder.forgetColumns();
      this.bindColumns();
    }
    this.irregular = false;
    this.loss = undefined;
    this.row = -1;
    this.lastStart = -1;
    this.step = this.layout.steps;
    this.seen = undefined;
  }
}
