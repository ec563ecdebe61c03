import { HOUR, type Instant, type Milliseconds } from '../model/units.js';
import type { CounterPlace } from './sample-counters.js';
import { findTime } from './time-text.js';

/** What a capture's path tells of it. */
export interface PathContext {
  /** A folder that names the device; absent where none does. */
  device?: string;
  pid?: number;
  takenAt?: Instant;
  /** The day on which it was taken, where only that is told: for a text that tells the time of day. */
  day?: Instant;
  /** `takenAt` is no more than a time of day, or how long it was since the first. */
  lacksDay?: boolean;
  command?: string;
  /** The command is only what was left of a name that has neither pid nor time: weaker than the capture's own words. */
  commandIsGuess?: boolean;
}

/** Also the last words of package names (com.google.maps). */
const PLAIN_KIND = 'maps|status|stat|comm';
/** What the name of a file says it is: only to take the word out of the name, never to choose a format. */
const KIND =
  'smaps_rollup|smaps|rollup|maps|pmap(?:-[xXdpq]{1,2})?|showmap|procrank|smem(?:cap)?|meminfo|statm|status|stat|cmdline|comm|' +
  'valgrind|memcheck|vg|massif|dhat|asan|lsan|hwasan|msan|tsan|ubsan|sanitizer|time(?:-v)?|(?:get)?rusage';
const KIND_AT_START = new RegExp(`^(?:${KIND})(?=[._-]|$)`, 'i');
const KIND_AT_END = new RegExp(`(?<=^|[._-])(?:${KIND})$`, 'i');
const PACKAGE_NAME = new RegExp(`^[a-z]\\w*(?:\\.\\w+)+\\.(?:${PLAIN_KIND})$`, 'i');
const EXTENSION = /\.(?:gz|xz|zstd?|bz2|txt|log|csv|tsv|out|dump|text|err|stderr|cap|md|html?|eml)$/i;
/** Folders that say what they hold, or that they hold something; neither a device nor a program. */
const PLAIN_FOLDER = new RegExp(
  `^(?:${KIND}|proc|logs?|captures?|samples?|snapshots?|data|dumps?|output|tmp|series|lab|bench)s?$`,
  'i',
);
/** Folders that count samples: `sample_3`. */
const SAMPLE_FOLDER = /^(?:sample|snapshot|iteration|iter|round)[ _.-]?\d+$/i;
/** Folders that tell how long it was since the first: `day3/hour07`, `t+3600`. */
const RUN_FOLDER =
  /^(?<unit>(?:days?|hours?|minutes?|min|seconds?|sec)(?=[ _.-]?\d)|t(?=\+))[ _.+-]?(?<count>\d{1,7})s?$/i;
const RUN_UNITS: Readonly<Record<string, Milliseconds>> = { d: 24 * HOUR, h: HOUR, m: 60_000 };
/** Words in file names that describe the capture rather than the program. */
const PLAIN_WORD =
  /^(?:log|txt|out|dump|capture|snapshot|sample|series|before|after|first|last|start|end|begin|cut|run|test|night|logcat|dmesg|syslog|journal|serial|console|messages|kern|uart|minicom|putty|pid|report|leak|example|interrupted|full|all|\d+)$/i;
const PID = /^[1-9]\d{0,6}$/;
/** A folder below one that names a day: `2026-01-31/21-00-00`. */
const TIME_OF_DAY = /^(?<hour>[01]\d|2[0-3])[-:._h](?<minute>[0-5]\d)(?:[-:._m](?<second>[0-5]\d))?s?$/;

/**
 * Reads device, pid, time and command from a path below the captures folder, in any of the layouts:
 * `DEVICE/20260131T210000Z/PID/smaps`, `DEVICE/smaps_COMMAND_PID_EPOCH.txt`, `COMMAND.PID.TIME.smaps`, `PID.smaps`,
 * `smaps-PID-2026-01-31_21-00-00`, `valgrind.PID.log`, `asan.log.PID`.
 *
 * @param counter where a number in the file's name counts samples (smaps.00, smaps.01, …), so that it is no pid
 * @param folderCounter the same for the name of its folder
 */
export function pathContextOf(path: string, counter?: CounterPlace, folderCounter?: CounterPlace): PathContext {
  const folders = withDaysJoined(path).split('/');
  const name = folders.pop() ?? '';
  const context: PathContext = {};
  const rest = readFileName(counter ? `${name.slice(0, counter.start)}${name.slice(counter.end)}` : name, context);
  if (folderCounter?.at !== undefined) folders.pop();
  const words = readFolders(folders, context);
  const at = counter?.at ?? folderCounter?.at;
  if (at !== undefined) addTime(context, at);
  const structured = context.pid !== undefined || context.takenAt !== undefined;
  const named = rest !== '' && !PLAIN_WORD.test(rest);
  const command = named ? rest : words.at(-1);
  if (command !== undefined) {
    context.command = command;
    if (named && !structured) context.commandIsGuess = true;
  }
  return context;
}

/** A tree of folders for year, month and day, and maybe hour and minute: `2026/09/21/14/13/smaps`. */
function withDaysJoined(path: string): string {
  return path.replace(DAY_TREE, (_, start: string, date: string, time?: string) => {
    const day = `${start}${date.replaceAll('/', '-')}`;
    return time === undefined ? day : `${day}/${time.includes('/') ? time.replaceAll('/', '-') : `${time}-00`}`;
  });
}

const DAY_TREE = /(^|\/)(20\d\d\/[01]\d\/[0-3]\d)(?:\/([0-2]\d(?:\/[0-5]\d){0,2}))?(?=\/)/;

/** Takes a time of day, or of a run, for that of a capture which has none. */
function addTime(context: PathContext, at: Milliseconds): void {
  if (context.takenAt !== undefined) return;
  context.takenAt = (context.day ?? 0) + at;
  if (context.day === undefined || context.day < EARLIEST_DAY) context.lacksDay = true;
}

/** Before it are only days that are counted: `day3`. */
const EARLIEST_DAY = Date.UTC(2001, 0, 1);

const ARCHIVE_EXTENSION = /\.(?:(?:tar|tgz|txz|tbz2?|tzst|zip)(?:\.(?:gz|xz|zstd?|bz2))?)$/i;

/**
 * The same for a file in archives, which are read as folders are: what its path in the innermost archive does not tell
 * comes from the path of that archive, and so on.
 *
 * @param paths of the archives, the outermost first, each below the one before; then of the file itself
 */
export function contextInArchives(
  paths: readonly string[],
  counter?: CounterPlace,
  folderCounter?: CounterPlace,
): PathContext {
  let context = pathContextOf(paths.at(-1) ?? '', counter, folderCounter);
  for (const path of paths.slice(0, -1).reverse()) {
    const around = archiveContextOf(path);
    // One time for all files of a series is none.
    if (counter) delete around.takenAt;
    context = { ...around, ...context };
  }
  return context;
}

/** What the folders above an archive and its own name tell. */
function archiveContextOf(path: string): PathContext {
  const slash = path.lastIndexOf('/');
  const context = slash === -1 ? {} : pathContextOf(path.slice(0, slash + 1));
  let stem = path.slice(slash + 1).replace(ARCHIVE_EXTENSION, '');
  const time = findTime(stem);
  if (time) {
    if (!time.dayOnly) context.takenAt ??= time.at;
    stem = trimmed(`${stem.slice(0, time.start)}.${stem.slice(time.end)}`);
  }
  if (stem !== '' && !PLAIN_FOLDER.test(stem) && !PLAIN_WORD.test(stem)) context.device ??= stem;
  return context;
}

/** Takes time, kind and pid out of a file name; what is left may be a command. */
function readFileName(name: string, context: PathContext): string {
  let rest = name;
  while (EXTENSION.test(rest)) rest = rest.replace(EXTENSION, '');
  rest = withoutRotation(rest);
  const time = findTime(rest);
  if (time) {
    if (time.dayOnly) context.day = time.at;
    else context.takenAt = time.at;
    rest = `${rest.slice(0, time.start).replace(/[._-]+$/, '')}.${rest.slice(time.end).replace(/^[._-]+/, '')}`;
  }
  const named = trimmed(rest);
  rest = withoutKind(named);
  while (EXTENSION.test(`.${rest}`)) rest = trimmed(rest.replace(/(?:^|\.)\w+$/, ''));
  rest = trimmed(rest.replace(/^(?:log|txt|out)(?=[._])/i, ''));
  const withoutPid = takePid(rest, context);
  // A kind beside the pid: sensord_smaps_812.
  return (rest === named ? withoutKind(withoutPid) : withoutPid).replace(/[._](?:log|txt|out)$/i, '');
}

/** A log without the number of its generation: `syslog.1`, `kern.log.2`. Tools put a pid there: `asan.log.57`. */
function withoutRotation(name: string): string {
  const { log, tool } = ROTATED.exec(name)?.groups ?? {};
  return log === undefined || (tool !== undefined && KIND_AT_START.test(tool)) ? name : log;
}

const ROTATED =
  /^(?<log>(?:(?<tool>.*)\.log|(?:.*[._-])?(?:syslog|messages|kern|dmesg|logcat|journal|daemon|console)))\.\d{1,2}$/i;

function withoutKind(name: string): string {
  if (KIND_AT_START.test(name)) return trimmed(name.replace(KIND_AT_START, ''));
  return PACKAGE_NAME.test(name) ? name : trimmed(name.replace(KIND_AT_END, ''));
}

/** Takes the last number that may be a pid out of a name, and words behind it that say nothing (`_before`). */
function takePid(name: string, context: PathContext): string {
  const parts = name.split(/([._-]+)/);
  for (let i = parts.length - 1; i >= 0; i -= 2) {
    const digits = (parts[i] as string).replace(/^pid/i, '');
    if (!PID.test(digits)) continue;
    // sensord-2, plugin-container-3: a second instance rather than a process of the first seconds.
    if (digits.length === 1 && digits === parts[i] && parts[i - 1] === '-' && i > 1) continue;
    context.pid = Number(digits);
    const before = parts.slice(0, Math.max(0, i - 1)).join('');
    const behind = parts.slice(i + 2).filter((word, at) => at % 2 === 0 && !PLAIN_WORD.test(word));
    return trimmed(behind.length === 0 ? before : `${before}${before === '' ? '' : '.'}${parts.slice(i + 2).join('')}`);
  }
  return trimmed(name);
}

/** Takes device, time and pid out of the folders; what is left below the device may be a command. */
function readFolders(folders: readonly string[], context: PathContext): string[] {
  const words: string[] = [];
  let timeSeen = false;
  let day: Instant | undefined;
  for (const folder of folders) {
    if (folder === '' || PLAIN_FOLDER.test(folder) || SAMPLE_FOLDER.test(folder)) continue;
    const { unit, count } = RUN_FOLDER.exec(folder)?.groups ?? {};
    if (unit !== undefined) {
      const passed = Number(count) * (RUN_UNITS[unit.toLowerCase().slice(0, 1)] ?? 1000);
      if (/^d/i.test(unit)) context.day ??= passed;
      else addTime(context, passed);
      continue;
    }
    const time = findTime(folder);
    const clock = day === undefined ? undefined : TIME_OF_DAY.exec(folder)?.groups;
    if (day !== undefined && clock) {
      const { hour, minute, second = 0 } = clock;
      context.takenAt ??= day + ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000;
      timeSeen = true;
    } else if (time && time.end - time.start >= folder.length - 2) {
      if (time.dayOnly) {
        day = time.at;
        context.day ??= day;
        continue;
      }
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
