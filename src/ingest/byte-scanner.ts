const COMMA = 44;
const ZERO = 48;
const NEWLINE = 10;
const RETURN = 13;
/** So many digits are a number that is exact. */
const MOST_DIGITS = 15;

/** Reads a line whose words are known from its bytes, part by part. */
export class ByteScanner {
  private buffer: Buffer = Buffer.alloc(0);
  private at = 0;

  start(buffer: Buffer, at: number): void {
    this.buffer = buffer;
    this.at = at;
  }

  /** Passes over a text, if it stands here. */
  word(bytes: Uint8Array): boolean {
    const { buffer, at } = this;
    for (let i = 0; i < bytes.length; i++) if (buffer[at + i] !== bytes[i]) return false;
    this.at += bytes.length;
    return true;
  }

  /** The number that stands here, NaN where there is none. @param isGrouped whether there may be commas in it */
  number(isGrouped = false): number {
    const { buffer } = this;
    let value = 0;
    let count = 0;
    let at = this.at;
    for (; ; at++) {
      const byte = buffer[at] as number;
      if (isDigit(byte)) {
        value = value * 10 + byte - ZERO;
        count++;
      } else if (!isGrouped || byte !== COMMA) break;
    }
    this.at = at;
    return count > 0 && count <= MOST_DIGITS ? value : Number.NaN;
  }

  /** Where the next line begins, if this one ends here; -1: it goes on. */
  nextLine(): number {
    const { buffer, at } = this;
    const newline = buffer[at] === RETURN ? at + 1 : at;
    return buffer[newline] === NEWLINE ? newline + 1 : -1;
  }
}

export function isDigit(byte: number): boolean {
  return byte >= ZERO && byte < ZERO + 10;
}
