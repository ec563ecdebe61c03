import type { CaptureFormat, LineReader, Section } from '../format.js';
import { lineReader } from '../line-reader.js';
import { ShowmapCsvReader, showmapCsvHeaderOf } from './showmap-csv.js';
import { isUpperHeader, showmapHeaderOf } from './showmap-header.js';
import { beginsShowmapJson, ShowmapJsonReader } from './showmap-json.js';
import { ShowmapTextReader } from './showmap-text.js';

/**
 * Android's table of the mappings of one process, as text, CSV or JSON.
 *
 *      virtual                     shared   shared  private  private
 *         size      RSS      PSS    clean    dirty    clean    dirty     swap  swapPSS   # object
 *     -------- -------- -------- -------- -------- -------- -------- -------- -------- ---- ----------------------------
 *        16896    15272    15272        0        0        0    15272        0        0    3 [anon:libc_malloc]
 *
 * With -a each row is a VMA with its addresses: a snapshot. Without, a row is what all VMAs of one name add up to, so
 * only the totals are used. It says of no process; Android 12 added the columns of huge pages and locked ones.
 */
export const showmap: CaptureFormat = {
  id: 'showmap',
  name: 'Android showmap',
  specification:
    'https://android.googlesource.com/platform/system/memory/libmeminfo/+/refs/heads/main/tools/showmap.cpp',
  howToCapture: 'adb shell su root showmap -a -v PID',
  firstLine: /^(?: *(?:start +end +)?virtual |"virtual size",|\[\s*(?:\{|$))/,
  recognizes(head) {
    const [first = '', second = ''] = head.split('\n', 2);
    if (isUpperHeader(first)) return showmapHeaderOf(second) !== undefined;
    return showmapCsvHeaderOf(first) !== undefined || beginsShowmapJson(head);
  },
  open: (section) => lineReader(new ShowmapReader(section)),
};

/** Passes the lines on to the reader of the notation that the first line is in. */
class ShowmapReader implements LineReader {
  private reader: LineReader | undefined;

  constructor(private readonly section: Section) {}

  line(text: string, number: number): ReturnType<LineReader['line']> {
    this.reader ??= readerOf(text, this.section);
    return this.reader.line(text, number);
  }

  end(atEndOfFile: boolean): void {
    this.reader?.end(atEndOfFile);
  }
}

function readerOf(firstLine: string, section: Section): LineReader {
  if (firstLine.startsWith('[')) return new ShowmapJsonReader(section);
  return firstLine.startsWith('"') ? new ShowmapCsvReader(section) : new ShowmapTextReader(section);
}
