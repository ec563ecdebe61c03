import { quote } from '../../model/problem.js';
import type { CaptureFormat, LineReader, Section } from '../format.js';
import { lineReader } from '../line-reader.js';
import { ParsedLines } from '../parsed-lines.js';
import { sectionHeaderOf } from '../section-header.js';
import { parseSanitizerFrame } from '../stack-frames.js';
import { isMemcheckStatement } from './memcheck-line.js';
import { isSanitizerStart, parseHeadline, parseLeakHead, parseRuntimeError } from './sanitizer-headline.js';
import { SanitizerProcess } from './sanitizer-process.js';
import { SanitizerReport } from './sanitizer-report.js';
import { otherToolOf, valgrindLine } from './valgrind-prefix.js';

/**
 * What AddressSanitizer, LeakSanitizer and their sisters write, to stderr or to log_path:
 *
 *     =================================================================
 *     ==11484==ERROR: LeakSanitizer: detected memory leaks
 *
 *     Direct leak of 24 byte(s) in 1 object(s) allocated from:
 *         #0 0x7ff078cb89cf in __interceptor_malloc ../../../../src/libsanitizer/asan/asan_malloc_linux.cpp:69
 *         #1 0x55b0124281be in lose_list /opt/demo/leak-list.c:18
 *
 *     SUMMARY: AddressSanitizer: 24 byte(s) leaked in 1 allocation(s).
 *
 * A process may report many times, and a log may hold many processes: each becomes one diagnosis. Reports without a
 * pid (UndefinedBehaviorSanitizer's) belong to the log's process, if there is just one.
 * Ignored: the program's own output, shadow bytes, registers, tables of suppressions.
 */
export const sanitizer: CaptureFormat = {
  id: 'sanitizer',
  name: 'AddressSanitizer or LeakSanitizer log',
  specification:
    'https://clang.llvm.org/docs/AddressSanitizer.html (compiler-rt of LLVM 3.1 to 20, libsanitizer of GCC)',
  howToCapture: 'ASAN_OPTIONS=log_path=asan.log PROGRAM, built with -fsanitize=address (writes asan.log.PID)',
  interleaved: true,
  firstLine: /Sanitizer|runtime error|irect leak of |={18}\s*$/,
  recognizes(head) {
    const end = head.indexOf('\n');
    const first = end === -1 ? head : head.slice(0, end);
    if (isSanitizerStart(first)) return true;
    if (end === -1 || !RULE.test(first)) return false;
    const next = head.slice(end + 1).split('\n', 1)[0] ?? '';
    return parseHeadline(next) !== undefined;
  },
  open: (section) => lineReader(sanitizerReader(section)),
};

const RULE = /={18,70}\s*$/;

function sanitizerReader(section: Section): LineReader {
  const frames = new ParsedLines((text: string) => parseSanitizerFrame(text) ?? null);
  const processes = new Map<number | undefined, SanitizerProcess>();
  let report: SanitizerReport | undefined;
  let lastLine = 0;

  const processOf = (pid: number | undefined, line: number): SanitizerProcess => {
    const process = processes.get(pid) ?? new SanitizerProcess(pid, { file: section.file, line });
    processes.set(pid, process);
    return process;
  };
  const begin = (next: SanitizerReport | undefined, line: number): void => {
    report?.end(line, false);
    report = next;
  };

  /** Takes a line that begins a report, or that belongs to none. */
  const start = (text: string, line: number): boolean => {
    const headline = parseHeadline(text);
    if (headline) {
      const process = processOf(headline.pid, line);
      if (headline.command !== undefined) process.command ??= headline.command;
      begin(SanitizerReport.of(headline, process, section, line), line);
      return true;
    }
    const runtimeError = parseRuntimeError(text);
    if (runtimeError) {
      begin(SanitizerReport.ofRuntimeError(runtimeError, processOf(undefined, line), section, line), line);
      return true;
    }
    const failure = FAILURE.exec(text);
    if (failure) {
      // The tool could not look: that is neither a leak nor none.
      if (failure[1] !== undefined) processOf(Number(failure[1]), line);
      const message = `the sanitizer failed and reports nothing more: ${quote(text.trim())}`;
      section.problem('warning', 'incomplete-log', message, line);
      begin(undefined, line);
      return true;
    }
    if (report === undefined && parseLeakHead(text)) {
      begin(SanitizerReport.ofLeaks(processOf(undefined, line), section), line);
    } else if (FOREIGN_REPORT.test(text)) begin(undefined, line);
    return false;
  };

  return {
    line(text, number) {
      lastLine = number;
      if (text.includes('==')) {
        const line = valgrindLine(text);
        if (line && (otherToolOf(line.text) !== undefined || isMemcheckStatement(line.text))) return false;
      }
      if (mayStart(text) && start(text, number)) return true;
      const isOwn = report?.line(text, number, frames) ?? false;
      // A rule may belong to the next report's first line.
      if (isOwn || text.trim() === '' || RULE.test(text)) return report ? true : 'ignored';
      // Behind the report, and where a capture may begin in one that breaks off: whoever knows the line takes it.
      if (report?.isOver) return isSanitizerStart(text);
      if (report) return !CAPTURE_START.test(text) && sectionHeaderOf(text) === undefined;
      if (LONE_SUMMARY.test(text)) {
        section.problem(
          'warning',
          'incomplete-log',
          `expected a report before ${quote(text.trim())}, found none`,
          number,
        );
        return true;
      }
      return false;
    },
    end() {
      report?.end(lastLine, true);
      const nameless = processes.get(undefined);
      const [first, second] = [...processes.values()].filter((process) => process !== nameless);
      if (nameless && first && !second) {
        first.adopt(nameless);
        processes.delete(undefined);
      }
      for (const process of processes.values()) section.emit(process.reading());
    },
  };
}

function mayStart(text: string): boolean {
  return (
    text.includes('Sanitizer') ||
    text.includes('runtime error') ||
    text.includes('irect leak of ') ||
    text.includes('ERROR: ')
  );
}

// "==7==LeakSanitizer has encountered a fatal error.", "==7==AddressSanitizer CHECK failed: asan_rtl.cpp:12 …"
const FAILURE =
  /(?:==(\d{1,10})== ?)?\b\w*Sanitizer(?: has encountered a fatal error|:? CHECK failed|: nested bug in the same thread)/;

// What no report has: a VMA, the kernel's counters, the headers of tables, the first line of pmap and of a status.
const CAPTURE_START =
  /^(?:[0-9a-f]{4,16}-[0-9a-f]{4,16} [r-][w-][x-][sp-] | *PID +\w|\d{1,9}: {3}\/|Name:\t|MemTotal: | *(?:start +end +)?virtual +shared|Total [PR]SS by |\*\* MEMINFO in pid )/;

const LONE_SUMMARY = /SUMMARY: \w{1,30}Sanitizer: /;

// "==11== ERROR: libFuzzer: deadly signal": frames after it are not a sanitizer's
const FOREIGN_REPORT = /==\d{1,10}== ?ERROR: /;
