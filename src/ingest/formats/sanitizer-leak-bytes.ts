import { ByteScanner } from '../byte-scanner.js';
import type { ByteWindow } from '../byte-window.js';
import type { LeakHead } from './sanitizer-headline.js';

const DIRECT = Buffer.from('Direct leak of ');
const INDIRECT = Buffer.from('Indirect leak of ');
const BYTES = Buffer.from(' byte(s) in ');
const OBJECTS = Buffer.from(' object(s) allocated from:');

/**
 * Reads the first lines of leaks by their bytes: their numbers differ, so that there are many.
 *
 *     Direct leak of 24 byte(s) in 1 object(s) allocated from:
 */
export class LeakBytes {
  /** Where the line that was read last ends, behind its newline. */
  next = 0;
  private readonly scanner = new ByteScanner();

  /** What the line at `position` tells; undefined: no leak, or in another form. */
  read(window: ByteWindow): LeakHead | undefined {
    const { scanner } = this;
    scanner.start(window.buffer, window.position);
    const direct = scanner.word(DIRECT);
    if (!direct && !scanner.word(INDIRECT)) return undefined;
    const bytes = scanner.number();
    if (!scanner.word(BYTES)) return undefined;
    const objects = scanner.number();
    if (!scanner.word(OBJECTS)) return undefined;
    this.next = scanner.nextLine();
    if (this.next === -1 || this.next > window.end) return undefined;
    return bytes >= 0 && objects >= 0 ? { direct, bytes, objects } : undefined;
  }
}
