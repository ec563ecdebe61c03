import { quote } from '../../model/problem.js';
import type { LineReader, Section } from '../format.js';
import { isUpperHeader, type ShowmapHeader, showmapHeaderOf } from './showmap-header.js';
import { amountsOf, type ShowmapRow, ShowmapTable, showmapRowOf } from './showmap-table.js';

interface Lines {
  readonly row: RegExp;
  readonly totals: RegExp;
}

/** Reads the table of columns. The header comes again before the row TOTAL. */
export class ShowmapTextReader implements LineReader {
  private table: ShowmapTable | undefined;
  private lines: Lines | undefined;
  /** A header met inside a table: that of its totals, or the next table's after text that broke off. */
  private nextHeader: ShowmapHeader | undefined;
  private upperLine = 0;
  private lastLine = 0;

  constructor(private readonly section: Section) {}

  line(text: string, number: number): boolean {
    if (!this.take(text, number)) return false;
    if (text.trim() !== '') this.lastLine = number;
    return true;
  }

  end(): void {
    this.finish(undefined);
  }

  private take(text: string, number: number): boolean {
    if (text.trim() === '' || RULE.test(text)) return true;
    if (isUpperHeader(text)) {
      this.upperLine = number;
      return true;
    }
    const header = number === this.upperLine + 1 ? showmapHeaderOf(text) : undefined;
    if (header) {
      if (this.table) this.nextHeader = header;
      else this.begin(header);
      return true;
    }
    const { lines } = this;
    if (!this.table || !lines) return false;
    const totals = lines.totals.exec(text);
    if (totals) {
      this.lastLine = number;
      const amounts = amountsOf(totals.slice(1));
      if (!amounts) this.section.problem('error', 'bad-value', `expected amounts in kB, found ${quote(text)}`, number);
      this.finish(amounts);
      return true;
    }
    return this.row(text, number);
  }

  private begin(header: ShowmapHeader): void {
    this.table = new ShowmapTable(header, this.upperLine);
    this.lines = linesOf(header);
    this.nextHeader = undefined;
  }

  private row(text: string, number: number): boolean {
    if (this.nextHeader) {
      const { nextHeader } = this;
      this.finish(undefined);
      this.begin(nextHeader);
    }
    const { table, lines } = this;
    const found = table && lines && rowOf(table.header, lines, text, number);
    if (found) {
      table.add(found);
      return true;
    }
    if (!BEGINS_ROW.test(text)) return false;
    const count = table?.header.counters.length ?? 0;
    this.section.problem('error', 'bad-value', `expected a row with ${count} amounts, found ${quote(text)}`, number);
    return true;
  }

  private finish(totals: readonly number[] | undefined): void {
    this.table?.emit(this.section, totals, this.lastLine);
    this.table = undefined;
    this.lines = undefined;
    this.nextHeader = undefined;
  }
}

function linesOf({ counters, hasAddresses, hasCount, hasFlags }: ShowmapHeader): Lines {
  const amounts = counters.map(() => '(\\d{1,16})').join(' +');
  const count = hasCount ? ' +\\d{1,10}' : '';
  const addresses = hasAddresses ? '([0-9a-f]{1,16}) +([0-9a-f]{1,16}) +' : '()()';
  const flags = hasFlags ? ' +([r-][w-][x-])' : '()';
  return {
    // One blank, then the name, which may begin with blanks itself or be empty.
    row: new RegExp(`^ *${addresses}${amounts}${count}${flags}(?: (.*))?$`, 's'),
    totals: new RegExp(`^ *${amounts}${count} +TOTAL *$`),
  };
}

function rowOf({ counters }: ShowmapHeader, lines: Lines, text: string, line: number): ShowmapRow | undefined {
  const [, start = '', end = '', ...rest] = lines.row.exec(text) ?? [];
  const [flags = '', object = ''] = rest.slice(counters.length);
  return showmapRowOf({ start, end, amounts: rest.slice(0, counters.length), flags, object }, line);
}

const RULE = /^-{8}[- ]{50,300}$/;
const BEGINS_ROW = /^ *[0-9a-f]{1,16} +[0-9a-f]{1,16} +\d{1,16} /;
