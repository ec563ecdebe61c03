import { withoutMailEncoding } from './quoted-printable.js';
import { withoutEscapes } from './terminal-escapes.js';

/**
 * Makes of a stretch of whole lines, in place, what was shown to the one who read them: without what steers a terminal,
 * and without the encodings of those who carried the text. There are as many lines as before.
 *
 * @returns where the stretch ends then
 */
export function asShown(buffer: Buffer, from: number, to: number): number {
  return [withoutEscapes, withoutMailEncoding].reduce((end, undo) => undo(buffer, from, end), to);
}
