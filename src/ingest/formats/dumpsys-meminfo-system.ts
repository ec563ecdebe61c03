import type { Sample } from '../../model/memory.js';
import { assignKnown } from '../../model/vma-table.js';
import type { CaptureFormat, Section } from '../format.js';
import { lineReader } from '../line-reader.js';
import { firstDumpLine, isDumpHeader } from './dumpsys-meminfo-header.js';
import { bytesOfKib, pidOf } from './kib.js';

/**
 * Android's `dumpsys meminfo` of the whole device: a table by process for PSS, since Android 12 one for RSS above it.
 *
 *     Total PSS by process:
 *         553,516K: com.example.app (pid 2611 / activities)              (    1,234K in swap)
 *         514,020K: system (pid 625)
 *
 * Up to Android 6 an amount reads `79963 kB:`. The same processes come again by OOM adjustment: these rows, those by
 * category and the lines about the device's RAM are not read. What is in swap is SwapPss.
 */
export const dumpsysMeminfoSystem: CaptureFormat = {
  id: 'dumpsys-meminfo-system',
  name: 'Android dumpsys meminfo of the device',
  specification:
    'https://android.googlesource.com/platform/frameworks/base/+/refs/heads/main/services/core/java/com/android/server/am/ActivityManagerService.java',
  howToCapture: 'adb shell dumpsys meminfo',
  firstLine: /^(?:DUMP OF SERVICE |Applications Memory |Uptime: |Total [PR]SS by )/,
  recognizes: (head) => TABLE_TITLE.test(firstDumpLine(head)),
  open: (section) => lineReader(new SystemReader(section)),
};

const TABLE_TITLE = /^Total (?<total>PSS|RSS) by (?<by>process|OOM adjustment|category): *$/;
const ROW = /^ *(?<kib>\d[\d,]*)(?:K| kB): (?<rest>\S.*)$/;
const PROCESS = /^(?<name>.*?) *\(pid (?<pid>\d{1,9})(?<notes>[ /)].*)$/;
const SWAP = /\( *(?<kib>\d[\d,]*)(?:K| kB) in swap\b/;
const DEVICE_LINE =
  /^ *(?:Total RAM|Free RAM|Used RAM|Lost RAM|Total PSS|ION|DMA-BUF(?: Heaps(?: pool)?)?|GPU|ZRAM|KSM|SWAP|Tuning): +-?\d/;
/** The second line about KSM. */
const UNSHARED = /^ +\d[\d,]*(?:K| kB) unshared; /;

interface ProcessTotals {
  readonly command: string;
  readonly line: number;
  readonly sample: Sample;
}

class SystemReader {
  /** By pid, in the order met: a process is in the tables of both totals. */
  private processes = new Map<number, ProcessTotals>();
  private readonly tablesMet = new Set<string>();
  /** The total of the table by process that is being read. */
  private total: 'pss' | 'rss' | undefined;
  /** The last line of such a table. */
  private lastRow = 0;

  constructor(private readonly section: Section) {}

  line(text: string, number: number): boolean {
    if (text.trim() === '') return true;
    if (isDumpHeader(text)) {
      this.finish();
      return true;
    }
    const title = TABLE_TITLE.exec(text)?.groups;
    if (title) {
      // The same table again: another dump, without the lines above it.
      if (this.tablesMet.has(text)) this.finish();
      this.tablesMet.add(text);
      this.total = title.by !== 'process' ? undefined : title.total === 'PSS' ? 'pss' : 'rss';
      return true;
    }
    const row = ROW.exec(text)?.groups;
    if (!row) return DEVICE_LINE.test(text) || UNSHARED.test(text);
    return !this.total || this.take(this.total, amountOf(row.kib), row.rest ?? '', number);
  }

  end(atEndOfFile: boolean): void {
    if (atEndOfFile && this.total !== undefined && this.processes.size > 0) {
      const message =
        'expected the tables that follow those by process, found the end of the file: processes may be missing';
      this.section.problem('warning', 'truncated-capture', message, this.lastRow);
    }
    this.finish();
  }

  private take(total: 'pss' | 'rss', bytes: number | undefined, rest: string, number: number): boolean {
    const process = PROCESS.exec(rest)?.groups;
    const pid = pidOf(process?.pid ?? '');
    if (!process?.name || pid === undefined || bytes === undefined) return false;
    const known = this.processes.get(pid) ?? { command: process.name, line: number, sample: {} };
    this.processes.set(pid, known);
    this.lastRow = number;
    known.sample[total] ??= bytes;
    assignKnown(known.sample, { swap: amountOf(SWAP.exec(process.notes ?? '')?.groups?.kib) });
    return true;
  }

  private finish(): void {
    for (const [pid, { command, line, sample }] of this.processes) {
      const origin = { file: this.section.file, line };
      this.section.emit({ type: 'sample', says: { pid, command }, origin, sample });
    }
    this.processes = new Map();
    this.tablesMet.clear();
    this.total = undefined;
  }
}

/** The bytes of `1,282,633` KiB. */
function amountOf(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : bytesOfKib(digits.replaceAll(',', ''));
}
