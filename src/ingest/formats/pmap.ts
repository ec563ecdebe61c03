import { quote } from '../../model/problem.js';
import { KIB } from '../../model/units.js';
import type { ByteWindow } from '../byte-window.js';
import type { CaptureFormat, Says, Section, SectionReader } from '../format.js';
import { bytesOfKib } from './kib.js';
import { PLAIN } from './pmap-header.js';
import { isKindsOfMappings, isRule, rowOf, totalsOf } from './pmap-lines.js';
import { type ProcessLine, processLineOf, type TableStart, tableAt } from './pmap-start.js';
import { NO_COUNTERS, type PlacedRow, sizeIndex, tableOf } from './pmap-table.js';

const FIRST_LINE = /^(?:\d{1,9}:| *Address |START )/;

/**
 * pmap of procps, every form (plain, -q, -p, -x, -d, -X, -XX) in every language, of one process or several, and those
 * of BusyBox and SUSE.
 *
 *     11393:   /opt/demo/leak-example
 *     Address           Kbytes     RSS   Dirty Mode  Mapping
 *     0000560ef0976000       4       4       0 r---- leak-example
 *     00007fff8bd7d000     132      12      12 rw---   [ stack ]
 *     ---------------- ------- ------- -------
 *     total kB            2480    1204     188
 *
 * Without -p a mapping has its base name only, and the heap is `[ anon ]` unless taken with -X. Kbytes is Size. Of -X
 * the columns are those of the running kernel's smaps. "Dirty" is the shared and the private dirty memory together.
 * People paste the table without the line of the process: then nothing tells the pid.
 */
export const pmap: CaptureFormat = {
  id: 'pmap',
  name: 'pmap',
  specification: 'https://man7.org/linux/man-pages/man1/pmap.1.html',
  howToCapture: 'pmap -XX PID',
  firstLine: FIRST_LINE,
  recognizes: (head) => tableAt(head) !== undefined,
  open: (section) => new PmapReader(section),
};

class PmapReader implements SectionReader {
  private start: TableStart | undefined;
  /** Undefined where the table was pasted without it. */
  private process: ProcessLine | undefined;
  private startLine = 0;
  private header = PLAIN;
  /** Whether the line of the process was taken, and the header was not. */
  private headerFollows = false;
  private rows: PlacedRow[] = [];
  private totals: readonly number[] | undefined;
  /** Those of the process before, where pmap was asked about several (`pmap -X 812 813`). */
  private totalsBefore: readonly number[] = [];
  private totalsLine = 0;
  private lastLine = 0;

  constructor(private readonly section: Section) {}

  read(window: ByteWindow): void {
    for (let text = window.peekLine(); text !== undefined; text = window.peekLine()) {
      if (!this.line(text, window)) return;
      this.lastLine = window.line;
      window.skipLine();
    }
  }

  end(): void {
    this.finish();
  }

  private line(text: string, window: ByteWindow): boolean {
    if (text.trim() === '') return true;
    if (this.headerFollows) {
      this.headerFollows = false;
      return true;
    }
    const start = FIRST_LINE.test(text) ? tableAt(window.head()) : undefined;
    if (start) {
      this.begin(start, text, window.line);
      return true;
    }
    if (this.totals) return isKindsOfMappings(text);
    return this.start !== undefined && this.tableLine(text, window.line);
  }

  private begin(start: TableStart, text: string, line: number): void {
    this.finish();
    this.process = processLineOf(text);
    this.start = start;
    this.startLine = line;
    this.header = start.header;
    this.headerFollows = start.hasProcess && start.hasHeader;
  }

  private tableLine(text: string, line: number): boolean {
    const row = rowOf(this.header, text);
    if (row) {
      const numbers = row.numbers.map(bytesOf);
      const end = row.start + (numbers[sizeIndex(this.header)] ?? 0);
      if (numbers.every((number) => number !== undefined) && end <= ADDRESS_SPACE)
        this.rows.push({ ...row, line, bytes: numbers });
      else this.section.problem('warning', 'bad-value', `expected amounts in kB, found ${quote(text)}`, line);
      return true;
    }
    this.totals = totalsOf(this.header, text);
    this.totalsLine = line;
    return this.totals !== undefined || isRule(text);
  }

  private finish(): void {
    const { section, rows, start } = this;
    if (!start) return;
    const { pid, command = '' } = this.process ?? {};
    const says: Says = { ...(pid !== undefined && { pid }), ...(command !== '' && { command }) };
    const origin = { file: section.file, line: this.startLine };
    if (rows.length > 0)
      section.emit({ type: 'snapshot', says, origin, table: tableOf(this.header, rows, section.paths) });
    else section.emit({ type: 'identity', says, origin });
    if (this.totals) {
      this.compareTotals(this.totals);
      this.totalsBefore = this.totals;
    } else if (!this.isWholeWithoutTotals()) {
      section.problem(
        'error',
        'truncated-capture',
        'expected the line of totals that ends a process, found none',
        this.lastLine,
      );
    }
    this.start = undefined;
    this.rows = [];
    this.totals = undefined;
  }

  /**
   * pmap adds up what it prints, so the totals agree to the kB. Only the resident counters of -X, taken of a busy
   * process, were seen to differ by a few kB: there 1 kB a row is let pass. Of several processes, -X goes on adding to
   * the totals of the one before.
   */
  private compareTotals(totals: readonly number[]): void {
    for (const [index, name] of this.header.numbers.entries()) {
      const total = totals[index];
      if (total === undefined || Number.isNaN(total) || NO_COUNTERS.has(name)) continue;
      const sum = this.rows.reduce((before, row) => before + (row.bytes[index] ?? 0), 0) / KIB;
      const tolerance = this.header.isExtended && name !== 'Size' ? this.rows.length : 0;
      const goesOn = this.header.isExtended ? total - (this.totalsBefore[index] ?? 0) : total;
      if (Math.min(Math.abs(sum - total), Math.abs(sum - goesOn)) > tolerance) {
        const message = `expected the ${name} of all rows to make the printed total of ${total} kB, found ${sum} kB`;
        this.section.problem('warning', 'unlikely-value', message, this.totalsLine);
      }
    }
  }

  /** `-q` prints no totals; then the stack or what lies above it, near the end of every process, must be there. */
  private isWholeWithoutTotals(): boolean {
    return (
      this.start?.hasHeader === false &&
      this.rows.some(({ mapping, start }) => mapping === '[stack]' || start >= VSYSCALL)
    );
  }
}

const ADDRESS_SPACE = 2 ** 64;
const VSYSCALL = 0xffffffffff600000;

/** Bytes; NaN where an old pmap prints "-": not known. */
function bytesOf(kib: string): number | undefined {
  return kib === '-' ? Number.NaN : bytesOfKib(kib);
}
