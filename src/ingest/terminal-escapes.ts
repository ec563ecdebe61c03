const ESCAPE = 27;
const BELL = 7;
const NEWLINE = 10;
const RETURN = 13;
const LEFT_BRACKET = 91;
const RIGHT_BRACKET = 93;
/** A title may name a path. */
const LONGEST = 512;

/**
 * Takes what steers a terminal out of a stretch of whole lines, in place: colours, and what a shell writes around a
 * prompt (bracketed paste, titles). script(1) and serial loggers record it, and the first line of a command's output
 * stands right behind it.
 *
 *     ESC [?2004l CR 00400000-00401000 r-xp …
 *     ESC ]0;root@board BEL root@board:~#
 *
 * Browsers drop the escape itself from what is pasted into them, and pagers print it as `^[`: colours are known by their
 * end, `[0m`.
 *
 * Source: ECMA-48, 5.4 (control sequences); XTerm Control Sequences (OSC).
 * @returns where the stretch ends then
 */
export function withoutEscapes(buffer: Buffer, from: number, to: number): number {
  return withoutBareColours(buffer, from, withoutSequences(buffer, from, to));
}

/** A colour without its escape. */
const BARE_COLOUR = /(?:\^\[)?\[\d{1,3}(?:;\d{1,3}){0,4}m/g;

function withoutBareColours(buffer: Buffer, from: number, to: number): number {
  const stretch = buffer.subarray(from, to);
  if (!stretch.includes('[0m')) return to;
  return from + buffer.write(stretch.toString('latin1').replace(BARE_COLOUR, ''), from, 'latin1');
}

function withoutSequences(buffer: Buffer, from: number, to: number): number {
  // Of the stretch alone: behind it lies what was read before.
  const found = buffer.subarray(from, to).indexOf(ESCAPE);
  if (found === -1) return to;
  let at = from + found;
  let written = at;
  while (at < to) {
    const end = buffer[at] === ESCAPE ? sequenceEnd(buffer, at, to) : at;
    if (end === at) buffer[written++] = buffer[at++] as number;
    // A return to the start of the line, not its end.
    else at = buffer[end] === RETURN && end + 1 < to && buffer[end + 1] !== NEWLINE ? end + 1 : end;
  }
  return written;
}

/** Behind the sequence that begins at `at`; `at` itself where it is none that is known. */
function sequenceEnd(buffer: Buffer, at: number, to: number): number {
  const kind = buffer[at + 1];
  const last = Math.min(to, at + LONGEST);
  if (kind === LEFT_BRACKET) {
    for (let end = at + 2; end < last; end++) {
      const byte = buffer[end] as number;
      if (byte >= 0x40 && byte <= 0x7e) return end + 1;
      if (byte < 0x20 || byte > 0x3f) return at;
    }
  } else if (kind === RIGHT_BRACKET) {
    for (let end = at + 2; end < last && buffer[end] !== NEWLINE; end++) if (buffer[end] === BELL) return end + 1;
  }
  return at;
}
