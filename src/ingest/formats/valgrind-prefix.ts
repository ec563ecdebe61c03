import type { Milliseconds } from '../../model/units.js';

/** A line of valgrind's: who printed it, and what. */
export interface ValgrindLine {
  readonly pid: number;
  /** Since the start of the program, with --time-stamp=yes. */
  readonly elapsed?: Milliseconds;
  /** Without the prefix and its one blank. */
  readonly text: string;
}

/**
 * Takes valgrind's prefix off a line; undefined: the line is not valgrind's.
 *
 *     ==3978== HEAP SUMMARY:
 *     ==00:00:00:00.479 19684== HEAP SUMMARY:     with --time-stamp=yes
 *     ==4873==
 *     ^C==3978==                                  program output without a newline stands before it
 *     Nov 23 00:42:01 board app[77]: ==3978== …   so do the prefixes of log collectors
 *
 * `--PID--` (debug output) and `**PID**` (messages of the program itself) say nothing of its memory.
 * Source: coregrind/m_libcprint.c, add_to__vmessage.
 */
export function valgrindLine(line: string): ValgrindLine | undefined {
  for (let at = line.indexOf('=='); at !== -1; at = line.indexOf('==', at + 1)) {
    const found = isInString(line, at) ? undefined : prefixAt(line, at + 2);
    if (found) return found;
  }
  return undefined;
}

/** Behind a quotation mark, or a newline that is written as "\\n", it is a string of some source text or JSON. */
function isInString(line: string, at: number): boolean {
  return at > 0 && (QUOTES.includes(line[at - 1] as string) || line.startsWith('\\n', at - 2));
}

function prefixAt(line: string, from: number): ValgrindLine | undefined {
  let at = from;
  let pid = 0;
  for (;;) {
    const code = line.charCodeAt(at);
    if (code >= 48 && code <= 57) pid = pid * 10 + code - 48;
    else if (code === COLON || code === DOT) pid = 0;
    else if (code === BLANK && at > from && line.charCodeAt(from + 2) === COLON) pid = 0;
    else break;
    if (++at - from > LONGEST_PREFIX) return undefined;
  }
  if (pid === 0 || pid > HIGHEST_PID || line.charCodeAt(at) !== EQUALS || line.charCodeAt(at + 1) !== EQUALS)
    return undefined;
  const text = at + 2 === line.length ? '' : line.slice(at + 3);
  // Editors make a tab of blanks.
  if (text !== '' && /\S/.test(line.charAt(at + 2))) return undefined;
  const elapsed = line.charCodeAt(from + 2) === COLON ? elapsedOf(line.slice(from, at)) : undefined;
  return elapsed === undefined ? { pid, text } : { pid, elapsed, text };
}

/** `DD:HH:MM:SS.mmm`, as --time-stamp prints how long the program has run. Source: coregrind/m_libcprint.c, VG_(elapsed_wallclock_time) */
export function elapsedOf(text: string): Milliseconds | undefined {
  const parts = /^(\d{2,4}):(\d{2}):(\d{2}):(\d{2})\.(\d{3})\b/.exec(text)?.slice(1).map(Number);
  if (!parts) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0, milliseconds = 0] = parts;
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + milliseconds;
}

/** The prefix by its bytes, where a line begins with it; the sanitizers print `==PID==` as well. */
export class PidPrefix {
  pid = 0;
  elapsed: Milliseconds | undefined;
  /** Where the prefix ends, behind its last `=`. */
  end = 0;

  /** Whether `==PID==` stands at `from`. */
  read(buffer: Buffer, from: number): boolean {
    if (buffer[from] !== EQUALS || buffer[from + 1] !== EQUALS) return false;
    let pid = 0;
    let at = from + 2;
    for (let digit = (buffer[at] as number) - ZERO; digit >= 0 && digit <= 9; digit = (buffer[++at] as number) - ZERO)
      pid = pid * 10 + digit;
    if (pid === 0 || at - from > 2 + PID_DIGITS || buffer[at] !== EQUALS || buffer[at + 1] !== EQUALS) return false;
    this.pid = pid;
    this.elapsed = undefined;
    this.end = at + 2;
    return true;
  }

  /** Whether the prefix of valgrind's --time-stamp=yes stands there. */
  readTimed(buffer: Buffer, from: number): boolean {
    if (buffer[from] !== EQUALS || buffer[from + 1] !== EQUALS) return false;
    const text = buffer.toString('latin1', from, from + 2 + LONGEST_PREFIX + 2);
    const length = text.indexOf('==', 2) + 2;
    const line = valgrindLine(text.slice(0, length));
    if (!line) return false;
    this.pid = line.pid;
    this.elapsed = line.elapsed;
    this.end = from + length;
    return true;
  }
}

const QUOTES = `"'\``;
const BLANK = 32;
const DOT = 46;
const ZERO = 48;
const COLON = 58;
const EQUALS = 61;
/** As printed; the kernel's own limit is lower. */
const PID_DIGITS = 10;
const HIGHEST_PID = 10 ** PID_DIGITS - 1;
/** "00:00:00:00.000 " and ten digits of pid. */
const LONGEST_PREFIX = 30;

/** Whether this is the first line of a memcheck log: `Memcheck, a memory error detector`, with a full stop until 3.3. */
export function isMemcheckTitle(text: string): boolean {
  return text.startsWith('Memcheck, a memory error detector');
}

/**
 * The tool of whose log this is the first line, or one that only that tool prints; undefined: it may be memcheck's.
 *
 *     ==21618== DHAT, a dynamic heap analysis tool
 *     ==21610== drd, a thread error detector
 *     ==1234== Cachegrind, a cache and branch-prediction profiler
 *     ==1234== Possible data race during read of size 4 at 0x601038 by thread #1     (with -q the title is missing)
 */
export function otherToolOf(text: string): string | undefined {
  const title = OTHER_TITLE.exec(text)?.[1]?.toLowerCase();
  if (title !== undefined) return title === 'nulgrind' ? 'none' : title;
  return OTHER_LINES.find(([begin]) => begin.test(text))?.[1];
}

const OTHER_TITLE =
  /^(Helgrind|drd|Cachegrind|Callgrind|Massif|DHAT|Lackey|Nulgrind|exp-[\w-]+|BBV|None)\b[^,]*, (?:a|an|the) /i;

const OTHER_LINES = [
  [/^(?:Possible data race during |-+Thread-Announcement-|Thread #\d|Use --history-level=)/, 'helgrind'],
  [/^(?:Conflicting (?:load|store) by thread |Other segment (?:start|end) \(thread |Mutex (?:not|still) )/, 'drd'],
  [/^(?:Events {4}: |Collected : |For interactive control, run 'callgrind_control)/, 'callgrind'],
  [/^(?:max-live|tot-alloc|At t-gmax): /, 'dhat'],
  [/^Counted [\d,]+ calls? to /, 'lackey'],
  [/^[ID] {1,3}refs: /, 'cachegrind or callgrind'],
] as const;
