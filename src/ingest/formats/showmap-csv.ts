import { quote } from '../../model/problem.js';
import type { LineReader, Section } from '../format.js';
import { type ShowmapHeader, showmapHeaderOfTitles } from './showmap-header.js';
import { amountsOf, type ShowmapCells, ShowmapTable, showmapRowOf } from './showmap-table.js';

/**
 * Reads the output of `showmap -o csv`:
 *
 *     "virtual size","RSS","PSS",…,"Locked","#","object"
 *     464,248,26,…,0,2,"/system/usr/icu/icudt.dat"
 *     4218176,250332,108384,…,0,2760,"TOTAL"
 */
export class ShowmapCsvReader implements LineReader {
  private table: ShowmapTable | undefined;
  private lastLine = 0;

  constructor(private readonly section: Section) {}

  line(text: string, number: number): boolean {
    if (text.trim() === '') return true;
    const header = showmapCsvHeaderOf(text);
    if (header) {
      this.finish(undefined);
      this.table = new ShowmapTable(header, number);
      this.lastLine = number;
      return true;
    }
    const { table } = this;
    if (!table || !/^\d{1,16},/.test(text)) return false;
    this.lastLine = number;
    const cells = cellsOf(table.header, text);
    const totals = cells?.object === 'TOTAL' ? amountsOf(cells.amounts) : undefined;
    if (totals) {
      this.finish(totals);
      return true;
    }
    const row = cells && showmapRowOf(cells, number);
    if (row) table.add(row);
    else {
      const count = table.header.counters.length;
      this.section.problem('error', 'bad-value', `expected a row with ${count} amounts, found ${quote(text)}`, number);
    }
    return true;
  }

  end(): void {
    this.finish(undefined);
  }

  private finish(totals: readonly number[] | undefined): void {
    this.table?.emit(this.section, totals, this.lastLine);
    this.table = undefined;
  }
}

/** The header of the table; undefined for other lines. */
export function showmapCsvHeaderOf(line: string): ShowmapHeader | undefined {
  if (!line.startsWith('"virtual size","RSS","PSS",') || !line.endsWith('"') || line.length > 400) return undefined;
  return showmapHeaderOfTitles(line.slice(1, -1).split('","'));
}

/** Only the object, which comes last, may hold commas. */
function cellsOf(header: ShowmapHeader, line: string): ShowmapCells | undefined {
  const plain: string[] = [];
  let at = 0;
  const { counters, hasAddresses, hasCount, hasFlags } = header;
  const count = counters.length + (hasAddresses ? 2 : 0) + (hasCount || hasFlags ? 1 : 0);
  while (plain.length < count) {
    const comma = line.indexOf(',', at);
    if (comma === -1) return undefined;
    plain.push(line.slice(at, comma));
    at = comma + 1;
  }
  const object = line.slice(at);
  if (object.length < 2 || !object.startsWith('"') || !object.endsWith('"')) return undefined;
  const [start = '', end = ''] = hasAddresses ? plain.slice(counters.length) : [];
  const flags = hasFlags ? (plain.at(-1) ?? '').replaceAll('"', '') : '';
  return {
    start,
    end,
    amounts: plain.slice(0, counters.length),
    flags,
    object: object.slice(1, -1).replaceAll('""', '"'),
  };
}
