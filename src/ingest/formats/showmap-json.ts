import { quote } from '../../model/problem.js';
import type { LineReader, Section } from '../format.js';
import { COUNTER_TITLES, type ShowmapHeader, showmapHeaderOfTitles } from './showmap-header.js';
import { type ShowmapCells, ShowmapTable, showmapRowOf } from './showmap-table.js';

/** An array of more characters is not read; of a process with 10000 VMAs it has some 4 million. */
const LONGEST_ARRAY = 32 * 1024 * 1024;

/** Whether a text begins like the output of `showmap -o json`, as printed or indented by another tool. */
export function beginsShowmapJson(text: string): boolean {
  return /^\[\s{0,20}\{\s{0,20}"virtual size"\s{0,5}:/.test(text);
}

/**
 * Reads the output of `showmap -o json`, an array of objects on one line, the last with the totals:
 *
 *     [{"virtual size":464,"RSS":248,…,"#":2,"object":"\/system\/usr\/icu\/icudt.dat"},…,{…,"object":"TOTAL"}]
 */
export class ShowmapJsonReader implements LineReader {
  private lines: string[] = [];
  private length = 0;
  private firstLine = 0;
  private lastLine = 0;

  constructor(private readonly section: Section) {}

  line(text: string, number: number): boolean {
    const trimmed = text.trim();
    if (trimmed === '') return true;
    if (this.lines.length === 0) {
      if (!trimmed.startsWith('[')) return false;
      this.firstLine = number;
    } else if (!PART.test(trimmed)) return false;
    this.lines.push(text);
    this.length += text.length;
    this.lastLine = number;
    if (trimmed.endsWith(']') || this.length > LONGEST_ARRAY) this.finish();
    return true;
  }

  end(): void {
    this.finish();
  }

  private finish(): void {
    const text = this.lines.join('\n');
    this.lines = [];
    this.length = 0;
    if (text === '') return;
    const parsed = text.length <= LONGEST_ARRAY ? (parse(text) ?? parse(wholeObjects(text))) : undefined;
    if (Array.isArray(parsed) && parsed.length > 0) this.read(parsed);
    else {
      const code = text.trimEnd().endsWith(']') ? 'bad-value' : 'truncated-capture';
      this.section.problem('error', code, `expected a JSON array, found ${quote(text)}`, this.lastLine);
    }
  }

  private read(items: readonly unknown[]): void {
    const line = this.firstLine;
    const header = isRecord(items[0]) ? showmapHeaderOfTitles(Object.keys(items[0])) : undefined;
    if (!header) {
      this.section.problem('error', 'bad-value', "expected showmap's columns, found others", line);
      return;
    }
    const table = new ShowmapTable(header, line);
    let totals: readonly number[] | undefined;
    let unread = 0;
    for (const item of items) {
      const row = isRecord(item) ? showmapRowOf(cellsOf(header, item), line) : undefined;
      if (!row) unread++;
      else if (row.object === 'TOTAL') totals = row.amounts;
      else table.add(row);
    }
    if (unread > 0) {
      const message = `expected amounts in all ${items.length} objects, found ${unread} without`;
      this.section.problem('error', 'bad-value', message, line);
    }
    table.emit(this.section, totals, this.lastLine);
  }
}

/** The lines that an indented array goes on with. */
const PART = /^(?:[{}[\]]|"[\w# ]{1,20}" ?:)/;

/** showmap does not escape the control characters of a name, which JSON forbids in strings. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text.replaceAll(/\p{Cc}/gu, ' ')) as unknown;
  } catch {
    return undefined;
  }
}

/** The objects that are whole of an array that breaks off. */
function wholeObjects(text: string): string {
  return `${text.slice(0, text.lastIndexOf('}') + 1)}]`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function cellsOf({ counters }: ShowmapHeader, item: Readonly<Record<string, unknown>>): ShowmapCells {
  const text = (title: string): string => {
    const value = item[title];
    return typeof value === 'string' ? value : '';
  };
  const amounts = [...COUNTER_TITLES].flatMap(([title, name]) => (counters.includes(name) ? [item[title]] : []));
  return {
    start: text('start addr'),
    end: text('end addr'),
    amounts: amounts.map((amount) => (typeof amount === 'number' ? String(amount) : '')),
    flags: text('flags'),
    object: text('object'),
  };
}
