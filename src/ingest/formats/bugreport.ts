import { assignKnown } from '../../model/vma-table.js';
import type { CaptureFormat } from '../format.js';
import { lineReader } from '../line-reader.js';
import type { SectionHeader } from '../section-header.js';
import { findTime } from '../time-text.js';
import { pidOf } from './kib.js';

/**
 * A bug report of Android, as a text: the output of many programs, one after the other.
 *
 *     ========================================================
 *     == dumpstate: 2012-04-25 18:30:27
 *     ========================================================
 *     ------ PROCRANK (procrank) ------
 *     ------ SHOW MAP 2611 (com.example.app) (showmap -q 2611) ------
 *     DUMP OF SERVICE meminfo:
 *
 * What memreport knows in it is read by the formats of those programs, with the time of the report; all else is
 * ignored. The output of dumpsys for all services (`Currently running services:`) is such a text too.
 */
export const bugreport: CaptureFormat = {
  id: 'bugreport',
  name: 'Android bug report',
  specification:
    'https://android.googlesource.com/platform/frameworks/native/+/refs/heads/main/cmds/dumpstate/dumpstate.cpp',
  howToCapture: 'adb bugreport',
  firstLine: /^(?:={20}|== dumpstate: |Currently running services:)/,
  recognizes: (head) => BEGINNING.test(head),
  headerOf,
  open: () => lineReader({ line: (text) => /^=+$/.test(text), end: () => undefined }),
};

const BEGINNING = /^(?:={20,}\n)?== dumpstate: \d{4}-\d\d-\d\d |^Currently running services:\n {2}\S/;

function headerOf(line: string): SectionHeader | undefined {
  if (line.startsWith('DUMP OF SERVICE ')) return {};
  if (line.startsWith('== dumpstate: ')) return assignKnown<SectionHeader>({}, { takenAt: findTime(line)?.at });
  const title = TITLE.exec(line)?.groups?.title;
  if (title === undefined) return undefined;
  const shown = SHOW_MAP.exec(title)?.groups;
  const pid = shown?.pid ?? PROC_FOLDER.exec(title)?.groups?.pid;
  return assignKnown<SectionHeader>({}, { pid: pidOf(pid ?? ''), command: shown?.name ?? shown?.commandLine });
}

const TITLE = /^------ (?<title>[^\n]{1,1024}) ------$/;
// SHOW MAP 1 (/init) (/system/xbin/su root showmap 1) · SHOW MAP 812: /init (showmap -q 812)
const SHOW_MAP = /^SHOW MAP (?<pid>\d{1,9})(?: \((?<name>[^()]+)\)|: (?<commandLine>\S+))/;
const PROC_FOLDER = /\/proc\/(?<pid>\d{1,9})\//;
