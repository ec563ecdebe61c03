import type { Instant } from '../model/units.js';
import { findTime } from './time-text.js';

/** What a capture's path tells of it. */
export interface PathContext {
  /** A folder that names the device; absent where none does. */
  device?: string;
  pid?: number;
  takenAt?: Instant;
  command?: string;
  /** The command is only what was left of a name that has neither pid nor time: weaker than the capture's own words. */
  commandIsGuess?: boolean;
}

/** What the name of a file says it is: only to take the word out of the name, never to choose a format. */
const KIND =
  'smaps_rollup|smaps|rollup|maps|pmap(?:-[xXdpq]{1,2})?|showmap|procrank|smem(?:cap)?|meminfo|statm|status|stat|cmdline|comm|' +
  'valgrind|memcheck|vg|asan|lsan|hwasan|msan|tsan|ubsan|sanitizer';
const KIND_AT_START = new RegExp(`^(?:${KIND})(?=[._-]|$)`, 'i');
const KIND_AT_END = new RegExp(`(?<=^|[._-])(?:${KIND})$`, 'i');
const EXTENSION = /\.(?:gz|txt|log|csv|tsv|out|dump|text|err|stderr)$/i;
/** Folders that say what they hold, or that they hold something; neither a device nor a program. */
const PLAIN_FOLDER = new RegExp(
  `^(?:${KIND}|proc|logs?|captures?|samples?|snapshots?|data|dumps?|output|tmp|series|lab|bench)s?$`,
  'i',
);
/** Words in file names that describe the capture rather than the program. */
const PLAIN_WORD =
  /^(?:log|txt|out|dump|capture|snapshot|sample|series|before|after|first|last|start|end|begin|cut|run|test|night|pid|report|leak|example|interrupted|full|all|\d+)$/i;
const PID = /^[1-9]\d{0,6}$/;

/**
 * Reads device, pid, time and command from a path below the captures folder, in any of the layouts:
 * `DEVICE/20260131T210000Z/PID/smaps`, `DEVICE/smaps_COMMAND_PID_EPOCH.txt`, `COMMAND.PID.TIME.smaps`, `PID.smaps`,
 * `smaps-PID-2026-01-31_21-00-00`, `valgrind.PID.log`, `asan.log.PID`.
 *
 * @param isIndex whether the number in this file's name counts samples (smaps.00, smaps.01, …) and is no pid
 */
export function pathContextOf(path: string, isIndex = false): PathContext {
  const folders = path.split('/');
  const name = folders.pop() ?? '';
  const context: PathContext = {};
  const rest = readFileName(name, context, isIndex);
  const words = readFolders(folders, context);
  const structured = context.pid !== undefined || context.takenAt !== undefined;
  const named = rest !== '' && !PLAIN_WORD.test(rest);
  const command = named ? rest : words.at(-1);
  if (command !== undefined) {
    context.command = command;
    if (named && !structured) context.commandIsGuess = true;
  }
  return context;
}

/** Takes time, kind and pid out of a file name; what is left may be a command. */
function readFileName(name: string, context: PathContext, isIndex: boolean): string {
  let rest = name;
  while (EXTENSION.test(rest)) rest = rest.replace(EXTENSION, '');
  const time = findTime(rest);
  if (time) {
    if (!time.dayOnly) context.takenAt = time.at;
    rest = `${rest.slice(0, time.start).replace(/[._-]+$/, '')}.${rest.slice(time.end).replace(/^[._-]+/, '')}`;
  }
  rest = trimmed(rest);
  rest = trimmed(KIND_AT_START.test(rest) ? rest.replace(KIND_AT_START, '') : rest.replace(KIND_AT_END, ''));
  while (EXTENSION.test(`.${rest}`) || EXTENSION.test(rest)) rest = rest.replace(/(?:^|\.)\w+$/, '');
  rest = trimmed(rest.replace(/(^|[._-])(?:log|txt|out)(?=[._-]|$)/gi, '$1'));
  const parts = rest.split(/([._-]+)/);
  for (let i = parts.length - 1; i >= 0; i--) {
    const part = (parts[i] as string).replace(/^pid/i, '');
    if (!PID.test(part)) continue;
    if (!isIndex) context.pid = Number(part);
    parts.splice(i, 1, '');
    break;
  }
  rest = trimmed(parts.join(''));
  return trimmed(KIND_AT_START.test(rest) ? rest.replace(KIND_AT_START, '') : rest.replace(KIND_AT_END, ''));
}

/** Takes device, time and pid out of the folders; what is left below the device may be a command. */
function readFolders(folders: readonly string[], context: PathContext): string[] {
  const words: string[] = [];
  let timeSeen = false;
  for (const folder of folders) {
    if (folder === '' || PLAIN_FOLDER.test(folder)) continue;
    const time = findTime(folder);
    if (time && time.end - time.start >= folder.length - 2) {
      if (time.dayOnly) continue;
      context.takenAt ??= time.at;
      timeSeen = true;
    } else if (PID.test(folder)) {
      context.pid ??= Number(folder);
      timeSeen = true;
    } else if (context.device === undefined && !timeSeen) {
      context.device = folder;
    } else {
      words.push(folder);
    }
  }
  return words;
}

function trimmed(text: string): string {
  return text.replace(/^[._\s-]+|[._\s-]+$/g, '');
}

/**
 * The files of one folder whose number counts samples: names that differ in one number only, which runs from 0 or 1
 * without a hole (`smaps.00.txt` to `smaps.29.txt`). Process numbers do not do that.
 */
export function indexedNames(names: readonly string[]): Set<string> {
  const groups = new Map<string, { name: string; digits: string }[]>();
  for (const name of names) {
    const numbers = [...name.matchAll(/(?<![\dA-Za-z])\d{1,6}(?![\dA-Za-z])/g)];
    const number = numbers[0];
    if (numbers.length !== 1 || !number) continue;
    const pattern = `${name.slice(0, number.index)}#${name.slice(number.index + number[0].length)}`;
    const group = groups.get(pattern);
    if (group) group.push({ name, digits: number[0] });
    else groups.set(pattern, [{ name, digits: number[0] }]);
  }
  const indexed = new Set<string>();
  for (const group of groups.values()) {
    const values = group.map(({ digits }) => Number(digits)).sort((a, b) => a - b);
    const first = values[0] as number;
    const counts = first <= 1 && values.length >= 3 && values.every((value, i) => value === first + i);
    const padded = group.some(({ digits }) => digits.length > 1 && digits.startsWith('0'));
    if (counts || padded) for (const { name } of group) indexed.add(name);
  }
  return indexed;
}
