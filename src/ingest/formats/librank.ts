import type { CaptureFormat } from '../format.js';
import { lineReader } from '../line-reader.js';

/**
 * Android's table of libraries with the processes that map them. Recognized, so that it is not taken for something
 * unknown; it has no totals of a process, so the verdict on a program does not use it.
 *
 *      RSStot       VSS      RSS      PSS      USS  Name/PID
 *       4276K                                       /system/lib64/libart.so
 *                 6676K    4276K    4276K    4276K    /system/bin/app_process64 [812]
 */
export const librank: CaptureFormat = {
  id: 'librank',
  name: 'Android librank',
  specification:
    'https://android.googlesource.com/platform/system/memory/libmeminfo/+/refs/heads/main/tools/librank.cpp',
  howToCapture: 'not needed: use procrank, or showmap for the mappings of a process',
  firstLine: /^(?: *RSStot |-{6} LIBRANK|"Library",)/,
  recognizes: (head) => {
    const lines = head.split('\n', 4);
    return HEADER.test(lines.find((line) => !TITLE.test(line)) ?? '') || CSV_HEADER.test(head);
  },
  open: () =>
    lineReader({
      line: (text) => text.trim() === '' || (text.length <= LONGEST_LINE && OWN_LINES.some((line) => line.test(text))),
      end: () => undefined,
    }),
};

const HEADER = /^ *RSStot +VSS +RSS +PSS +USS(?: +Swap)?(?: +Oom)? +Name\/PID *$/;
const LIBRARY = /^ *\d{1,16}K {20}/;
const PROCESS = /^ {7}[ \d]{1,60}K(?: +\d{1,16}K){3,4} .*\[\d{1,9}\]$/;
// ------ LIBRANK (librank) ------
const TITLE = /^-{6} LIBRANK(?: \([^\d()]*\))? -{6}$/;
const DURATION = /^(?:\[librank: [\d.]{1,20}s elapsed\]|-{6} [\d.]{1,20}s was the duration of 'LIBRANK[^']*' -{6})$/;
const CSV_HEADER = /^"Library","Total_RSS","Process","PID","VSS","RSS","PSS","USS"(?:,"Swap")?(?:,"Oomadj")?(?:\n|$)/;
// "/system/lib64/libc.so",4276,"/init","[1]",6676,4276,4276,4276
const CSV_ROW = /^"(?:[^"]|"")*",\d{1,16},"(?:[^"]|"")*","\[\d{1,9}\]"(?:,-?\d{1,16}){4,6}$/;

const OWN_LINES = [HEADER, LIBRARY, PROCESS, TITLE, DURATION, CSV_HEADER, CSV_ROW];
/** A path of 4096 bytes and its numbers. */
const LONGEST_LINE = 5000;
