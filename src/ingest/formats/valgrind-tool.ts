import type { CaptureFormat } from '../format.js';
import { lineReader } from '../line-reader.js';
import { parseHeadline } from './sanitizer-headline.js';
import { isMemcheckTitle, isOtherToolLine, valgrindLine } from './valgrind-prefix.js';
import { valgrindXmlTool } from './valgrind-xml-head.js';

/**
 * What valgrind's other tools write: the same prefix or XML as memcheck, but no loss records.
 *
 *     ==21610== drd, a thread error detector
 *     <protocoltool>helgrind</protocoltool>
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
    if (line !== undefined) return isOtherToolLine(line.text);
    return !OF_MEMCHECK.has(valgrindXmlTool(head));
  },
  open() {
    let isFirst = true;
    return lineReader({
      line(text) {
        const line = valgrindLine(text);
        // Each document of XML tells its tool anew.
        const begins = text.includes('<?xml ') && !isFirst;
        isFirst = false;
        return !begins && !(line && isMemcheckTitle(line.text)) && !parseHeadline(text);
      },
      end: () => undefined,
    });
  },
};

const OF_MEMCHECK: ReadonlySet<string | undefined> = new Set([undefined, 'memcheck']);
