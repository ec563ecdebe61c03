import type { Sample } from '../../model/memory.js';
import { quote } from '../../model/problem.js';
import type { CaptureFormat, LineReader, Says, Section } from '../format.js';
import { lineReader } from '../line-reader.js';
import { bytesOfKib, pidOf } from './kib.js';
import {
  type ProcrankHeader,
  procrankHeaderByRow,
  procrankHeaderOf,
  procrankRowOf,
  procrankTotalsOf,
} from './procrank-lines.js';

/**
 * Android's table of all processes, once or in a loop, also as it stands in a bug report.
 *
 *       PID       Vss      Rss      Pss      Uss     Swap    PSwap    USwap    ZSwap  cmdline
 *      1515  2535920K  131984K   93750K   89440K   42676K   31792K   31460K    7043K  system_server
 *                               ------   ------   ------   ------   ------   ------  ------
 *                               93750K   89440K   42676K   31792K   31460K    7043K  TOTAL
 *
 * The swap columns stand there where the device has swap, `oom` with -o. The working set (-w: WRss, WPss, WUss) is
 * passed over: it counts the pages used since a reset, not those in memory. Of rows that grep left, the number of amounts
 * tells the columns; a script may have printed the time in front of them.
 */
export const procrank: CaptureFormat = {
  id: 'procrank',
  name: 'Android procrank',
  specification:
    'https://android.googlesource.com/platform/system/memory/libmeminfo/+/refs/heads/main/tools/procrank.cpp',
  howToCapture: 'adb shell su root procrank',
  firstLine: /(?:^| )PID |procrank|PROCRANK|K +\d{1,16}K +\d{1,16}K +\d{1,16}K /,
  recognizes(head) {
    const lines = head.split('\n', LINES_ABOVE);
    if (LOG_LINE.test(lines[0] ?? '')) return true;
    const first = lines.find((line) => !isBefore(line)) ?? '';
    return (procrankHeaderOf(first) ?? procrankHeaderByRow(lines[0] ?? '')) !== undefined;
  },
  open: (section) => lineReader(new ProcrankReader(section)),
};

interface Table {
  /** Whether somebody picked its rows: then no totals stand below them. */
  isGrepped: boolean;
  readonly header: ProcrankHeader;
  rows: number;
  /** The sums of the rows in KiB, column by column. */
  readonly sums: number[];
  /** Rows whose amounts contradict each other: how many, and the first. */
  contradictions: number;
  contradiction: { readonly text: string; readonly line: number } | undefined;
  isOver: boolean;
}

class ProcrankReader implements LineReader {
  private table: Table | undefined;
  /** The columns of the last rows that stood below no header. */
  private grepped: ProcrankHeader | undefined;
  private lastRow = 0;

  constructor(private readonly section: Section) {}

  line(text: string, number: number): boolean {
    if (text.trim() === '') return true;
    const header = procrankHeaderOf(text);
    if (header) {
      this.begin(header, false);
      return true;
    }
    const isBelowHeader = this.table && this.table.header !== this.grepped && !this.table.isOver;
    const grepped = isBelowHeader ? undefined : procrankHeaderByRow(text);
    if (grepped && grepped !== this.table?.header) this.begin(grepped, true);
    this.grepped = grepped ?? this.grepped;
    const { table } = this;
    if (table && DURATION.test(text)) table.isOver = true;
    if (isAfter(text) || LOG_LINE.test(text) || (!table && isBefore(text))) return true;
    if (!table || table.isOver) return false;
    const totals = procrankTotalsOf(table.header, text);
    if (totals) {
      table.isOver = true;
      this.compareTotals(table, totals, number);
      return true;
    }
    return this.row(table, text, number);
  }

  end(atEndOfFile: boolean): void {
    const { table } = this;
    if (atEndOfFile && table && !table.isGrepped && !table.isOver && table.rows > 0) {
      const message = 'expected the line TOTAL below the rows, found the end of the file: processes may be missing';
      this.section.problem('warning', 'truncated-capture', message, this.lastRow);
    }
    this.endTable();
  }

  private begin(header: ProcrankHeader, isGrepped: boolean): void {
    this.endTable();
    const sums = header.columns.map(() => 0);
    this.table = { isGrepped, header, rows: 0, sums, contradictions: 0, contradiction: undefined, isOver: false };
  }

  private row(table: Table, text: string, number: number): boolean {
    const { header } = table;
    const row = procrankRowOf(header, text);
    const bytes = row?.kib.map(bytesOfKib);
    const pid = row && pidOf(row.pid);
    if (!row || !bytes?.every((amount) => amount !== undefined) || pid === undefined) {
      if (!BEGINS_ROW.test(text)) return false;
      const message = `expected a row with ${header.columns.length} amounts in K, found ${quote(text)}`;
      this.section.problem('error', 'bad-value', message, number);
      return true;
    }
    table.rows++;
    table.isGrepped ||= row.inFront !== '';
    this.lastRow = number;
    for (const [index, digits] of row.kib.entries()) table.sums[index] = (table.sums[index] ?? 0) + Number(digits);
    if (header.isWorkingSet) return true;
    const sample = sampleOf(header, bytes);
    if (contradictsItself(sample)) {
      table.contradictions++;
      table.contradiction ??= { text, line: number };
      return true;
    }
    const says: Says = { pid, ...(row.inFront !== '' && { inFront: row.inFront }) };
    if (row.command !== '' && row.command !== '<unknown>') says.command = row.command;
    this.section.emit({ type: 'sample', says, origin: { file: this.section.file, line: number }, sample });
    return true;
  }

  private endTable(): void {
    const { contradictions = 0, contradiction, rows = 0 } = this.table ?? {};
    this.table = undefined;
    if (!contradiction) return;
    const count = contradictions === 1 ? 'a row' : `${contradictions} of ${rows} rows`;
    const message = `expected Uss and Pss up to Rss, and Rss up to Vss, found ${count} where it is not so, which are left out, the first ${quote(contradiction.text)}`;
    this.section.problem('error', 'unlikely-value', message, contradiction.line);
  }

  /** procrank adds up bytes or KiB, but prints KiB: the rows may fall short of the total by less than 1 K each. */
  private compareTotals({ header, sums, rows }: Table, totals: readonly number[], line: number): void {
    for (const name of COMPARED) {
      const index = header.columns.indexOf(name);
      const total = totals[index - header.firstTotal];
      const sum = sums[index];
      if (total === undefined || sum === undefined || (sum <= total && total - sum <= rows)) continue;
      const message = `expected the ${name} of all rows to make the printed total of ${total}K, found ${sum}K`;
      this.section.problem('warning', 'unlikely-value', message, line);
    }
  }
}

const COMPARED = ['Pss', 'Uss', 'Swap', 'WPss', 'WUss'] as const;

const SAMPLED: Readonly<Partial<Record<string, 'vss' | 'rss' | 'pss' | 'uss' | 'swap'>>> = {
  Vss: 'vss',
  Rss: 'rss',
  Pss: 'pss',
  Uss: 'uss',
  Swap: 'swap',
};

function sampleOf({ columns }: ProcrankHeader, bytes: readonly number[]): Sample {
  const sample: Sample = {};
  for (const [index, column] of columns.entries()) {
    const key = SAMPLED[column];
    const amount = bytes[index];
    if (key !== undefined && amount !== undefined) sample[key] = amount;
  }
  return sample;
}

/** On kernels without /proc/PID/pagemap, procrank of Android 2.3 prints what the memory of its counters held before. */
function contradictsItself({ vss = 0, rss = 0, pss = 0, uss = 0 }: Sample): boolean {
  return pss > rss || uss > rss || rss > vss;
}

/** So many lines may stand above the table. */
const LINES_ABOVE = 12;

/** What stands above the table: the command as typed, the title in a bug report, what procrank logs. */
function isBefore(line: string): boolean {
  return TYPED.test(line) || TITLE.test(line) || LOG_LINE.test(line);
}

const TYPED = /^(?:\S{0,200} ?[#$] )?(?:adb shell )?(?:su (?:root|0) )?(?:\/\S{1,200}\/)?procrank(?: -\w{1,9}){0,9}$/;
// ------ PROCRANK (/system/xbin/su root procrank) ------
const TITLE = /^-{6} PROCRANK(?: \([^\d()]*\))? -{6}$/;
// procrank W 11-23 00:59:00    43    43 procmeminfo.cpp:354] Trying to read …
const LOG_LINE = /^procrank [VDIWEF] \d\d-\d\d \d\d:\d\d:\d\d /;

/** What stands below it: the rule, the memory of the device, how long it took. */
function isAfter(line: string): boolean {
  return RULE.test(line) || DEVICE.test(line) || line === '<empty>' || DURATION.test(line);
}

const RULE = /^ {0,60}-{6}(?: {2,20}-{6}){2,8} *$/;
const DEVICE = /^ ?Z?RAM: \d{1,16}K /;
// [procrank: 0.7s elapsed]
const DURATION = /^(?:\[procrank: [\d.]{1,20}s elapsed\]|-{6} [\d.]{1,20}s was the duration of 'PROCRANK[^']*' -{6})$/;

/** A pid and an amount. */
const BEGINS_ROW = /^ *\d{1,9} +(?:-?\d{1,5} +)?\d{1,40}K /;
