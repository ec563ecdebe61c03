import type { CaptureFormat } from '../format.js';
import { lineReader } from '../line-reader.js';
import { isSanitizerStart, parseHeadline } from './sanitizer-headline.js';
import { KnownSanitizerLines } from './sanitizer-known-lines.js';
import { isRule } from './sanitizer-line.js';
import { SanitizerReader } from './sanitizer-reader.js';

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
  firstLine: /Sanitizer|runtime error|ubsan: |irect leak of |={18}\s*$/,
  recognizes(head) {
    const end = head.indexOf('\n');
    const first = end === -1 ? head : head.slice(0, end);
    if (isSanitizerStart(first)) return true;
    if (end === -1 || !isRule(first)) return false;
    const next = head.slice(end + 1).split('\n', 1)[0] ?? '';
    return parseHeadline(next) !== undefined;
  },
  open: (section) =>
    lineReader(
      new SanitizerReader(
        section,
        section.kept(sanitizer, () => new KnownSanitizerLines()),
      ),
    ),
};
