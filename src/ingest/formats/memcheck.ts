import type { CaptureFormat } from '../format.js';
import { lineReader } from '../line-reader.js';
import { isLossRecord } from './memcheck-loss-record.js';
import { MemcheckLines, MemcheckReader } from './memcheck-reader.js';
import { toolOfLog } from './valgrind-log.js';
import { valgrindLine } from './valgrind-prefix.js';

/**
 * What valgrind's memcheck writes, to stderr or to a log file:
 *
 *     ==18474== Memcheck, a memory error detector
 *     ==18474== Command: /opt/demo/leak-list
 *     ==18474==
 *     ==18474== HEAP SUMMARY:
 *     ==18474==     in use at exit: 12,976 bytes in 12 blocks
 *     ==18474==   total heap usage: 13 allocs, 1 frees, 85,680 bytes allocated
 *     ==18474==
 *     ==18474== 640 (64 direct, 576 indirect) bytes in 1 blocks are definitely lost in loss record 2 of 4
 *     ==18474==    at 0x48417B4: malloc (vg_replace_malloc.c:381)
 *     ==18474==    by 0x10A48E: lose_list (leak-list.c:18)
 *     ==18474==
 *     ==18474== LEAK SUMMARY:
 *     ==18474==    definitely lost: 112 bytes in 2 blocks
 *     ==18474== ERROR SUMMARY: 2 errors from 2 contexts (suppressed: 0 from 0)
 *
 * Several processes may write into one log; each becomes a diagnosis of its own. A forked child repeats what it
 * inherited from its parent. Ignored: the program's own output, debug output (`--18474--`), suppressions.
 */
export const memcheck: CaptureFormat = {
  id: 'memcheck',
  name: 'valgrind memcheck log',
  specification: 'https://valgrind.org/docs/manual/mc-manual.html (valgrind 2.2 to 3.28)',
  howToCapture: 'valgrind --leak-check=full --show-leak-kinds=all --log-file=valgrind.%p.log PROGRAM',
  interleaved: true,
  firstLine: /==\d| loss record \d/,
  recognizes(head) {
    const [first = '', second = ''] = head.split('\n', 2);
    if (isLossRecord(first) && !valgrindLine(first)) {
      return /^at 0x/.test(valgrindLine(second)?.text.trimStart() ?? '');
    }
    return toolOfLog(head) === 'memcheck';
  },
  open: (section) =>
    lineReader(
      new MemcheckReader(
        section,
        section.kept(memcheck, () => new MemcheckLines()),
      ),
    ),
};
