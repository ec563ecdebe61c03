import type { Instant, Milliseconds } from '../model/units.js';
import { findClock } from './clock-text.js';
import type { FoundTime } from './instant-of.js';
import { ParsedLines } from './parsed-lines.js';
import { findTime } from './time-text.js';

/** What a line between sections says of the text below it. */
export interface SectionHeader {
  takenAt?: Instant;
  /** Set where the time tells no date, or no year: see FoundTime. */
  comesAgain?: Milliseconds;
  pid?: number;
  command?: string;
  /** A tool that runs a command on many devices named one. */
  device?: string;
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
  if (text.length < 3 || text.length > LONGEST_LINE || VMA_RANGE.test(text)) return undefined;
  const process = PID_LINE.exec(text)?.groups;
  if (process) {
    const { pid, command } = process;
    return { pid: Number(pid), ...(command !== undefined && { command }) };
  }
  const banner = BANNER_START.test(text) ? BANNER.exec(text) : null;
  const watched = WATCH.exec(text)?.groups;
  if (watched) return { ...fromTime(timeIn(watched.date ?? '')), ...fromBanner(watched.typed ?? '') };
  const marked = banner && fromBanner((banner.groups?.inner ?? '').trim());
  if (marked) return marked;
  const typed = TYPED.exec(text);
  if (typed && PROMPT.test(text.slice(0, typed.index))) return fromTyped(typed.groups?.typed ?? '');
  if (banner) return undefined;
  if (text.length > LONGEST_BARE_TIME) return fromUptime(text);
  return bareTimes.get(text).header;
}

/** The time of a line that has a full one, at its beginning or anywhere, whatever else it says. */
export function datedHeader(line: string, where: 'first' | 'anywhere' = 'first'): SectionHeader | undefined {
  if (line.length > LONGEST_LINE) return undefined;
  const time = findTime(line);
  if (!time || time.dayOnly || (where === 'first' && time.start > DECORATION)) return undefined;
  return fromTime(time);
}

/** Whether a line is marked as one that stands between captures: it may name more than a time. */
export function isBanner(line: string): boolean {
  return BANNER_START.test(line.trimStart());
}

const LONGEST_LINE = 512;
/** So many characters may stand in front of the time of a line: brackets, quotes, `h3. `, `<h2>`. */
const DECORATION = 8;
const LONGEST_BARE_TIME = 64;
/** The programs of a device are sampled together, and devices by the clock: the same time stands in many logs. */
const bareTimes = new ParsedLines((text) => ({ header: fromUptime(text) ?? fromBareTime(text) }), 1000);

const VMA_RANGE = /^[0-9a-f]{4,16}-[0-9a-f]{4,16} [r-]/;
// PID 812 · pid=812 cmd=sensord · --- Process 812 (sensord) ---; in /proc/PID/status a tab follows "Pid:"
const PID_LINE =
  /^\W{0,10}(?:pid|process)(?: ?[:=#] ?| )(?<pid>\d{1,7})(?:[ ,;:-]{1,3}(?:\(|(?:cmd|comm|command|name)[:=] ?)(?<command>[a-z][\w./:@-]{0,63}))?\W{0,10}$/i;
const BANNER_START = /^[=*#>+-]/;
// ==> /proc/2/smaps <== · ==== 2026-11-23 01:06:25 pid=2 ==== · --- /proc/2/smaps --- · ### sample 3 ### · # 2026-…
const BANNER =
  /^(?:={3,}>?|==>|-{3,}|\*{3,}|#+(?!\d)|>{3,}|\+{3,})(?<inner>[^=].*?)(?:<?={2,}|-{3,}|\*{3,}|#{2,}|<{3,}|\+{3,})?$/;
// root@imx6ull:~# cat /proc/2/smaps · / # cat /proc/2/smaps · $ adb shell cat /proc/2/smaps · + cat /proc/2/smaps
// $ adb -s emulator-5554 shell procrank · $ ssh root@board-7 cat /proc/2/smaps · $ docker exec -it web cat /proc/1/smaps
const TYPED = new RegExp(
  '[#$+>] (?<typed>(?:sudo |adb (?:-s \\S+ )?|(?:exec-out|shell) |su (?:-c|root|0) |ssh (?:-\\S+ )*(?:[^\\s@]+@)?[\\w.-]+ |' +
    '(?:docker|podman|kubectl) exec (?:-\\S+ )*[\\w./-]+ (?:-- )?)*' +
    `["']?(?:cat|head|tail|grep|awk|smem|pmap|date|showmap|procrank|librank|dumpsys meminfo)\\b.*)$`,
);
const DUMPED = /\bdumpsys meminfo (?:-\w+ )*(?<process>[a-z]\w*(?:\.\w+)+(?::[\w.]+)?)(?= |$)/;
const PROMPT = /^(?:[\w.-]+@[\w.-][^#$]*|\S{0,40} ?)$/;

// Every 60.0s: pmap -x 812 | tail -1          board-7: Mon Nov 23 01:06:25 2026
const WATCH = /^Every [\d.,]{1,12}s: (?<typed>.{1,300}?) {2,}(?:\S{1,64}: )?(?<date>\S.*\d)$/;

const ON_DEVICE =
  /(?:^|\s)(?:adb -s |ssh (?:-\S+ )*(?:[^\s@]+@)?|(?:docker|podman|kubectl) exec (?:-\S+ )*)(?<device>[\w.:/-]+) /;

/** What was typed stands above what it printed, whatever it was. It may name the device, and the process. */
function fromTyped(typed: string): SectionHeader {
  const device = ON_DEVICE.exec(typed)?.groups?.device;
  const command = DUMPED.exec(typed)?.groups?.process;
  return {
    ...fromBanner(typed.trim()),
    ...(command !== undefined && { command }),
    ...(device !== undefined && { device }),
  };
}

/** Undefined where the banner names neither a time nor a process: it may be anything. */
function fromBanner(inner: string): SectionHeader | undefined {
  const header: SectionHeader = fromTime(timeIn(inner));
  const path = /(?:^|\s)((?:[\w.:@~+-]*\/)+[\w.:@~+-]+)/.exec(inner)?.[1];
  if (path !== undefined) header.path = path;
  const pid =
    /\/proc\/(\d{1,7})\//.exec(inner)?.[1] ??
    /\b(?:pmap|showmap)(?: -\w+)* (\d{1,7})\b/.exec(inner)?.[1] ??
    /\bpid[ =:]+(\d{1,7})\b/i.exec(inner)?.[1];
  if (pid !== undefined) header.pid = Number(pid);
  const command = /\b(?:cmd|comm|command|name|process)[=:] ?([^\s,;]+)/i.exec(inner)?.[1];
  if (command !== undefined) header.command = command;
  return header.takenAt === undefined && header.pid === undefined && path === undefined ? undefined : header;
}

/** A line that is a time and nothing else, but for a few brackets and words (`Date: …`, `[1763858524.12]`). */
function fromBareTime(text: string): SectionHeader | undefined {
  const time = timeIn(text);
  if (!time) return undefined;
  if (time.end - time.start === text.length) return fromTime(time);
  const around = `${text.slice(0, time.start)} ${text.slice(time.end)}`;
  return ONLY_PUNCTUATION_BETWEEN.test(around) && around.split(/\W+/).every(isTimeWord) ? fromTime(time) : undefined;
}

function fromUptime(text: string): SectionHeader | undefined {
  const uptime = UPTIME.exec(text)?.groups?.time;
  return uptime === undefined ? undefined : fromTime(findClock(uptime));
}

// 14:13:20 up 2 days,  1:10,  1 user,  load average: 0.01, 0.02, 0.00, also below the name of top
const UPTIME = /^(?:top - )?(?<time>\d\d:\d\d:\d\d) up .{1,60}load average: /;

function timeIn(text: string): FoundTime | undefined {
  const time = findTime(text);
  return time && !time.dayOnly ? time : findClock(text);
}

export function fromTime(time: FoundTime | undefined): SectionHeader {
  if (!time) return {};
  const { at, comesAgain } = time;
  return { takenAt: at, ...(comesAgain !== undefined && { comesAgain }) };
}

const ONLY_PUNCTUATION_BETWEEN = /^[\w[\](){}@:=#,;\s-]*$/;

/** A word that may stand beside a time without meaning: a label, a zone's name, the number of the sample. */
function isTimeWord(word: string, index: number, words: readonly string[]): boolean {
  if (word === '' || TIME_LABEL.test(word)) return true;
  if (/^\d{1,6}$/.test(word)) return TIME_LABEL.test(words[index - 1] ?? '');
  return /^[A-Z]{3,4}$/.test(word);
}

const TIME_LABEL = /^(?:date|time|timestamp|epoch|sample|snapshot|at|t|utc)\d{0,6}$/i;
