import { COMM_LENGTH } from '../model/capture.js';
import { commandName } from '../model/command-name.js';
import type { SectionHeader } from './section-header.js';
import { findTime } from './time-text.js';

/** The process that a line right above VMAs names. */
type NamedProcess = Pick<SectionHeader, 'pid' | 'command'>;

const LONGEST_LINE = 512;
/** A range of addresses with the permissions behind it. */
const VMA = /^[0-9a-f]{4,16}-[0-9a-f]{4,16} [r-][w-][x-][ps]/;
/** Lines that may stand between the line and the VMAs: without words. */
const BLANK = /^[\W_]*$/;
const MOST_BLANK_LINES = 3;

/** Whether a line may name a process: a glance. A line of maps is no header of those below it. */
export function mayNameProcess(line: string): boolean {
  return line.length <= LONGEST_LINE && /\d/.test(line) && !VMA.test(line);
}

/** So much of a text shows whether it begins with VMAs. */
export const BEGINNING_BYTES = 512;

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

/**
 * The process that a line names, in whatever way a script prints it: `=== 812 /usr/bin/sensord ===`, `sensord[812]`,
 * `PID: 812 CMD: sensord -f`, a row of ps. A number without `pid` beside it is one only where the name that stands with
 * it is found in the paths below: `phase 2` is no process.
 *
 * @param below the VMAs below the line
 */
export function processHeader(line: string, below: string): NamedProcess | undefined {
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
    const name = command === undefined ? '' : commandName(command);
    if (pid !== undefined && isIn(name, below)) return { pid: Number(pid), command: name };
  }
  return undefined;
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
];

/** The command in the rest of a line that names a pid: by its key, else a word that the paths below know. */
function commandIn(text: string, below: string): NamedProcess {
  const keyed = KEYED_COMMAND.exec(text)?.groups?.command;
  const word = text.split(/[\s,;"'()[\]]+/).find((one) => isIn(commandName(one), below));
  const command = keyed ?? word;
  return command === undefined ? {} : { command: commandName(command) };
}

/** Whether a file of this name is mapped below, whatever its version: python3 is /usr/bin/python3.11. */
function isIn(name: string, below: string): boolean {
  if (!/^[a-z_][\w.+@:-]+$/i.test(name)) return false;
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
