import type { Instant } from '../model/units.js';
import { findTime } from './time-text.js';

/** What a line between sections says of the text below it. */
export interface SectionHeader {
  takenAt?: Instant;
  pid?: number;
  command?: string;
  /** A path was named (`==> board-7/812/smaps <==`): it counts as the path of the text below. */
  path?: string;
}

/**
 * Reads a line that stands between captures: a bare date or epoch, a banner, a prompt with the command that was typed.
 * Undefined: the line is none of these.
 */
export function sectionHeaderOf(line: string): SectionHeader | undefined {
  const text = line.trim();
  // The first line of most sections is asked too: no more than a glance for what begins as a VMA does.
  if (text.length < 5 || text.length > 512 || VMA_RANGE.test(text)) return undefined;
  const process = PID_LINE.exec(text)?.groups;
  if (process) {
    const { pid, command } = process;
    return { pid: Number(pid), ...(command !== undefined && { command }) };
  }
  if (text.length < 8) return undefined;
  const banner = BANNER_START.test(text) ? BANNER.exec(text) : null;
  if (banner) return fromBanner((banner.groups?.inner ?? '').trim());
  const typed = TYPED.exec(text);
  if (typed && PROMPT.test(text.slice(0, typed.index))) return fromBanner((typed.groups?.typed ?? '').trim());
  return fromBareTime(text);
}

const VMA_RANGE = /^[0-9a-f]{4,16}-[0-9a-f]{4,16} [r-]/;
// PID 812 · pid=812 cmd=sensord · --- Process 812 (sensord) ---; in /proc/PID/status a tab follows "Pid:"
const PID_LINE =
  /^\W{0,10}(?:pid|process)(?: ?[:=#] ?| )(?<pid>\d{1,7})(?:[ ,;:-]{1,3}(?:\(|(?:cmd|comm|command|name)[:=] ?)(?<command>[a-z][\w./:@-]{0,63}))?\W{0,10}$/i;
const BANNER_START = /^[=*#>+-]/;
// ==> /proc/2/smaps <== · ==== 2026-11-23 01:06:25 pid=2 ==== · --- /proc/2/smaps --- · ### sample 3 ### · # 2026-…
const BANNER =
  /^(?:={3,}>?|==>|-{3,}|\*{3,}|#+(?!\d)|>{3,}|\+{3,})(?<inner>[^=].*?)(?:<?={2,}|-{3,}|\*{3,}|#{2,}|<{3,}|\+{3,})?$/;
// root@imx6ull:~# cat /proc/2/smaps · / # cat /proc/2/smaps · $ adb shell cat /proc/2/smaps · + cat /proc/2/smaps
const TYPED = /[#$+] (?<typed>(?:sudo |adb |shell |su -c )*(?:cat|head|tail|smem|pmap|date|showmap)\b.*)$/;
const PROMPT = /^(?:[\w.-]+@[\w.-][^#$]*|\S{0,40} ?)$/;

/** Undefined where the banner names neither a time nor a process: it may be anything. */
function fromBanner(inner: string): SectionHeader | undefined {
  const header: SectionHeader = {};
  const time = findTime(inner);
  if (time && !time.dayOnly) header.takenAt = time.at;
  const path = /(?:^|\s)((?:[\w.:@~+-]*\/)+[\w.:@~+-]+)/.exec(inner)?.[1];
  if (path !== undefined) header.path = path;
  const pid = /\/proc\/(\d{1,7})\//.exec(inner)?.[1] ?? /\bpid[ =:]+(\d{1,7})\b/i.exec(inner)?.[1];
  if (pid !== undefined) header.pid = Number(pid);
  const command = /\b(?:cmd|comm|command|name|process)[=:] ?([^\s,;]+)/i.exec(inner)?.[1];
  if (command !== undefined) header.command = command;
  return header.takenAt === undefined && header.pid === undefined && path === undefined ? undefined : header;
}

/** A line that is a time and nothing else, but for a few brackets and words (`Date: …`, `[1763858524.12]`). */
function fromBareTime(text: string): SectionHeader | undefined {
  if (text.length > 64) return undefined;
  const time = findTime(text);
  if (!time || time.dayOnly) return undefined;
  if (time.end - time.start === text.length) return { takenAt: time.at };
  const around = `${text.slice(0, time.start)} ${text.slice(time.end)}`;
  return ONLY_PUNCTUATION_BETWEEN.test(around) && around.split(/\W+/).every(isTimeWord)
    ? { takenAt: time.at }
    : undefined;
}

const ONLY_PUNCTUATION_BETWEEN = /^[\w[\](){}@:=#,;\s-]*$/;

/** A word that may stand beside a time without meaning: a label, a zone's name, the number of the sample. */
function isTimeWord(word: string, index: number, words: readonly string[]): boolean {
  if (word === '' || TIME_LABEL.test(word)) return true;
  if (/^\d{1,6}$/.test(word)) return TIME_LABEL.test(words[index - 1] ?? '');
  return /^[A-Z]{3,4}$/.test(word);
}

const TIME_LABEL = /^(?:date|time|timestamp|epoch|sample|snapshot|at|t|utc)\d{0,6}$/i;
