import type { LossKind } from '../../model/leaks.js';
import { ByteScanner, isDigit } from '../byte-scanner.js';
import type { ByteWindow } from '../byte-window.js';
import { LOSS_KINDS, type LossHead } from './memcheck-loss-record.js';

const BLANK = Buffer.from(' ');
const OPEN = Buffer.from(' (');
const DIRECT = Buffer.from(' direct, ');
const INDIRECT = Buffer.from(' indirect)');
const BYTES = Buffer.from(' bytes in ');
const BLOCKS = Buffer.from(' blocks are ');
const KINDS = [...LOSS_KINDS].map(([words, kind]) => ({ kind, words: Buffer.from(`${words} in loss record `) }));
const OF = Buffer.from(' of ');

/**
 * Reads the first lines of loss records by their bytes, in the two forms that are usual. No two of them are equal, and
 * they are a tenth of a log.
 *
 *      12,288 bytes in 1 blocks are definitely lost in loss record 1,003 of 1,024
 *      640 (64 direct, 576 indirect) bytes in 1 blocks are definitely lost in loss record 2 of 4
 */
export class LossBytes {
  /** Where the line that was read last ends, behind its newline. */
  next = 0;
  private readonly scanner = new ByteScanner();

  /** What stands behind a prefix that ends at `from`; undefined: no loss record, or one of another form. */
  read(window: ByteWindow, from: number): LossHead | undefined {
    const { scanner } = this;
    // Most lines are frames: a glance spares them the rest.
    if (!isDigit(window.buffer[from + 1] as number)) return undefined;
    scanner.start(window.buffer, from);
    if (!scanner.word(BLANK)) return undefined;
    let bytes = scanner.number(true);
    let indirectBytes: number | undefined;
    if (scanner.word(OPEN)) {
      bytes = scanner.number(true);
      if (!scanner.word(DIRECT)) return undefined;
      indirectBytes = scanner.number(true);
      if (!scanner.word(INDIRECT)) return undefined;
    }
    if (!scanner.word(BYTES)) return undefined;
    const blocks = scanner.number(true);
    if (!scanner.word(BLOCKS)) return undefined;
    const kind = this.kind();
    const isWhole = scanner.number(true) > 0 && scanner.word(OF) && scanner.number(true) > 0;
    this.next = scanner.nextLine();
    if (kind === undefined || !isWhole || this.next === -1 || this.next > window.end) return undefined;
    if (!(bytes >= 0 && blocks >= 0)) return undefined;
    if (indirectBytes === undefined) return { amounts: { kind, bytes, blocks }, isChange: false };
    return indirectBytes >= 0 ? { amounts: { kind, bytes, blocks, indirectBytes }, isChange: false } : undefined;
  }

  private kind(): LossKind | undefined {
    for (const { words, kind } of KINDS) if (this.scanner.word(words)) return kind;
    return undefined;
  }
}
