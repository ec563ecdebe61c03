import type { FatalReason, StackFrame } from '../../model/leaks.js';
import { parseMemcheckFrame } from '../stack-frames.js';
import { isCutLine } from './memcheck-cut.js';
import { type ErrorHead, isTermination, parseAddress, parseErrorHead, parseFatalReason } from './memcheck-error.js';
import {
  isLossRecord,
  type LossHead,
  nothingLost,
  parseLossRecord,
  parseTotals,
  type Totals,
} from './memcheck-loss-record.js';
import { isMemcheckTitle, otherToolOf } from './valgrind-prefix.js';

/** What a line of valgrind's says, without its prefix. Of its text alone, so that equal lines need to be parsed but once. */
export interface MemcheckLine {
  readonly text: string;
  /** Without indentation, which mails and tickets lose, and blanks at its end, which editors and terminals add. */
  readonly body: string;
  readonly isTitle: boolean;
  /** Whether only another of valgrind's tools prints it. */
  readonly isOfOtherTool: boolean;
  readonly frame: StackFrame | undefined;
  /** Where it is no frame. */
  readonly statement: MemcheckStatement;
  /** Whether its rest may stand on the next line, without the prefix. */
  readonly isCut: boolean;
}

export type MemcheckStatement =
  | { readonly type: 'frame' | 'blank' | 'title' }
  /** The run ends here, with neither leak check nor totals. */
  | { readonly type: 'exit-on-error' }
  /** Without its head where that cannot be read. */
  | { readonly type: 'loss-record'; readonly head: LossHead | undefined }
  | { readonly type: 'totals'; readonly totals: Totals | 'unreadable' }
  | { readonly type: 'error'; readonly head: ErrorHead }
  | { readonly type: 'command'; readonly command: string }
  | { readonly type: 'command-follows' }
  /** An error is told again that was told when it happened. */
  | { readonly type: 'repeat' }
  /** From here on errors are left out. */
  | { readonly type: 'omission' }
  /** What came before is over. */
  | { readonly type: 'break' }
  | DetailStatement;

/** A further line of an error. */
export interface DetailStatement {
  readonly type: 'detail';
  readonly reason: FatalReason | undefined;
  readonly address: string | undefined;
}

export function memcheckLineOf(text: string): MemcheckLine {
  const body = text.trim();
  const isTitle = isMemcheckTitle(text);
  const isFrame = body.startsWith('at 0x') || body.startsWith('by 0x');
  const frame = isFrame ? parseMemcheckFrame(body) : undefined;
  const isOfOtherTool = !isTitle && otherToolOf(text) !== undefined;
  const statement = frame ? FRAME : statementOf(body);
  return { text, body, isTitle, isOfOtherTool, frame, statement, isCut: isCutLine(body, frame, statement) };
}

const FRAME: MemcheckStatement = { type: 'frame' };

/** Whether a line begins something that memcheck says of a process. */
export function isMemcheckStatement(text: string): boolean {
  return (
    isMemcheckTitle(text) ||
    SUMMARY_HEAD.test(text) ||
    isLossRecord(text) ||
    parseTotals(text.trimStart()) !== undefined ||
    parseErrorHead(text) !== undefined ||
    isTermination(text)
  );
}

// Until 3.4 also: "No malloc'd blocks -- no leaks are possible."
const NOTHING_LOST = /^(?:All heap blocks were freed|No malloc'd blocks) -- no leaks/;

const SUMMARY_HEAD = /^(?:HEAP|LEAK) SUMMARY:/;

function statementOf(body: string): MemcheckStatement {
  if (body === '') return { type: 'blank' };
  if (isLossRecord(body)) return { type: 'loss-record', head: parseLossRecord(body) };
  const totals = NOTHING_LOST.test(body) ? nothingLost() : parseTotals(body);
  if (totals !== undefined) return { type: 'totals', totals };
  const head = parseErrorHead(body);
  if (head) return { type: 'error', head };
  if (isMemcheckTitle(body)) return { type: 'title' };
  if (body.startsWith('Command: ')) return { type: 'command', command: body.slice(9) };
  if (body.endsWith('Prog and args are:')) return { type: 'command-follows' };
  // Of the list at the end (-s): "1 errors in context 2 of 6:"
  if (/^\d+ errors in context \d+ of \d+:/.test(body)) return { type: 'repeat' };
  if (/^More than \d+ (?:different |total )?errors detected/.test(body)) return { type: 'omission' };
  if (body.startsWith('Exit program on first error')) return { type: 'exit-on-error' };
  if (isTermination(body) || SUMMARY_HEAD.test(body)) return { type: 'break' };
  return { type: 'detail', reason: parseFatalReason(body), address: parseAddress(body) };
}
