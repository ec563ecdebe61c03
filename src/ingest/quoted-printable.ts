/** A tool's prefix as a mail is sent: `=3D=3D7986=3D=3D`. Nothing else looks like it. */
const ENCODED_PREFIX = /=3D=3D[\d:. ]{0,20}\d{1,10}=3D=3D/;

/** Of that what is searched first: letters D are rarer in logs than equals signs. */
const RAREST_PART = Buffer.from('D=3D');

const EQUALS = 61;
const RETURN = 13;
const NEWLINE = 10;

/** Whether a stretch is of a mail's text as it is sent, with the log of a tool in it. */
export function isMailEncoded(buffer: Buffer, from: number, to: number): boolean {
  return buffer.subarray(from, to).includes(RAREST_PART) && ENCODED_PREFIX.test(buffer.toString('latin1', from, to));
}

/**
 * Decodes a stretch of whole lines of such a text, in place.
 *
 *     =3D=3D7986=3D=3D    at 0x4B8F6A0: g_malloc0 (in /usr/lib64/libglib-2.0.so=
 *     .0.6000.7)
 *
 * What a line was cut into becomes one line again, and empty lines follow in place of the rest: line numbers stay.
 *
 * Source: RFC 2045, 6.7 (quoted-printable).
 * @returns where the stretch ends then
 */
export function withoutMailEncoding(buffer: Buffer, from: number, to: number): number {
  let written = from;
  let joined = 0;
  for (let at = from; at < to; ) {
    const byte = buffer[at] as number;
    const softBreak = byte === EQUALS ? softBreakEnd(buffer, at, to) : at;
    if (softBreak > at) {
      joined++;
      at = softBreak;
      continue;
    }
    const code = byte === EQUALS ? codeAt(buffer, at, to) : undefined;
    buffer[written++] = code ?? byte;
    at += code === undefined ? 1 : 3;
    if (byte === NEWLINE) for (; joined > 0; joined--) buffer[written++] = NEWLINE;
  }
  for (; joined > 0; joined--) buffer[written++] = NEWLINE;
  return written;
}

/** Behind the line end that the "=" at `at` takes away; `at` itself where there is none. */
function softBreakEnd(buffer: Buffer, at: number, to: number): number {
  const newline = buffer[at + 1] === RETURN ? at + 2 : at + 1;
  return newline < to && buffer[newline] === NEWLINE ? newline + 1 : at;
}

/** The byte that `=3D` stands for; no line end: there would be more lines than before. */
function codeAt(buffer: Buffer, at: number, to: number): number | undefined {
  const digits = at + 3 <= to ? buffer.toString('latin1', at + 1, at + 3) : '';
  const code = /^[\dA-F]{2}$/.test(digits) ? Number.parseInt(digits, 16) : NEWLINE;
  return code === NEWLINE || code === RETURN ? undefined : code;
}
