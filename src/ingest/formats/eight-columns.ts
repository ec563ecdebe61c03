/** Four blanks as a word. */
export const BLANKS = 0x20202020;

const FOUR_DIGITS = 0x01010101;

/** The number that stands right-aligned in the eight bytes at `at`, after blanks; -1 where it is none. */
export function eightColumns(view: DataView, at: number): number {
  const high = view.getInt32(at, true);
  const low = view.getInt32(at + 4, true);
  const ones = fourColumns(low);
  if (high === BLANKS || ones < 0) return ones;
  const thousands = fourColumns(high);
  return thousands < 0 || ((low >>> 4) & FOUR_DIGITS) !== FOUR_DIGITS ? -1 : thousands * 10_000 + ones;
}

/** The same in the four bytes of a little-endian word, all at once: bytes of a word do not carry over here. */
export function fourColumns(word: number): number {
  // A blank is 0x20, digits 0x30 to 0x39: both have their value after this, and others more than 9.
  const digits = (word | 0x10101010) ^ 0x30303030;
  if ((((digits + 0x76767676) | digits) & 0x80808080) !== 0) return -1;
  // 1 for each digit, which are at the end, and at least one; what is none has to be blank.
  const isDigit = (word >>> 4) & FOUR_DIGITS;
  if (isDigit >>> 24 === 0 || ((isDigit << 8) & ~isDigit) !== 0 || (digits & ~(isDigit * 15)) !== 0) return -1;
  const pairs = (digits & 0x000f000f) * 10 + ((digits >>> 8) & 0x000f000f);
  return (pairs & 0xff) * 100 + (pairs >>> 16);
}
