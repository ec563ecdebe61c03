import type { StackFrame } from '../model/leaks.js';
import { isSourcePlace, locate, plainHex, takeLocation } from './frame-place.js';

/**
 * The frame that a line of valgrind's stacks tells (`   at 0x4841F2F: malloc (vg_replace_malloc.c:381)`); undefined:
 * it is no frame.
 *
 * Indentation does not matter: mails and tickets lose it. Source: coregrind/m_debuginfo/debuginfo.c, VG_(describe_IP).
 */
export function parseMemcheckFrame(text: string): StackFrame | undefined {
  const start = skipBlanks(text, 0);
  if (!text.startsWith('at 0x', start) && !text.startsWith('by 0x', start)) return undefined;
  const digits = start + 5;
  const end = skipHex(text, digits);
  // Valgrind's own expected outputs have "0x........" here: no address, but still a frame.
  const colon = text.indexOf(': ', end);
  if (colon === -1) return undefined;
  const rest = text.slice(colon + 2).trim();
  const frame: StackFrame = {};
  // "main+172": --sym-offsets=yes.
  const symbol = takePlace(frame, rest).replace(/(?<=[\w)>\]])\+\d{1,9}$/, '');
  if (end > digits) frame.address = text.slice(digits, end).toLowerCase();
  return named(frame, symbol);
}

/** Takes ` (file.c:12)`, ` (in /lib/x.so)` or ` (within /lib/x.so)` off the end; what is left is the function. */
function takePlace(frame: StackFrame, text: string): string {
  const tail = lastGroup(text);
  if (tail === -1) return text;
  const place = text.slice(tail + 1, -1);
  // "req_timeout ()", "??? (in )": what stood there was taken out, before the log was shown to others.
  if (/^(?:in|within)?\s*$/.test(place)) return text.slice(0, tail).trimEnd();
  const object = /^(?:in|within) (.+)$/.exec(place)?.[1];
  // "(below main)" is a function.
  if (object === undefined && !(place.includes(':') && locate(frame, place))) return text;
  if (object !== undefined) frame.module = object;
  return text.slice(0, tail).trimEnd();
}

/**
 * The frame that a line of a sanitizer's stacks tells, with its number in the stack; undefined: it is no frame.
 *
 * `#1 0x55b in lose_list /opt/demo/leak-list.c:18:3`, `#7 0x7f3  (/lib/libc.so.6+0x27249) (BuildId: 51)`,
 * `#0 free <null> (demo+0x522e4)`; a log's prefix may stand before it. A function that was inlined has the number of
 * the frame that holds it and one of its own where Fuchsia's symbolizer prints it, `#1.1   0x55b in f ../f.cc:1 <libf.so>+0x1f`.
 * Source: compiler-rt/lib/sanitizer_common/sanitizer_stacktrace_printer.cpp; the notation is the user's to choose
 * (stack_trace_format), these are the defaults of clang, gcc, ThreadSanitizer and strip_path_prefix, and what
 * hwasan_symbolize makes of them: `#1 lose_list in /opt/demo/leak-list.c:18:3`.
 */
export function parseSanitizerFrame(text: string): { readonly number: number; readonly frame: StackFrame } | undefined {
  const head = FRAME_NUMBER.exec(text);
  if (!head) return undefined;
  const frame: StackFrame = {};
  let rest = text.slice(head.index + head[0].length).trim();
  // The word stands between address and function only, so that "operator in" is safe.
  const hasFunction = rest.startsWith('in ');
  if (hasFunction) rest = rest.slice(3).trimStart();
  const all = rest;
  rest = takeModule(frame, rest);
  const isPlace = head[2] !== undefined && !hasFunction && isSourcePlace(rest);
  const symbol =
    isPlace && locate(frame, rest) ? '' : takeLocation(frame, rest.replace(/ \(discriminator \d{1,9}\)$/, ''));
  // libFuzzer's progress ("#2 INITED cov: 3 ft: 4") has neither address nor place nor an offset in the function.
  if (head[2] !== undefined) frame.address = head[2].toLowerCase();
  else if (all === symbol && !OFFSET.test(symbol)) return undefined;
  const name = symbol.replace(OFFSET, '').replace(/ in$/, '');
  return { number: Number(head[1]), frame: named(frame, name) };
}

// "    #12 0x55b012428282 in …"; tombstones ("#00 pc 0001234  /lib/x.so") are not a sanitizer's.
const FRAME_NUMBER = /(?:^|\s)#(\d{1,4}(?:\.\d{1,3})?) +(?!pc )(?:0x([0-9a-f]{1,16})\b)?/i;

const OFFSET = /\+0x[0-9a-f]{1,16}$/i;

/** Takes ` (module+0x1234) (BuildId: …)` off the end, or ` <module>+0x1234`. */
function takeModule(frame: StackFrame, text: string): string {
  const marked = text.endsWith(')') ? null : MARKED_MODULE.exec(text);
  if (marked) {
    frame.module = marked[1] as string;
    frame.offset = plainHex(marked[2] as string);
    return text.slice(0, marked.index);
  }
  let rest = text;
  if (rest.endsWith(')')) {
    const build = rest.lastIndexOf(' (BuildId: ');
    if (build !== -1) {
      const id = rest.slice(build + 11, -1).toLowerCase();
      if (/^(?:[0-9a-f]{2}){1,64}$/.test(id)) frame.buildId = id;
      rest = rest.slice(0, build).trimEnd();
    }
  }
  const open = lastGroup(rest);
  if (open === -1) return rest;
  const inside = rest.slice(open + 1, -1);
  const offset = inside.lastIndexOf('+0x');
  if (offset === -1) return NO_MODULE.test(inside) ? rest.slice(0, open).trimEnd() : rest;
  if (skipHex(inside, offset + 3) !== inside.length) return rest;
  // macOS prints the slice of a universal binary behind its name.
  frame.module = inside.slice(0, offset).replace(/:(?:x86_64h?|i386|arm64e?|armv7\w?)$/, '');
  if (inside.length - offset <= 19) frame.offset = plainHex(inside.slice(offset + 3));
  return rest.slice(0, open).trimEnd();
}

// Fuchsia's, "<<application>>" where the module has no name; since 2019 with the stack pointer behind it
const MARKED_MODULE = / <(<[\w ]{1,32}>|[^\s<>]{1,255})>\+0x([0-9a-f]{1,16})(?: sp 0x[0-9a-f]{1,16})?$/;

// ThreadSanitizer prints an address where no module is known.
const NO_MODULE = /^(?:<unknown module>|0x[0-9a-f]{1,16})$/;

/** The frame with its function, unless the tool prints one of its words for "not known"; what is told first, first. */
function named(place: StackFrame, symbol: string): StackFrame {
  return symbol === '' || NAMELESS.test(symbol) ? place : { symbol, ...place };
}

// Valgrind "???"; the sanitizers "<null>", "??", "<unknown>"; an address again where valgrind prints arguments.
const NAMELESS = /^(?:\?{2,3}|<null>|<unknown>|<can't parse symbol>|0x[0-9a-f]+(?:: \?{3})?)$/i;

/** The index of the bracket that the last character closes, if a blank stands before it; -1: there is none. */
function lastGroup(text: string): number {
  if (text.charCodeAt(text.length - 1) !== CLOSE) return -1;
  let depth = 0;
  for (let i = text.length - 1; i >= 0; i--) {
    const code = text.charCodeAt(i);
    if (code === CLOSE) depth++;
    else if (code === OPEN && --depth === 0) return i === 0 || text.charCodeAt(i - 1) === BLANK ? i : -1;
  }
  // Not balanced: a path with a bracket in it.
  const open = text.lastIndexOf(' (');
  return open === -1 ? -1 : open + 1;
}

const BLANK = 32;
const OPEN = 40;
const CLOSE = 41;

function skipBlanks(text: string, from: number): number {
  while (text.charCodeAt(from) === BLANK || text.charCodeAt(from) === 9) from++;
  return from;
}

function skipHex(text: string, from: number): number {
  for (; from < text.length; from++) {
    const code = text.charCodeAt(from);
    const isDigit = code >= 48 && code <= 57;
    const lower = code | 32;
    if (!isDigit && (lower < 97 || lower > 102)) break;
  }
  return from;
}
