import type { Sample } from '../../model/memory.js';
import { assignKnown } from '../../model/vma-table.js';
import type { CaptureFormat, LineReader, Section } from '../format.js';
import { lineReader } from '../line-reader.js';
import { bytesOfKib } from './kib.js';

/**
 * The totals of `dumpsys meminfo PROCESS` without its tables, as a loop of `dumpsys meminfo PROCESS | grep TOTAL` leaves
 * them: the last row of the table, of which the first column is PSS in all versions, and the end of the App Summary.
 *
 *             TOTAL   337790   293788    18924      162   421296   634109   428404   201098
 *               TOTAL PSS:   337790            TOTAL RSS:   421296       TOTAL SWAP PSS:      162
 */
export const dumpsysMeminfoTotals: CaptureFormat = {
  id: 'dumpsys-meminfo-totals',
  name: 'totals of Android dumpsys meminfo',
  specification:
    'https://android.googlesource.com/platform/frameworks/base/+/refs/heads/main/core/java/android/app/ActivityThread.java',
  howToCapture: 'not needed: use dumpsys meminfo PROCESS, whole',
  firstLine: /^ *TOTAL[ :]/,
  recognizes: (head) => totalsOf(head.slice(0, Math.max(0, head.search(/\r?\n|$/)))) !== undefined,
  open: (section) => lineReader(new TotalsReader(section)),
};

interface Totals {
  readonly sample: Sample;
  readonly isRow: boolean;
}

const ROW = /^ {4,}TOTAL +(?<pss>\d{1,15})(?: +\d{1,15}){5,9} *$/;
const SUMMARY =
  /^ *TOTAL(?: PSS)?: +(?<pss>\d{1,15})(?: +TOTAL RSS: +(?<rss>\d{1,15}))? +TOTAL SWAP(?: PSS| \(KB\)): +(?<swap>\d{1,15}) *$/;

function totalsOf(line: string): Totals | undefined {
  const row = ROW.exec(line)?.groups;
  const { pss, rss, swap } = row ?? SUMMARY.exec(line)?.groups ?? {};
  if (pss === undefined) return undefined;
  const bytes = (kib: string | undefined): number | undefined => bytesOfKib(kib ?? '');
  return {
    sample: assignKnown<Sample>({}, { pss: bytes(pss), rss: bytes(rss), swap: bytes(swap) }),
    isRow: row !== undefined,
  };
}

class TotalsReader implements LineReader {
  /** A row, until it is known whether the summary of the same dump follows. */
  private row: { readonly sample: Sample; readonly line: number } | undefined;

  constructor(private readonly section: Section) {}

  line(text: string, number: number): boolean {
    if (text.trim() === '') return true;
    const totals = totalsOf(text);
    if (!totals) return false;
    const { row } = this;
    const { sample, isRow } = totals;
    if (row && (isRow || row.sample.pss !== sample.pss)) this.tellRow();
    if (isRow) this.row = { sample, line: number };
    else {
      this.row = undefined;
      this.emit(sample, number);
    }
    return true;
  }

  end(): void {
    this.tellRow();
  }

  private tellRow(): void {
    if (this.row) this.emit(this.row.sample, this.row.line);
    this.row = undefined;
  }

  private emit(sample: Sample, line: number): void {
    this.section.emit({ type: 'sample', says: {}, origin: { file: this.section.file, line }, sample });
  }
}
