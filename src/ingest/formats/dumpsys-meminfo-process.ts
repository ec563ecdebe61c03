import type { Sample } from '../../model/memory.js';
import { quote } from '../../model/problem.js';
import { assignKnown } from '../../model/vma-table.js';
import type { CaptureFormat, Says, Section } from '../format.js';
import { lineReader } from '../line-reader.js';
import { type DumpTotal, dumpColumnsOf, dumpRowOf, isColumnTitle } from './dumpsys-meminfo-columns.js';
import { type DetailTable, detailTableOf, isDetailLine } from './dumpsys-meminfo-details.js';
import { firstDumpLine, isDumpHeader } from './dumpsys-meminfo-header.js';
import { bytesOfKib, pidOf } from './kib.js';

/**
 * Android's `dumpsys meminfo PROCESS`, of one process or many: of each the row TOTAL.
 *
 *     ** MEMINFO in pid 20602 [com.example.app:remote] **
 *                        Pss  Private  Private  SwapPss      Rss     Heap     Heap     Heap
 *                      Total    Dirty    Clean    Dirty    Total     Size    Alloc     Free
 *                     ------   ------   ------   ------   ------   ------   ------   ------
 *       Native Heap    80860    80824        4       25    82336   139028   129931     4490
 *             TOTAL   337790   293788    18924      162   421296   634109   428404   201098
 *
 * Up to Android 3 the table stands on its side: columns `native dalvik other total`, rows `(Pss):`, `(priv dirty):`.
 * With `-s` there is only the App Summary, with its own totals. The tables of details are ignored. PSS and private
 * dirty memory include the graphics memory that the driver tells (EGL, GL), which smaps does not show.
 */
export const dumpsysMeminfoProcess: CaptureFormat = {
  id: 'dumpsys-meminfo-process',
  name: 'Android dumpsys meminfo of processes',
  specification:
    'https://android.googlesource.com/platform/frameworks/base/+/refs/heads/main/core/java/android/app/ActivityThread.java',
  howToCapture: 'adb shell dumpsys meminfo PROCESS',
  firstLine: /^(?:DUMP OF SERVICE |Applications Memory |Uptime: |\*\* MEMINFO in | ?App Summary)/,
  recognizes: (head) => PROCESS_LINE.test(firstDumpLine(head)) || SUMMARY_ALONE.test(head),
  open: (section) => lineReader(new ProcessReader(section)),
};

const PROCESS_LINE = /^\*\* MEMINFO in pid (?<pid>\d{1,9}) \[(?<name>[^\]]{1,1024})\] \*\*\s*$/;
/** A dump of which the beginning is missing. */
const SUMMARY_ALONE = /^ ?App Summary *\n +Pss\(KB\)/;
const SIDEWAYS_TITLE = /^ *native +dalvik +other +total *$/i;
const RULE = /^ *-{4,}(?: +-{4,})* *$/;

/** What is read so far of one process. */
interface Dump {
  readonly says: Says;
  readonly line: number;
  totals: Partial<Record<DumpTotal, number>>;
  columns: (DumpTotal | undefined)[];
  sideways: boolean;
  totalRowRead: boolean;
  details: DetailTable | undefined;
}

class ProcessReader {
  private dump: Dump | undefined;
  /** The last two lines of titles, until the rule below them. */
  private titles: string[] = [];

  constructor(private readonly section: Section) {}

  line(text: string, number: number): boolean {
    if (text.trim() === '') return true;
    if (text.startsWith('**')) return this.beginProcess(text, number);
    if (isDumpHeader(text)) {
      this.finish();
      return true;
    }
    const details = detailTableOf(text);
    // Below the lines above any dump there may stand one of the whole device.
    if (!this.dump && details !== 'App Summary') return false;
    this.dump ??= this.withoutBeginning(number);
    const { dump } = this;
    if (details) {
      dump.details = details;
      return true;
    }
    if (RULE.test(text)) {
      if (this.titles.length > 0) dump.columns = dumpColumnsOf(this.titles.at(-2) ?? '', this.titles.at(-1) ?? '');
      this.titles = [];
      return true;
    }
    if (!dump.details) return this.tableLine(dump, text, number);
    if (dump.details === 'App Summary') this.takeSummary(dump, text);
    return isDetailLine(dump.details, text);
  }

  end(): void {
    this.finish();
  }

  private beginProcess(text: string, number: number): boolean {
    const { pid, name } = PROCESS_LINE.exec(text)?.groups ?? {};
    if (pid === undefined || name === undefined) return false;
    this.finish();
    this.dump = dumpOf(assignKnown<Says>({}, { pid: pidOf(pid), command: name }), number);
    return true;
  }

  private withoutBeginning(number: number): Dump {
    const message = 'expected "** MEMINFO in pid … **" above a summary, found none: the beginning is missing';
    this.section.problem('error', 'truncated-capture', message, number);
    return dumpOf({}, number);
  }

  private tableLine(dump: Dump, text: string, number: number): boolean {
    if (SIDEWAYS_TITLE.test(text)) {
      dump.sideways = true;
      return true;
    }
    if (isColumnTitle(text)) {
      this.titles = [...this.titles.slice(-1), text];
      return true;
    }
    const row = dumpRowOf(text);
    if (!row) return false;
    if (dump.sideways) takeSideways(dump, row.label, row.cells);
    else if (row.label === 'TOTAL' && !dump.totalRowRead) {
      dump.totalRowRead = true;
      this.takeTotals(dump, row.cells, text, number);
    } else return dump.columns.length > 0;
    return true;
  }

  private takeTotals(dump: Dump, cells: readonly string[], text: string, number: number): void {
    if (cells.length !== dump.columns.length) {
      const message = `expected ${dump.columns.length} columns, found ${quote(text)}`;
      this.section.problem('warning', 'bad-value', message, number);
      return;
    }
    for (const [index, column] of dump.columns.entries()) if (column) take(dump, column, cells[index]);
  }

  /** `TOTAL PSS: 337790  TOTAL RSS: 421296  TOTAL SWAP PSS: 162`, or `TOTAL: 24965  TOTAL SWAP (KB): 0`. */
  private takeSummary(dump: Dump, text: string): void {
    for (const { groups } of text.matchAll(/\bTOTAL(?<what> PSS| RSS| SWAP PSS| SWAP \(KB\))?: +(?<kib>\d{1,16})\b/g)) {
      const what = groups?.what ?? '';
      take(dump, what.startsWith(' SWAP') ? 'swap' : what === ' RSS' ? 'rss' : 'pss', groups?.kib);
    }
  }

  private finish(): void {
    const { dump } = this;
    this.dump = undefined;
    this.titles = [];
    if (!dump) return;
    const { privateClean, ...totals } = dump.totals;
    const sample: Sample = { ...totals };
    const { privateDirty } = totals;
    if (privateClean !== undefined && privateDirty !== undefined) sample.uss = privateClean + privateDirty;
    if (Object.keys(sample).length > 0) {
      const origin = { file: this.section.file, line: dump.line };
      this.section.emit({ type: 'sample', says: dump.says, origin, sample });
    } else if (!dump.totalRowRead) {
      const message = 'expected the row TOTAL below "** MEMINFO in pid … **", found none';
      this.section.problem('error', 'truncated-capture', message, dump.line);
    }
  }
}

function dumpOf(says: Says, line: number): Dump {
  return { says, line, totals: {}, columns: [], sideways: false, totalRowRead: false, details: undefined };
}

/** The first that tells a total is believed: the table stands above the summary. `N/A` tells none. */
function take(dump: Dump, total: DumpTotal, cell: string | undefined): void {
  if (dump.totals[total] === undefined) assignKnown(dump.totals, { [total]: bytesOfKib(cell ?? '') });
}

/** `           (Pss):      483      224     1181     1888`: the last column is the total. */
function takeSideways(dump: Dump, label: string, cells: readonly string[]): void {
  if (cells.length !== 4) return;
  if (label === '(Pss):') take(dump, 'pss', cells[3]);
  if (label === '(priv dirty):') take(dump, 'privateDirty', cells[3]);
}
