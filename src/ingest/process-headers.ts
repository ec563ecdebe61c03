import { COMM_LENGTH } from '../model/capture.js';
import { commandName } from '../model/command-name.js';
import type { ByteWindow } from './byte-window.js';
import { HEAD_BYTES } from './recognizer.js';
import type { SectionHeader } from './section-header.js';
import { findTime } from './time-text.js';

/** The process that a line above a capture names. */
export type NamedProcess = Pick<SectionHeader, 'pid' | 'command'>;

const LONGEST_LINE = 512;
/** A range of addresses with the permissions behind it. */
const VMA = /^[0-9a-f]{4,16}-[0-9a-f]{4,16} [r-][w-][x-][ps]/;
/** Lines that may stand between the line and the VMAs: without words. */
const BLANK = /^[\W_]*$/;
const MOST_BLANK_LINES = 3;
/** So much of a text shows whether it begins with VMAs. */
const BEGINNING_BYTES = 512;

/** Whether a line may name a process: a glance. A line of maps is no header of those below it. */
export function mayNameProcess(line: string): boolean {
  return line.length <= LONGEST_LINE && /[\da-z]/i.test(line) && !VMA.test(line);
}

/**
 * The processes that lines right above VMAs, or above their sums, name in whatever way a script prints it:
 * `=== 812 /usr/bin/sensord ===`, `sensord[812]`, `PID: 812 CMD: sensord -f`, a row of ps.
 *
 * A number without `pid` beside it is one only where something else says so: the name that stands with it is that of a
 * file mapped below, or the same line comes again, as it does in each round of a script. `sample 3` does not.
 */
export class ProcessHeaders {
  /** The forms that have proved to name processes in this file. */
  private readonly proven = new Set<RegExp>();

  constructor(private readonly window: ByteWindow) {}

  /** The process that the window's next line names, with this text. */
  of(line: string): NamedProcess | undefined {
    const { window } = this;
    if (!mayNameProcess(line) || !beginsWithVmas(window.below(BEGINNING_BYTES))) return undefined;
    return this.read(line, window.below(HEAD_BYTES));
  }

  private read(line: string, below: string): NamedProcess | undefined {
    const text = undecorated(withoutTime(line));
    const file = PROC_FILE.exec(text)?.groups?.pid;
    if (file !== undefined) return { pid: Number(file), ...commandIn(text.replace(PROC_FILE, ' '), below) };
    const keyed = KEYED_PID.exec(text);
    if (keyed) {
      const around = `${text.slice(0, keyed.index)} ${text.slice(keyed.index + keyed[0].length)}`;
      return { pid: Number(keyed.groups?.pid), ...commandIn(around, below) };
    }
    for (const form of FORMS) {
      const { pid, command } = form.exec(text)?.groups ?? {};
      // sensord-0 is the first of some; no process that can be sampled has this number.
      if (pid !== undefined && Number(pid) === 0) continue;
      const name = command === undefined ? undefined : commandName(command);
      if ((pid === undefined && name === undefined) || (name !== undefined && !NAME.test(name))) continue;
      const isKnown = name !== undefined && pid !== undefined && isMapped(name, below);
      // Of VMAs the paths tell the program better than a word above them does.
      const mayTell = pid !== undefined || ROLLUP.test(below);
      const isProven = isKnown || (mayTell && !COUNTED.test(name ?? '') && this.isProven(form, text));
      if (isProven)
        return { ...(pid !== undefined && { pid: Number(pid) }), ...(name !== undefined && { command: name }) };
    }
    return undefined;
  }

  private isProven(form: RegExp, text: string): boolean {
    if (!this.proven.has(form) && !this.comesAgain(text)) return false;
    this.proven.add(form);
    return true;
  }

  /** Whether the text stands, whole, in front of other VMAs further down, as far as the file is in memory. */
  private comesAgain(text: string): boolean {
    const { buffer, end } = this.window;
    const from = this.window.lineEnd();
    let places = 0;
    for (let at = buffer.indexOf(text, from); at !== -1 && at < end; at = buffer.indexOf(text, at + 1)) {
      if (++places > MOST_PLACES) return false;
      const lineStart = buffer.lastIndexOf(NEWLINE, at) + 1;
      const lineEnd = this.window.lineEnd(at);
      const line = this.window.textOf(lineStart, lineEnd);
      if (line.length <= LONGEST_LINE && undecorated(withoutTime(line)) === text) {
        return beginsWithVmas(this.window.below(BEGINNING_BYTES, lineEnd));
      }
    }
    return false;
  }
}

const NEWLINE = 10;
/** A counter of one digit stands nearly everywhere: that is no line that comes again. */
const MOST_PLACES = 200;

/** Whether a text begins with VMAs, but for a date or a line without words. */
export function beginsWithVmas(text: string): boolean {
  for (let from = 0, passed = 0; passed <= MOST_BLANK_LINES; passed++) {
    const end = text.indexOf('\n', from);
    if (end === -1) return false;
    const line = text.slice(from, end);
    if (VMA.test(line)) return true;
    if (!BLANK.test(line) && findTime(line)?.start !== 0) return false;
    from = end + 1;
  }
  return false;
}

const PROC_FILE = /(?<![\w/.-])\/proc\/(?<pid>\d{1,7})\/\w+/;
const KEYED_PID = /\bpid(?:\s?[:=#]\s{0,2}|\s)(?<pid>\d{1,7})\b/i;
const KEYED_COMMAND =
  /\b(?:cmd|cmdline|comm|command|name|process|program|exe|app|task)\s?[:=]\s?["'([]?(?<command>[^\s,;"'()[\]]+)/i;

const FORMS: readonly RegExp[] = [
  // root 812 0.0 0.1 12345 6789 ? Ss 10:00 0:01 /usr/bin/sensord: a row of ps aux
  /^\S+ +(?<pid>\d{1,7}) +[\d.]+ +[\d.]+ +\d+ +\d+ +\S+ +\S+ +\S+ +[\d:.-]+ +(?<command>\S.*)$/,
  // 812 root 2345 S /usr/bin/sensord: a row of BusyBox's ps
  /^(?<pid>\d{1,7}) +\w+ +\d+m? +[A-Z][<+NLsl]{0,3} +(?<command>\S.*)$/,
  // sensord[812] · sensord (812) · sensord/812 · sensord-812 · sensord 812, behind other words
  /(?:^|\s)(?<command>[^\s\d(["'][^\s(["',]{0,127}?) ?[[(:/ -] ?(?<pid>\d{1,7})[\])]?$/,
  // 812 (sensord) · 812: /usr/bin/sensord -f · [812] sensord · 812, sensord
  /(?:^|\s)\[?(?<pid>\d{1,7})\]?[:,;|-]? *\(?(?<command>[^\s\d()].*?)\)?$/,
  // 812
  /^(?<pid>\d{1,7})$/,
  // sensord
  /^(?<command>\S+)$/,
];

const NAME = /^[a-z_][\w.+@:-]+$/i;
const ROLLUP = /^.*\[rollup\]$/m;
/** What scripts count and measure, call what they print, or print it with. */
const COUNTED =
  /^(?:samples?|snapshots?|iter(?:ation)?s?|rounds?|runs?|loops?|cycles?|steps?|phases?|stages?|tests?|pass|tr(?:y|ies)|attempts?|captures?|dumps?|measurements?|intervals?|index|idx|count|num(?:ber)?|nr|no|seq|set|batch|part|page|line|time|after|at|of|for|day|hours?|min(?:utes?)?|sec(?:onds?)?|ms|uptime|epoch|begin|start|stop|end|done|smaps(?:_rollup)?|rollup|maps|mem(?:ory)?|process|pid|proc|status|cat|sudo|adb|shell)$/i;

/** The command in the rest of a line that names a pid: by its key, or a word that the paths below know, or the only one. */
function commandIn(text: string, below: string): NamedProcess {
  const keyed = KEYED_COMMAND.exec(text)?.groups?.command;
  if (keyed !== undefined) return { command: commandName(keyed) };
  const names = text
    .split(/[\s,;:"'()[\]]+/)
    .filter((word) => word !== '')
    .map(commandName);
  const [only = ''] = names.length === 1 ? names : [];
  const command = names.find((name) => isMapped(name, below)) ?? (NAME.test(only) && !COUNTED.test(only) ? only : '');
  return command === '' ? {} : { command };
}

/** Whether a file of this name is mapped below, whatever its version: python3 is /usr/bin/python3.11. */
function isMapped(name: string, below: string): boolean {
  if (!NAME.test(name)) return false;
  const escaped = name.replace(/[.+]/g, '\\$&');
  const rest = name.length === COMM_LENGTH ? '[^/\\n]*' : '(?:[.-]?\\d[\\w.-]*)?(?: \\(deleted\\))?';
  return new RegExp(`/${escaped}${rest}$`, 'm').test(below);
}

function withoutTime(line: string): string {
  const time = findTime(line);
  return time ? `${line.slice(0, time.start)} ${line.slice(time.end)}` : line;
}

function undecorated(line: string): string {
  return line.replace(/^[\s=*#>+~<|:;.,"'-]+/, '').replace(/[\s=*#>+~<|:;.,"'-]+$/, '');
}
