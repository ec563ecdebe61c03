import { quote } from '../../model/problem.js';
import { KIB } from '../../model/units.js';
import { hexOf } from '../../model/vma-table.js';
import type { ByteWindow } from '../byte-window.js';
import type { Section, SectionReader } from '../format.js';
import { VmaHeader } from '../vma-header.js';
import { VmaTableBuilder } from '../vma-table-builder.js';
import {
  amountOf,
  isCutField,
  isCutHeader,
  isFieldLine,
  isWord,
  KNOWN_COUNTERS,
  KNOWN_FIELDS,
} from './smaps-fields.js';
import { RememberedVmas } from './smaps-repeats.js';
import { reportUnlikelyRss } from './smaps-rss.js';
import { VmaFields } from './smaps-vma-fields.js';

/** A number, with what somebody has remarked behind it. */
const LONGEST_VALUE = 256;
const VMA_WITHOUT_HEADER = { found: 'a VMA without its header before it', line: 0 };

const TAB = 9;
const RETURN = 13;
const SPACE = 32;
const COLON = 58;
const CLOSING_BRACKET = 93;

/** Reads smaps from bytes: by the learned layout as far as that holds, else line by line. */
export class SmapsReader implements SectionReader {
  private readonly header = new VmaHeader();
  private view: DataView = new DataView(new ArrayBuffer(0));
  private buffer: Buffer = Buffer.alloc(0);
  private section: Section;

  private readonly builder: VmaTableBuilder;
  private readonly fields: VmaFields;
  private readonly remembered = new RememberedVmas();
  /** Where the VMA at hand begins in the buffer, as long as nothing but its text tells what its row holds; else -1. */
  private vmaFrom = -1;

  private path = 0;
  private lastStart = -1;
  private firstLine = 0;
  /** What shows that VMAs of the snapshot at hand are lost, and at which line. */
  private loss: { readonly found: string; readonly line: number } | undefined;

  constructor(section: Section) {
    this.section = section;
    this.builder = new VmaTableBuilder(section.paths);
    this.fields = new VmaFields(this.builder);
  }

  /** Begins another section with the arrays and layouts of the one before: the same kernel is likely. */
  reopen(section: Section): this {
    if (section.file !== this.section.file) this.fields.isConfirmed = false;
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
    const { fields } = this;
    while (window.position < window.end) {
      if (fields.areMissing) {
        fields.readExpected(window, this.view);
        if (!fields.areMissing) this.rememberVma(window);
      }
      if (fields.areAsExpected) this.takeRepeated(window);
      if (window.position >= window.end) return;
      if (!this.readLine(window)) return;
    }
  }

  private rememberVma({ position, line }: ByteWindow): void {
    const { row, vmaFrom } = this;
    if (vmaFrom < 0) return;
    const lines = line - (this.builder.table.line[row] as number);
    this.remembered.remember(row, this.buffer, vmaFrom, position, lines);
  }

  /** Takes VMAs that stand as they stood in the snapshot before: the arrays still hold their rows. */
  private takeRepeated(window: ByteWindow): void {
    const { builder, remembered } = this;
    const { table } = builder;
    const from = table.count;
    const rows = remembered.repeatedAt(from, this.buffer, window.position, window.end);
    // An address that is not above the last one's begins the next snapshot.
    if (rows === 0 || (table.start[from] as number) <= this.lastStart) return;
    if (this.row < 0) this.beginSnapshot(table.start[from] as number, window.line);
    this.fields.isConfirmed ||= from + rows > 1;
    window.position += remembered.bytesOf(from, rows);
    window.line = builder.keepRows(rows, window.line, remembered.lines);
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
    if (this.header.read(buffer, from, window.end)) return this.beginVma(window);
    const newline = window.lineEnd();
    const whole = newline < window.end;
    const to = newline > from && buffer[newline - 1] === RETURN ? newline - 1 : newline;
    if (this.row < 0) return this.noteFieldWithoutHeader(from, to);
    const isField = this.readField(from, to, window.line, whole, to < newline);
    if (!isField && (whole || !this.isCutLine(from, to, window.line))) return false;
    // Behind what is expected, or a part of it that is not where it is expected.
    if (!this.fields.areMissing) this.remembered.forget(this.row);
    window.position = whole ? newline + 1 : newline;
    window.line++;
    return true;
  }

  private beginSnapshot(start: number, line: number): void {
    this.remembered.beginSnapshot(start);
    this.firstLine = line;
    if (this.loss) this.loss = { ...this.loss, line };
  }

  /** Takes the line of the header that was read. False: it is that of a rollup. */
  private beginVma(window: ByteWindow): boolean {
    const { header, builder } = this;
    const { start, end } = header;
    const { line } = window;
    const to = this.readPath(window);
    if (to === -1) return false;
    if (this.row >= 0) {
      if (start <= this.lastStart) this.endSnapshot('the next snapshot');
      else {
        this.settleVma();
        this.fields.isConfirmed = true;
      }
    }
    if (this.row < 0) this.beginSnapshot(start, line);
    if (end <= start) {
      this.section.problem(
        'warning',
        'inverted-range',
        `expected an end above ${hexOf(start)}, found ${hexOf(end)}`,
        line,
      );
    }
    this.vmaFrom = end <= start ? -1 : window.position;
    const move = this.remembered.begin(builder.table, start, end);
    if (move !== 0) builder.moveRows(move);
    if (builder.addRow(header, this.path, line)) this.fields.bindColumns();
    this.fields.begin();
    this.lastStart = start;
    window.position = Math.min(this.buffer[to] === RETURN ? to + 2 : to + 1, window.end);
    window.line++;
    return true;
  }

  /** Finds the path of the header that was read. Returns where it ends; -1: it is no VMA's. */
  private readPath(window: ByteWindow): number {
    const { header, builder, buffer, view } = this;
    const { start, pathStart } = header;
    const { paths } = this.section;
    // Mostly it is that of the VMA before; then its end need not be looked for.
    let to = paths.lineEnd(this.path, view, pathStart, window.end);
    if (to !== -1) return to;
    // The arrays still hold the snapshot before: mostly the same process, with the same name in this row.
    const { table } = builder;
    const before = table.path[start > this.lastStart ? table.count : 0] ?? 0;
    to = paths.lineEnd(before, view, pathStart, window.end);
    if (to !== -1) {
      this.path = before;
      return to;
    }
    to = window.lineEnd(pathStart);
    if (to > pathStart && buffer[to - 1] === RETURN) to--;
    if (buffer[to - 1] === CLOSING_BRACKET && buffer.toString('latin1', pathStart, to) === '[rollup]') return -1;
    this.path = paths.intern(buffer, pathStart, to);
    return to;
  }

  /** Reads `Label:   123 kB` wherever it stands. False: not a field of this VMA. */
  private readField(from: number, to: number, line: number, whole: boolean, carriageReturn: boolean): boolean {
    const { buffer, fields } = this;
    let at = from;
    while (at < to && isWord(buffer[at] as number)) at++;
    if (at === from || at >= to || buffer[at] !== COLON) return false;
    const name = buffer.toString('latin1', from, at);
    // status separates by a tab, smaps (but for THPeligible) never does: "Name:\tsensord" begins another file.
    if (buffer[at + 1] === TAB && name !== 'THPeligible') return false;
    if (name === 'Name') return this.nameVma(at + 1, to);
    if (fields.has(name)) {
      this.loss ??= { found: `a second ${name}, of a VMA without its header`, line };
      return false;
    }
    if (!KNOWN_FIELDS.has(name) && !fields.takesUnknown(name)) return false;
    if (name === 'VmFlags') {
      fields.note(name, buffer.subarray(from, to), carriageReturn);
      return true;
    }
    const amount = amountOf(buffer.toString('latin1', at + 1, Math.min(to, at + LONGEST_VALUE)));
    if (!whole && amount?.unit !== 'kB') return true; // cut inside the number: the VMA stays incomplete
    if (!amount) {
      if (!KNOWN_FIELDS.has(name)) return false;
      this.vmaFrom = -1;
      const text = quote(buffer.toString('utf8', from, to));
      this.section.problem('error', 'bad-value', `expected ${name} in kB, found ${text}`, line);
    }
    fields.note(name, buffer.subarray(from, to), carriageReturn);
    if (amount ? amount.unit === 'kB' || KNOWN_COUNTERS.has(name) : KNOWN_COUNTERS.has(name)) {
      this.builder.column(name)[this.row] = (amount?.value ?? 0) * KIB;
    }
    return true;
  }

  /** A VMA without its header cannot be used, but makes the snapshot less than whole. */
  private noteFieldWithoutHeader(from: number, to: number): false {
    if (isFieldLine(this.buffer.toString('latin1', from, Math.min(to, from + 128)))) this.loss = VMA_WITHOUT_HEADER;
    return false;
  }

  /** Whether the last line of a file, which has no newline, is the beginning of a line of smaps. */
  private isCutLine(from: number, to: number, line: number): boolean {
    const text = this.buffer.toString('latin1', from, Math.min(to, from + 128));
    if (!this.fields.areComplete()) return isCutField(text);
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

  private settleVma(): void {
    if (this.fields.settle()) this.remembered.forgetTo(this.row);
  }

  private endSnapshot(by: string): void {
    if (this.row < 0) return;
    const { builder, section, fields } = this;
    const { table } = builder;
    if (fields.areComplete()) {
      this.settleVma();
    } else {
      const found = `${by} after ${fields.last ?? 'the header'} of the VMA at ${hexOf(this.lastStart)}`;
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
    const isIrregular = fields.isIrregular || this.loss !== undefined;
    this.remembered.keepFirst(isIrregular ? 0 : table.count);
    builder.clear();
    if (isIrregular) {
      builder.forgetColumns();
      fields.bindColumns();
    }
    fields.end();
    this.loss = undefined;
    this.lastStart = -1;
  }

  /** The row of the VMA at hand; -1 between snapshots. */
  private get row(): number {
    return this.builder.table.count - 1;
  }
}
