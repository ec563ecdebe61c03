import { isMailEncoded, withoutMailEncoding } from './quoted-printable.js';
import { withoutEscapes } from './terminal-escapes.js';

/** Whether a text is a mail as it was sent, so much of it tells: looking for that everywhere takes a tenth of the time. */
const MAIL_BYTES = 64 * 1024;

/** A text as it was shown to the one who read it: without what steers a terminal, and without a mail's encoding. */
export class ShownText {
  private isMail: boolean | undefined;

  /**
   * Makes it of a stretch of whole lines, in place. There are as many lines as before.
   *
   * @returns where the stretch ends then
   */
  of(buffer: Buffer, from: number, to: number): number {
    this.isMail ??= isMailEncoded(buffer, from, Math.min(to, from + MAIL_BYTES));
    const end = withoutEscapes(buffer, from, to);
    return this.isMail ? withoutMailEncoding(buffer, from, end) : end;
  }
}
