import Papa from 'papaparse';
import { quote } from '../../model/problem.js';
import type { CaptureFormat, Section } from '../format.js';
import { lineReader } from '../line-reader.js';
import { instantOf } from './csv-time.js';
import { COMMAND_WIDTH, isTotal, smemAmount } from './smem-columns.js';
import { type CsvTable, csvTableOf, DELIMITERS, type Delimiter } from './smem-csv-header.js';
import { sharesMessage, smemRowOf } from './smem-row.js';

/**
 * smem's table with a delimiter (comma, semicolon, tab or bar). smem has no such output itself: these are made by
 * scripts, ours among them, so the header decides which column is which, in any case and order.
 *
 *     PID,User,Command,Swap,USS,PSS,RSS
 *     9022,root,/opt/demo/leak-example,0,188,242,1192
 *     11442,root,"/opt/demo/a, ""b"" c",0,108,206,1204
 *
 * Amounts are KiB unless the header names a unit (`USS(MB)`) or the cell has one (`3.0M`). A column `time` gives each
 * row its own instant. A repeated header begins another round.
 */
export const smemCsv: CaptureFormat = {
  id: 'smem-csv',
  name: 'smem as CSV or TSV',
  specification: 'https://www.rfc-editor.org/rfc/rfc4180',
  howToCapture: 'a table with the header PID,User,Command,Swap,USS,PSS,RSS, amounts in KiB',
  firstLine: /[uU][sS][sS]|[pP][sS][sS]/,
  recognizes: (head) => headerOf(head.split('\n', 1)[0] ?? '') !== undefined,
  open: (section) => lineReader(new SmemCsvReader(section)),
};

class SmemCsvReader {
  private table: CsvTable | undefined;
  /** A row whose quotes do not close: it goes on in the next line. */
  private inBrokenRow = false;
  private toldShares = false;

  constructor(private readonly section: Section) {}

  line(text: string, number: number): boolean {
    if (text.trim() === '') return true;
    const header = headerOf(text);
    if (header) {
      this.table = header;
      this.inBrokenRow = false;
      return true;
    }
    return this.table !== undefined && this.row(this.table, text, number);
  }

  end(): void {
    this.inBrokenRow = false;
  }

  private row(table: CsvTable, text: string, number: number): boolean {
    const { cells, isClosed } = parseLine(text, table.delimiter);
    const found = fitted(table, cells);
    if (!found) {
      const isPart = this.inBrokenRow;
      if (!isPart && !beginsRow(table, cells)) return false;
      this.inBrokenRow = isPart ? isClosed : !isClosed;
      const what = isPart || !isClosed ? 'a row on one line' : `a row of ${table.columns.length} cells`;
      this.section.problem('warning', 'bad-value', `expected ${what}, found ${quote(text)}`, number);
      return true;
    }
    this.inBrokenRow = false;
    this.take(table, found, text, number);
    return true;
  }

  private take(table: CsvTable, cells: readonly string[], text: string, number: number): void {
    const { says, sample, hasShares } = smemRowOf(table.columns, cells, table.units);
    if (hasShares) {
      if (!this.toldShares) this.section.problem('warning', 'bad-value', sharesMessage(text), number);
      this.toldShares = true;
      return;
    }
    // A longer command was not cut at smem's width.
    if ((says.command?.length ?? 0) > COMMAND_WIDTH) delete says.commandMayBeCut;
    const time = cells[table.timeColumn];
    if (time !== undefined && time !== '') {
      const takenAt = instantOf(time);
      if (takenAt !== undefined) says.takenAt = takenAt;
      else this.section.problem('warning', 'bad-value', `expected a time, found ${quote(time)}`, number);
    }
    if (Object.keys(sample).length > 0) {
      this.section.emit({ type: 'sample', says, origin: { file: this.section.file, line: number }, sample });
    }
  }
}

function headerOf(line: string): CsvTable | undefined {
  if (line.length > 1000) return undefined;
  for (const delimiter of DELIMITERS) {
    if (!line.includes(delimiter)) continue;
    const table = csvTableOf(delimiter, parseLine(line, delimiter).cells);
    if (table) return table;
  }
  return undefined;
}

function parseLine(line: string, delimiter: Delimiter): { cells: string[]; isClosed: boolean } {
  // Without dynamic typing (it makes 12 of 0012) and one line at a time, which keeps the line's own number.
  const { data, errors } = Papa.parse<string[]>(line, { delimiter, newline: '\n' });
  const cells = (data[0] ?? []).map((cell) => cell.trim());
  return { cells, isClosed: !errors.some(({ code }) => code === 'MissingQuotes') };
}

/**
 * The cells of a row, one per column; undefined where the line is no row of the table. Too many cells come from a
 * command with unquoted delimiters: what is over belongs to it.
 */
function fitted(table: CsvTable, cells: readonly string[]): readonly string[] | undefined {
  const { columns } = table;
  const text = columns.indexOf('command');
  const over = cells.length - columns.length;
  const isTrailing = over === 1 && cells.at(-1) === '';
  const whole = isTrailing ? cells.slice(0, -1) : cells;
  if (over <= 0 || isTrailing) return isRow(table, whole) ? whole : undefined;
  if (text === -1) return undefined;
  const command = cells.slice(text, text + over + 1).join(table.delimiter);
  const joined = [...cells.slice(0, text), command, ...cells.slice(text + over + 1)];
  return isRow(table, joined) ? joined : undefined;
}

function isRow({ columns, units }: CsvTable, cells: readonly string[]): boolean {
  if (cells.length !== columns.length) return false;
  let totals = 0;
  for (const [index, column] of columns.entries()) {
    const cell = cells[index] ?? '';
    if (column === 'pid' && !/^\d{1,9}$/.test(cell)) return false;
    if (!isTotal(column) || cell === '') continue;
    if (smemAmount(cell, units[index]) === undefined) return false;
    totals++;
  }
  return totals > 0;
}

/** Whether the line is at least meant as a row: it has a pid where the table has it, or as many cells. */
function beginsRow({ columns }: CsvTable, cells: readonly string[]): boolean {
  const pid = columns.indexOf('pid');
  return cells.length > 1 && (pid === -1 ? cells.length === columns.length : /^\d{1,9}$/.test(cells[pid] ?? ''));
}
