import { isMemcheckStatement } from './memcheck-line.js';
import { isSanitizerStart } from './sanitizer-headline.js';
import { otherToolOf, valgrindLine } from './valgrind-prefix.js';

/**
 * The tool of valgrind's whose log a text is that begins with one of its lines; undefined: it begins with something
 * else, or tells no tool. Titles may be cut off, or left out with -q: then the first line tells that only one tool prints.
 */
export function toolOfLog(head: string): string | undefined {
  let mayBeMemcheck = false;
  let isFirst = true;
  for (const text of head.split('\n')) {
    const line = valgrindLine(text);
    if (line) {
      if (isSanitizerStart(text)) break;
      const other = otherToolOf(line.text);
      if (other !== undefined) return other;
      if (isMemcheckStatement(line.text)) return MEMCHECK;
      mayBeMemcheck ||= ANY_TOOL.test(line.text);
    } else if (isFirst) return undefined;
    isFirst = false;
  }
  return mayBeMemcheck ? MEMCHECK : undefined;
}

const MEMCHECK = 'memcheck';

/** What the other tools print, too. */
const ANY_TOOL = /^(?:Copyright \(C\) [-\d, ]+ and GNU GPL'd, by Julian Seward|Command: |\s*(?:at|by) 0x[\dA-F]+: )/;
