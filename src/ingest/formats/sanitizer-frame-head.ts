const TAB = 9;
const BLANK = 32;
const HASH = 35;
const ZERO = 48;
const LETTER_A = 97;
const X = 120;

/** As many as a number holds exactly; no program is loaded higher. */
const MOST_DIGITS = 13;

/** The beginning of a frame with an address, by its bytes: `    #12 0x55b012428282`, whatever follows. */
export class FrameHead {
  /** Of the frame in its stack, from 0. */
  number = 0;
  address = 0;
  /** Where the digits of the address begin, behind "0x". */
  digits = 0;
  /** Where they end. */
  end = 0;

  /** Whether a frame begins so at `from`; false also for forms of it that are rare. */
  read(buffer: Buffer, from: number): boolean {
    let at = from;
    while (buffer[at] === BLANK || buffer[at] === TAB) at++;
    if (buffer[at++] !== HASH) return false;
    const first = at;
    let number = 0;
    for (let digit = digitAt(buffer, at); digit < 10; digit = digitAt(buffer, ++at)) number = number * 10 + digit;
    if (at === first || at > first + 4 || buffer[at] !== BLANK) return false;
    while (buffer[at] === BLANK) at++;
    if (buffer[at] !== ZERO || buffer[at + 1] !== X) return false;
    at += 2;
    this.digits = at;
    let address = 0;
    for (let digit = digitAt(buffer, at); digit < 16; digit = digitAt(buffer, ++at)) address = address * 16 + digit;
    this.number = number;
    this.address = address;
    this.end = at;
    return at > this.digits && at <= this.digits + MOST_DIGITS;
  }
}

/** The value of a hexadecimal digit, as the tools print it; 16 where there is none. */
function digitAt(buffer: Buffer, at: number): number {
  const byte = buffer[at] as number;
  if (byte >= ZERO && byte < ZERO + 10) return byte - ZERO;
  return byte >= LETTER_A && byte < LETTER_A + 6 ? byte - LETTER_A + 10 : 16;
}
