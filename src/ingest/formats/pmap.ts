import { quote } from '../../model/problem.js';
import { KIB } from '../../model/units.js';
import type { ByteWindow } from '../byte-window.js';
import type { CaptureFormat, Says, Section, SectionReader } from '../format.js';
import { bytesOfKib } from './kib.js';
import { headerOf, isRule, PLAIN, type ProcessLine, processLineOf, rowOf, totalsOf } from './pmap-lines.js';
import { NO_COUNTERS, type PlacedRow, sizeIndex, tableOf } from './pmap-table.js';

/**
 * pmap of procps, every form (plain, -q, -p, -x, -d, -X, -XX), of one process or several, and BusyBox's.
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
 */
export const pmap: CaptureFormat = {
  id: 'pmap',
  name: 'pmap',
  specification: 'https://man7.org/linux/man-pages/man1/pmap.1.html',
  howToCapture: 'pmap -XX PID',
  firstLine: /^\d{1,9}:/,
  recognizes: beginsProcess,
  open: (section) => new PmapReader(section),
};

/** Whether a process line stands first, and below it what only pmap prints. */
function beginsProcess(head: string): boolean {
  const [first = '', ...lines] = head.split('\n', 3);
  if (!processLineOf(first)) return false;
  const body = lines[0] ?? '';
  return headerOf(body) !== undefined || rowOf(PLAIN, body) !== undefined || isBodyWithoutHeader(body);
}

/** A kernel thread has no rows: only the total follows. */
function isBodyWithoutHeader(line: string): boolean {
  return /^ ?(?:total {1,20}\d{1,15}K|mapped: \d{1,15}K(?: {4}writeable\/private: .*)?)$/.test(line.trimEnd());
}

class PmapReader implements SectionReader {
  private process: ProcessLine | undefined;
  private processLine = 0;
  private header = PLAIN;
  private rows: PlacedRow[] = [];
  private totals: readonly number[] | undefined;
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
    const process = processLineOf(text);
    if (process && (this.processLine === 0 || beginsProcess(window.head()))) {
      this.finish();
      this.process = process;
      this.processLine = window.line;
      return true;
    }
    if (this.processLine === 0 || this.totals) return false;
    return this.tableLine(text, window.line);
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
    const header = headerOf(text);
    if (header && this.rows.length === 0) {
      this.header = header;
      return true;
    }
    this.totals = totalsOf(this.header, text);
    this.totalsLine = line;
    return this.totals !== undefined || isRule(text);
  }

  private finish(): void {
    if (!this.process) return;
    const { section, rows } = this;
    const says: Says = { pid: this.process.pid };
    if (this.process.command !== '') says.command = this.process.command;
    const origin = { file: section.file, line: this.processLine };
    if (rows.length > 0)
      section.emit({ type: 'snapshot', says, origin, table: tableOf(this.header, rows, section.paths) });
    else section.emit({ type: 'identity', says, origin });
    if (this.totals) this.compareTotals(this.totals);
    else if (!this.isWholeWithoutTotals()) {
      section.problem(
        'error',
        'truncated-capture',
        'expected the line of totals that ends a process, found none',
        this.lastLine,
      );
    }
    this.process = undefined;
    this.processLine = 0;
    this.header = PLAIN;
    this.rows = [];
    this.totals = undefined;
  }

  /**
   * pmap adds up what it prints, so the totals agree to the kB. Only the resident counters of -X, taken of a busy
   * process, were seen to differ by a few kB: there 1 kB a row is let pass.
   */
  private compareTotals(totals: readonly number[]): void {
    for (const [index, name] of this.header.numbers.entries()) {
      const total = totals[index];
      if (total === undefined || Number.isNaN(total) || NO_COUNTERS.has(name)) continue;
      const sum = this.rows.reduce((before, row) => before + (row.bytes[index] ?? 0), 0) / KIB;
      const tolerance = this.header.isExtended && name !== 'Size' ? this.rows.length : 0;
      if (Math.abs(sum - total) > tolerance) {
        const message = `expected the ${name} of all rows to make the printed total of ${total} kB, found ${sum} kB`;
        this.section.problem('warning', 'unlikely-value', message, this.totalsLine);
      }
    }
  }

  /** `-q` prints no totals; then the stack or what lies above it, near the end of every process, must be there. */
  private isWholeWithoutTotals(): boolean {
    return this.header === PLAIN && this.rows.some(({ mapping, start }) => mapping === '[stack]' || start >= VSYSCALL);
  }
}

const ADDRESS_SPACE = 2 ** 64;
const VSYSCALL = 0xffffffffff600000;

/** Bytes; NaN where an old pmap prints "-": not known. */
function bytesOf(kib: string): number | undefined {
  return kib === '-' ? Number.NaN : bytesOfKib(kib);
}
