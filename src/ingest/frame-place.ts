import type { StackFrame } from '../model/leaks.js';

/** Takes the source location off the end; what is left is the function. */
export function takeLocation(frame: StackFrame, text: string): string {
  const from = locationStart(text);
  if (from === -1) return text;
  return locate(frame, text.slice(from)) ? text.slice(0, from).trimEnd() : text;
}

/**
 * Where the location begins: at the first path from the root outside brackets (names in C++ have none there), else
 * at the last word, if that has a line number or looks like a source file.
 */
function locationStart(text: string): number {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === OPEN) depth++;
    else if (code === CLOSE) depth--;
    else if (depth === 0 && (i === 0 || text.charCodeAt(i - 1) === BLANK) && isRooted(text, i)) return i;
  }
  const word = text.lastIndexOf(' ') + 1;
  const last = text.slice(word);
  if (NOWHERE.test(last)) return word;
  return word > 0 && isSourcePlace(last) ? word : -1;
}

/** Whether a word names a source file. */
export function isSourcePlace(text: string): boolean {
  return !text.includes(' ') && SOURCE_FILE.test(text);
}

// "bugs.cc:24:57", "src\main.cpp:12", "/opt/demo/a.c(37,44)", "../sysdeps/x86_64/clone.S", "nptl/pthread_create.c:442"
const SOURCE_FILE =
  /^[^():]+(?::\d+){1,2}$|^[^()]+\(\d+(?:,\d+)?\)$|^\.{1,2}\/\S+$|\.(?:c|cc|cpp|cxx|h|hpp|inc|S|s|asm|rs|go|m|mm|swift)$/;

// "_asan_rtl_" is what Chromium's asan_symbolize.py makes of the runtime's own sources. macOS has numbers that no
// file has behind "<null>".
const NOWHERE = /^(?:<null>(?::\d+)?|<compiler-generated>(?::\d+)?|\?\?(?::[\d?]+){0,2}|\(\?\?\)|_asan_rtl_(?::\d+)*)$/;

function isRooted(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  // "<lambda at /src/demo.cc:12:3>" is a part of a name.
  if (code === SLASH) return text.charCodeAt(at + 1) !== BLANK && !text.startsWith('lambda at ', at - 10);
  return text.charCodeAt(at + 1) === COLON && text.charCodeAt(at + 2) === BACKSLASH && isLetter(code);
}

/** Sets file and line from `file:line`, `file:line:column`, `file(line,column)` or `file`; false: no file is told. */
export function locate(frame: StackFrame, place: string): boolean {
  if (NOWHERE.test(place)) return true;
  const [, object, offset] = /^(.+)\+0x([0-9a-f]{1,16})$/i.exec(place) ?? [];
  if (object !== undefined && offset !== undefined) {
    frame.module = object;
    frame.offset = plainHex(offset);
    return true;
  }
  const match = /^(.*?)(?::(\d{1,9})(?::\d{1,9})?|\((\d{1,9})(?:,\d{1,9})?\))?:?$/.exec(place);
  const file = match?.[1];
  if (match === null || file === undefined || file === '') return false;
  frame.file = file;
  const line = Number(match[2] ?? match[3] ?? 0);
  if (line > 0) frame.line = line;
  return true;
}

/** `001F` → `1f`. */
export function plainHex(digits: string): string {
  return digits.toLowerCase().replace(/^0+(?=.)/, '');
}

const BLANK = 32;
const OPEN = 40;
const CLOSE = 41;
const SLASH = 47;
const COLON = 58;
const BACKSLASH = 92;

function isLetter(code: number): boolean {
  const lower = code | 32;
  return lower >= 97 && lower <= 122;
}
