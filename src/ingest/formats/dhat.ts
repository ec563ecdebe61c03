import type { CaptureFormat } from '../format.js';
import { lineReader } from '../line-reader.js';

/**
 * What valgrind's DHAT writes, and Rust's dhat: JSON, one object, a line for each few of its fields.
 *
 *     {"dhatFileVersion":2
 *     ,"mode":"heap","verb":"Allocated"
 *     ,"cmd":"/opt/demo/leak-list"
 *     …
 *     }
 */
export const dhat: CaptureFormat = {
  id: 'dhat',
  name: 'valgrind DHAT output',
  specification: 'https://valgrind.org/docs/manual/dh-manual.html',
  howToCapture: 'not needed: use memcheck (valgrind --leak-check=full PROGRAM)',
  refusal:
    'DHAT tells where and how heap memory is used, not what of it is lost: use memcheck (valgrind --leak-check=full PROGRAM)',
  recognizes: (head) => /^\{\s*"dhatFileVersion"\s*:\s*\d/.test(head),
  open() {
    let isOver = false;
    return lineReader({
      line(text) {
        if (isOver) return false;
        isOver = text.startsWith('}') || (text.startsWith('{"') && text.endsWith('}'));
        return true;
      },
      end: () => undefined,
    });
  },
};
