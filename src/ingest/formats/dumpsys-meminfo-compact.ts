import type { Sample } from '../../model/memory.js';
import { assignKnown } from '../../model/vma-table.js';
import type { CaptureFormat, Section } from '../format.js';
import { lineReader } from '../line-reader.js';
import { bytesOfKib, pidOf } from './kib.js';

/**
 * Android's `dumpsys meminfo -c`: the tables of the device as comma separated words.
 *
 *     version,1
 *     time,277763066,766707569
 *     oom,cached,141357,N/A
 *     proc,cached,com.example.app,2964,19345,N/A,e
 *     cat,Native,63169,N/A
 *
 * A row of a process has its PSS, since Android 7 also what is in swap (SwapPss). Since Android 12 there are two tables
 * without titles, of RSS and then of PSS: a process that comes twice, and the second time with no more, is told so.
 */
export const dumpsysMeminfoCompact: CaptureFormat = {
  id: 'dumpsys-meminfo-compact',
  name: 'Android dumpsys meminfo -c',
  specification:
    'https://android.googlesource.com/platform/frameworks/base/+/refs/heads/main/services/core/java/com/android/server/am/ActivityManagerService.java',
  howToCapture: 'adb shell dumpsys meminfo -c',
  firstLine: /^(?:version|time|oom|proc),/,
  recognizes: (head) => BEGINNING.test(head),
  open: (section) => lineReader(new CompactReader(section)),
};

const PROCESS =
  /^proc,(?<oom>[a-z]{2,12}),(?<name>[^,\n]{1,255}),(?<pid>\d{1,9}),(?<kib>\d{1,16})(?:,(?<swap>\d{1,16}|N\/A))?,[ae]$/;
const BEGINNING = new RegExp(
  String.raw`^(?:version,\d+\n)?(?:time,\d+,\d+\n)?\n{0,2}(?:oom,[a-z]{2,12},\d+(?:,(?:\d+|N/A))?\n)?${PROCESS.source.slice(1, -1)}(?:\n|$)`,
);
/** `lostram,-479062`, `tuning,256,512,322560,high-end-gfx`, and below `cat,Dalvik,…` its parts: `Dalvik,.Heap,35456,N/A`. */
const OTHER_ROW = /^[A-Za-z.][\w. -]*(?:,[A-Za-z.][\w. -]*)?(?:,(?:-?\d{1,20}|N\/A))+(?:,low-ram)?(?:,high-end-gfx)?$/;
/** Lines that Android 12 and later print as in the long form. */
const LONG_LINE = /^ *(?:ION|DMA-BUF(?: Heaps(?: pool)?)?|GPU): +\d/;

interface Row {
  readonly pid: number;
  readonly command: string;
  readonly line: number;
  readonly amount: number;
  readonly swap: number | undefined;
}

/** Rows by pid: each process once. */
type Table = Map<number, Row>;

class CompactReader {
  private tables: Table[] = [];
  /** The last rows of a process, and of anything else. */
  private lastRow = 0;
  private lastOtherLine = 0;

  constructor(private readonly section: Section) {}

  line(text: string, number: number): boolean {
    if (text.trim() === '') return true;
    if (text.startsWith('version,') || text.startsWith('time,')) this.finish();
    const row = PROCESS.exec(text)?.groups;
    if (!row) {
      if (!OTHER_ROW.test(text) && !LONG_LINE.test(text)) return false;
      this.lastOtherLine = number;
      return true;
    }
    const pid = pidOf(row.pid ?? '');
    const amount = bytesOfKib(row.kib ?? '');
    if (pid === undefined || amount === undefined) return false;
    let table = this.tables.at(-1);
    if (!table || table.has(pid)) {
      // Since Android 7 rows have a place for the swap; before, every table is of PSS.
      if (this.tables.length === (row.swap === undefined ? 1 : 2)) this.finish();
      table = new Map();
      this.tables.push(table);
    }
    this.lastRow = number;
    table.set(pid, { pid, command: row.name ?? '', line: number, amount, swap: bytesOfKib(row.swap ?? '') });
    return true;
  }

  end(atEndOfFile: boolean): void {
    if (atEndOfFile && this.lastRow > this.lastOtherLine) {
      const message =
        'expected the rows that follow those of processes, found the end of the file: some may be missing';
      this.section.problem('warning', 'truncated-capture', message, this.lastRow);
    }
    this.finish();
  }

  private finish(): void {
    const [first = new Map<number, Row>(), second] = this.tables;
    this.tables = [];
    if (!second || !isRssOf(first, second)) {
      for (const row of first.values()) this.emit(row, { pss: row.amount }, row.swap);
      for (const row of second?.values() ?? []) this.emit(row, { pss: row.amount }, row.swap);
      return;
    }
    for (const row of first.values()) {
      const pss = second.get(row.pid);
      second.delete(row.pid);
      this.emit(row, { rss: row.amount, ...(pss && { pss: pss.amount }) }, pss?.swap);
    }
    for (const row of second.values()) this.emit(row, { pss: row.amount }, row.swap);
  }

  private emit({ pid, command, line }: Row, sample: Sample, swap: number | undefined): void {
    assignKnown(sample, { swap });
    this.section.emit({ type: 'sample', says: { pid, command }, origin: { file: this.section.file, line }, sample });
  }
}

/** RSS tells no swap, no PSS is more than its RSS, and not all are the same: else they are two dumps after each other. */
function isRssOf(first: Table, second: Table): boolean {
  const both = [...first.values()].flatMap((rss) => {
    const pss = second.get(rss.pid);
    return pss ? [{ rss: rss.amount, pss: pss.amount }] : [];
  });
  return (
    [...first.values()].every(({ swap }) => swap === undefined) &&
    both.every(({ rss, pss }) => pss <= rss) &&
    both.some(({ rss, pss }) => pss < rss)
  );
}
