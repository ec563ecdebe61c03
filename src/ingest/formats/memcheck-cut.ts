import type { StackFrame } from '../../model/leaks.js';
import type { MemcheckStatement } from './memcheck-line.js';

/**
 * Whether a line of memcheck's cannot be all that was printed: the rest stands on the next line, without the prefix,
 * since a mail, a ticket or a terminal wrapped it.
 */
export function isCutLine(body: string, frame: StackFrame | undefined, statement: MemcheckStatement): boolean {
  if (frame) return frame.file === undefined && frame.module === undefined;
  if (statement.type === 'totals') return statement.totals === 'unreadable';
  if (statement.type !== 'error' && statement.type !== 'detail') return false;
  return BEGINNINGS.some(([begin, end]) => begin.test(body) && !end.test(body));
}

/** How lines begin that are long enough to be wrapped, and how each ends where it is whole. */
const BEGINNINGS: readonly (readonly [begin: RegExp, end: RegExp])[] = [
  // 2,352 (128 direct, 2,224 indirect) bytes in 1 blocks are definitely
  [/^[\d,]+ (?:\([+\d]|bytes(?: in|$))/, / loss record /],
  [/^(?:at|by) 0x[\dA-F]+:?$/i, /$^/],
  [/^Address 0x\S+ is [\d,]+ bytes (?:inside|after|before|$)/, /'d$|client-defined$|"$/],
  [/^Argument '/, /value: -?[\d,]+$/],
  [/^Syscall param /, /byte\(s\)$/],
  [/^Conditional jump or move depends on/, /value\(s\)$/],
  [/^Source and destination overlap in /, /\)$/],
];
