import { indentationOf } from './indentation.js';
import { jsonLine } from './json-line.js';
import { bare, nested, type Wrapping } from './line-prefix.js';

/** So many of a text's first lines are looked at, */
const LINES_LOOKED_AT = 40;
/** and so many for a stretch that is indented: what was written above a capture may be longer. */
const LINES_LOOKED_AT_FOR_INDENTATION = 120;
/** So many of them must be wrapped the same way; a console prints a line of its own now and then. */
const SHARE = 0.8;

/**
 * How the lines of a text are wrapped, judged by its first lines; undefined where they stand for themselves.
 *
 * What is common to all lines may be the text's own (every line of a valgrind log begins with ==PID==), so a text in
 * which a format is recognized as it stands is left alone. What loggers put in front is taken off always; indentation
 * (a quotation in a mail, code in Markdown), and what has the same form on all lines, only where that makes a format
 * recognizable.
 *
 * @param isRecognized whether some format recognizes a text at one of its lines
 */
export function wrappingOf(
  head: string,
  isRecognized: (text: string) => boolean,
  isInner = false,
): Wrapping | undefined {
  const lines = firstLinesOf(head);
  if (lines.length < 2 || isRecognized(lines.join('\n'))) return undefined;
  const logger = namesFiles(lines) ? FILE_NAMES : LOGGERS.find((wrapping) => fits(wrapping, lines));
  if (!logger && namesDevices(lines)) {
    const inner = isRecognized(bare(DEVICE_NAMES, lines))
      ? undefined
      : wrappingOf(bare(DEVICE_NAMES, lines), isRecognized, true);
    if (inner || isRecognized(bare(DEVICE_NAMES, lines))) return inner ? nested(DEVICE_NAMES, inner) : DEVICE_NAMES;
  }
  if (logger) {
    // A logger may have logged what was already indented or named (grep -H into syslog).
    const inner = wrappingOf(bare(logger, lines), isRecognized, true);
    return inner ? nested(logger, inner) : logger;
  }
  return (
    indentationOf(firstLinesOf(head, LINES_LOOKED_AT_FOR_INDENTATION), isRecognized) ??
    prefixesOfOneForm(lines, isInner).find((one) => fits(one, lines) && isRecognized(bare(one, lines)))
  );
}

/** The first lines that are not blank, and no more of them: thousands of small files begin anew. */
function firstLinesOf(text: string, count = LINES_LOOKED_AT): string[] {
  const lines: string[] = [];
  for (let from = 0; from <= text.length && lines.length < count; ) {
    const newline = text.indexOf('\n', from);
    const line = text.slice(from, newline === -1 ? text.length : newline);
    if (line.trim() !== '') lines.push(line);
    from += line.length + 1;
  }
  return lines;
}

/** A prefix that a pattern describes; its group `place` names the file, `device` the device. */
function prefix(pattern: RegExp): Wrapping {
  return (line) => {
    const match = pattern.exec(line);
    if (!match) return undefined;
    const { place, device } = match.groups ?? {};
    return {
      length: match[0].length,
      ...(place !== undefined && { place }),
      ...(device !== undefined && { device }),
    };
  };
}

/** grep -H: /proc/2/smaps_rollup:Rss:                2272 kB */
const FILE_NAMES = prefix(
  /^(?<place>(?:[^\s:]*\/)?[^\s:/]*(?:smaps|smaps_rollup|maps|status|stat|comm|cmdline)[^\s:/]*):/,
);

/**
 * The same name on two lines after each other: on one alone it may be a sentence. Where one line of each file was wanted
 * (VmRSS of all that have a status), no two are the same, but then they are of /proc.
 */
function namesFiles(lines: readonly string[]): boolean {
  const places = lines.map((line) => FILE_NAMES(line)?.place);
  if (places.some((place, i) => place !== undefined && place === places[i + 1])) return true;
  return places.filter((place) => place !== undefined && PROC_FILE.test(place)).length > 1;
}

/** clush, pdsh, dsh: `board-7: Rss:` · docker compose logs: `sensord_1  | Rss:` · kubectl logs --prefix: `[pod/web-0/app] Rss:` */
const DEVICE_NAMES = prefix(
  /^(?=[\w./[-]{0,127}[A-Za-z])(?=[\w.-]+(?:: ?| +\| ?)|\[pod\/)(?:\[pod\/)?(?<device>[A-Za-z\d][\w./-]{0,127})(?:: ?| +\| ?|\] )/,
);

/** The same names again and again: those of fields of a capture differ from line to line. */
function namesDevices(lines: readonly string[]): boolean {
  const devices = lines.map((line) => DEVICE_NAMES(line)?.device);
  const told = devices.filter((device) => device !== undefined);
  const again = told.filter((device, i) => device === told[i + 1]);
  return told.length >= SHARE * lines.length && again.length >= SHARE * (told.length - 1) && again.length > 0;
}

const PROC_FILE = /^\/proc\/\d+\//;

const LOGGERS: readonly Wrapping[] = [
  jsonLine,
  // syslog: Nov 23 00:42:01 board smapsd[77]: · <13>Nov 23 00:42:01 board app: · without the host: Nov 23 00:42:01 smapsd[77]:
  prefix(
    /^(?:<\d{1,3}>)?[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d (?:[\w./-]+\[\d+\]|\S{1,64}(?: [\w.-]+){0,2} [\w./-]+(?:\[\d+\])?): ?/,
  ),
  // ts of moreutils: Nov 23 00:42:01 Rss:
  prefix(/^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d+)? (?=.)/),
  // syslog with ISO times, journalctl -o short-iso: 2026-11-23T00:42:01.123456+00:00 board smapsd[77]: · no name is what
  // stands behind the time of a job's log: 2026-11-23T00:42:01.1234567Z I1123 00:42:01 · … ==7==ERROR: AddressSanitizer:
  prefix(
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)? (?!==)\S{1,64} (?=[\d./-]*[A-Za-z_])[\w./-]+(?:\[\d+\])?: ?/,
  ),
  // logcat -v threadtime: 11-23 00:42:01.123  1234  1250 I tag     : · -v time: 11-23 00:42:01.123 I/tag( 1234):
  prefix(
    /^(?:\d{4}-)?\d\d-\d\d \d\d:\d\d:\d\d\.\d{3,6} +(?:\d+ +\d+ [VDIWEFAS] [^:]{0,64}: ?|[VDIWEFAS]\/[^(]{0,64}\( *\d+\): ?)/,
  ),
  // logcat -v brief, -v tag: I/wrap.sh: · F/chromium(18890):
  prefix(/^[VDIWEFAS]\/[^\s(:]{1,64} *(?:\( *\d+\))?: ?/),
  // a serial logger: [2026-11-23 00:42:01.123] · 2026-11-23 00:42:01.123 · [1763858524.12]
  prefix(/^\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?Z?\]?:? (?=.)/),
  prefix(/^\[[1-3]\d{9}(?:\.\d+)?\]:? /),
];

function fits(wrapping: Wrapping, lines: readonly string[]): boolean {
  return lines.filter((line) => wrapping(line) !== undefined).length >= Math.max(2, SHARE * lines.length);
}

/** What a logger may put between its parts and the text. */
const ENDS_PREFIX = /[\s:|>\]),-]$/;
/** So many ends of the common form are tried: the text itself may begin in one form on all lines. */
const ENDS_TRIED = 4;

/**
 * What the lines have in front that differs in its numbers only, the longest first: of loggers that nobody knows,
 * `cat -n`, `[Mon Nov 23 01:06:25.123 2026] `.
 *
 * @param isInner behind another prefix it may be one word (`INFO - `); else it has a number, as loggers' have
 */
function prefixesOfOneForm(lines: readonly string[], isInner: boolean): Wrapping[] {
  const forms = lines
    .map((line) => line.slice(0, LONGEST_FORM).match(/(?<=^|\[)[ \t]+\d+|\d+|[ \t]+|./g) ?? [])
    .map((parts) => parts.map(formOf));
  const [first = []] = forms;
  const common = forms
    .map((form) => first.findIndex((part, i) => part !== form[i]))
    .map((length) => (length === -1 ? first.length : length))
    .toSorted((a, b) => b - a);
  const longest = common[Math.ceil(SHARE * common.length) - 1] ?? 0;
  const found: Wrapping[] = [];
  for (let length = longest; length > 0 && found.length < ENDS_TRIED; length--) {
    const parts = first.slice(0, length);
    if (!isInner && !parts.some((part) => part.endsWith(NUMBER))) break;
    const last = parts.at(-1) ?? '';
    if (last === BLANKS || ENDS_PREFIX.test(last)) found.push(prefix(new RegExp(`^${parts.join('')}`)));
  }
  return found;
}

const LONGEST_FORM = 160;
/** Numbers that become longer leave fewer blanks in front of them: `[ 9999.123456] `, `[10000.123456] `. */
const PADDED = '[ \\t]{0,80}\\d{1,20}';
const NUMBER = '\\d{1,20}';
const BLANKS = '[ \\t]{1,80}';

/** A pattern of one part of a line: a number, blanks, a character. */
function formOf(part: string, at: number, parts: readonly string[]): string {
  if (/\d$/.test(part)) return at === 0 || parts[at - 1] === '[' ? PADDED : NUMBER;
  return /^[ \t]/.test(part) ? BLANKS : part.replace(/[^\w\s]/, '\\$&');
}
