import type { CaptureFormat } from '../format.js';
import { lineReader } from '../line-reader.js';
import { parseHeadline } from './sanitizer-headline.js';
import { isMemcheckTitle, isOtherToolLine, valgrindLine } from './valgrind-prefix.js';

/**
 * What valgrind's other tools write: the same prefix as memcheck, but no loss records.
 *
 *     ==21610== drd, a thread error detector
 */
export const valgrindOther: CaptureFormat = {
  id: 'valgrind-other',
  name: 'log of another valgrind tool',
  specification: 'https://valgrind.org/docs/manual/manual.html',
  howToCapture: 'not needed: use memcheck (valgrind --leak-check=full PROGRAM)',
  interleaved: true,
  refusal: "only valgrind's memcheck reports lost memory; this log is of another tool (helgrind, drd, massif, dhat, …)",
  recognizes(head) {
    const end = head.indexOf('\n');
    const line = valgrindLine(end === -1 ? head : head.slice(0, end));
    return line !== undefined && isOtherToolLine(line.text);
  },
  open: () =>
    lineReader({
      line(text) {
        const line = valgrindLine(text);
        return !(line && isMemcheckTitle(line.text)) && !parseHeadline(text);
      },
      end: () => undefined,
    }),
};
