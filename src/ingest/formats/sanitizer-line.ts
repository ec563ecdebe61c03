import type { StackFrame } from '../../model/leaks.js';
import { sectionHeaderOf } from '../section-header.js';
import { parseSanitizerFrame } from '../stack-frames.js';
import { isMemcheckStatement } from './memcheck-line.js';
import {
  type Headline,
  isSanitizerStart,
  type LeakHead,
  parseHeadline,
  parseLeakHead,
  parseRuntimeError,
  type RuntimeError,
} from './sanitizer-headline.js';
import { otherToolOf, valgrindLine } from './valgrind-prefix.js';

/** What a line says, wherever it stands. Of its text alone, so that equal lines need to be parsed but once. */
export interface SanitizerLine {
  readonly text: string;
  readonly isBlank: boolean;
  /** A line of `=`, which stands above a report. */
  readonly isRule: boolean;
  readonly isOfValgrind: boolean;
  /** What ends the report before it. */
  readonly opening: Opening | undefined;
  readonly frame: { readonly number: number; readonly frame: StackFrame } | undefined;
  readonly leak: LeakHead | undefined;
  readonly summary: ReportSummary | 'unreadable' | undefined;
  /** What ends a report that ends its process, too. */
  readonly end: { readonly pid: number | undefined } | undefined;
  /** Whether the tool says that it leaves out leaks. */
  readonly isOmission: boolean;
  /** Whether it is no part of a report's body, but a sanitizer's for sure. */
  readonly isRemark: boolean;
  /** Whether it is no part of a report's body, and a capture may begin with it. */
  readonly mayBeginCapture: boolean;
}

export type Opening =
  | { readonly type: 'headline'; readonly headline: Headline }
  | { readonly type: 'runtime-error'; readonly told: RuntimeError }
  /** The tool could not look: that is neither a leak nor none. */
  | { readonly type: 'failure'; readonly pid: number | undefined }
  /** Of another tool than the sanitizers: frames after it are not theirs. */
  | { readonly type: 'foreign' };

/** The last line of a report: `SUMMARY: AddressSanitizer: 24 byte(s) leaked in 1 allocation(s).` */
export interface ReportSummary {
  readonly tool: string;
  /** The digits of the leaked bytes. */
  readonly total: string | undefined;
  readonly kind: string | undefined;
}

export function sanitizerLineOf(text: string): SanitizerLine {
  const trimmed = text.trim();
  const isBlank = trimmed === '';
  const frame = text.includes('#') ? parseSanitizerFrame(trimmed) : undefined;
  const leak = parseLeakHead(text);
  const summary = text.includes('SUMMARY: ') ? summaryOf(text) : undefined;
  const end = text.includes('ABORTING') || text.includes('Exiting') ? endOf(text) : undefined;
  const isBody = isBlank || frame !== undefined || leak !== undefined || summary !== undefined;
  return {
    text,
    isBlank,
    isRule: isRule(text),
    isOfValgrind: text.includes('==') && isOfValgrind(text),
    opening: mayOpen(text) ? openingOf(text) : undefined,
    frame,
    leak,
    summary,
    end,
    isOmission: OMITTED.test(text),
    isRemark: !isBody && (end !== undefined || isSanitizerStart(text)),
    mayBeginCapture: !isBody && mayBeginCapture(text),
  };
}

function mayBeginCapture(text: string): boolean {
  return CAPTURE_START.test(text) || sectionHeaderOf(text) !== undefined;
}

// What no report has: a VMA, the kernel's counters, the headers of tables, the first line of pmap and of a status.
const CAPTURE_START =
  /^(?:[0-9a-f]{4,16}-[0-9a-f]{4,16} [r-][w-][x-][sp-] | *PID +\w|\d{1,9}: {3}\/|Name:\t|MemTotal: | *(?:start +end +)?virtual +shared|Total [PR]SS by |\*\* MEMINFO in pid )/;

export function isRule(text: string): boolean {
  return RULE.test(text);
}

const RULE = /={18,70}\s*$/;

function isOfValgrind(text: string): boolean {
  const line = valgrindLine(text);
  return line !== undefined && (otherToolOf(line.text) !== undefined || isMemcheckStatement(line.text));
}

function mayOpen(text: string): boolean {
  return ['Sanitizer', 'runtime error', 'ubsan: ', 'ERROR: '].some((words) => text.includes(words));
}

function openingOf(text: string): Opening | undefined {
  const headline = parseHeadline(text);
  if (headline) return { type: 'headline', headline };
  const told = parseRuntimeError(text);
  if (told) return { type: 'runtime-error', told };
  const failure = FAILURE.exec(text);
  if (failure) return { type: 'failure', pid: failure[1] === undefined ? undefined : Number(failure[1]) };
  return FOREIGN_REPORT.test(text) ? { type: 'foreign' } : undefined;
}

// "==7==LeakSanitizer has encountered a fatal error.", "==7==AddressSanitizer CHECK failed: asan_rtl.cpp:12 …"
const FAILURE =
  /(?:==(\d{1,10})== ?)?\b\w*Sanitizer(?: has encountered a fatal error|:? CHECK failed|: nested bug in the same thread)/;

// "==11== ERROR: libFuzzer: deadly signal"
const FOREIGN_REPORT = /==\d{1,10}== ?ERROR: /;

/** `==12==ABORTING` of AddressSanitizer and others, `Exiting` of MemorySanitizer. */
function endOf(text: string): SanitizerLine['end'] {
  const match = /==(\d{1,10})==ABORTING\s*$|(?:^|\s)Exiting\s*$/.exec(text);
  return match ? { pid: match[1] === undefined ? undefined : Number(match[1]) } : undefined;
}

function summaryOf(text: string): ReportSummary | 'unreadable' {
  const [, tool, total, kind] = SUMMARY.exec(text) ?? [];
  return tool === undefined ? 'unreadable' : { tool, total, kind };
}

const SUMMARY = /SUMMARY: (\w+Sanitizer): (?:(\d{1,15}) byte\(s\) leaked|([\w-]{2,60})(?=\s|$))?/;

// "Omitting 12 more leak(s)", "Too many leaks! Only the first 5000 leaks encountered will be reported.",
// "The 10 top leak(s):" (max_leaks)
const OMITTED = /^\s*(?:Omitting \d+ more leak|Too many leaks! |The \d+ top leak)/;
