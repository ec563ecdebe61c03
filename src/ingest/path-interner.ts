const NEWLINE = 10;
const RETURN = 13;

/**
 * Gives each distinct name one small number, found by its bytes, so that a name is made into a string only once.
 * Number 0 is the empty name. Invalid UTF-8 is kept apart by its bytes, and shown with U+FFFD.
 */
export class PathInterner {
  readonly names: string[] = [''];
  /** The bytes of all names, one behind the other. */
  private bytes = new Uint8Array(1 << 16);
  private view = new DataView(this.bytes.buffer);
  /** Where the bytes of each name begin, and where those of the last one end. */
  private readonly at = [0, 0];
  private readonly byHash = new Map<number, number[]>();
  private readonly decoder = new TextDecoder('utf-8');

  /** The number of the name in `buffer` from `start` to `end`. */
  intern(buffer: Uint8Array, start: number, end: number): number {
    if (start === end) return 0;
    let hash = 0x811c9dc5;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ (buffer[i] as number), 0x01000193);
    const candidates = this.byHash.get(hash);
    if (candidates) {
      for (const id of candidates) if (this.equals(id, buffer, start, end)) return id;
    }
    const id = this.add(buffer.subarray(start, end));
    if (candidates) candidates.push(id);
    else this.byHash.set(hash, [id]);
    return id;
  }

  /** The number of a name that is already a string. */
  internText(name: string): number {
    const encoded = new TextEncoder().encode(name);
    return this.intern(encoded, 0, encoded.length);
  }

  /** Where the line ends of which name `id` is the rest, from `start` on; -1 where it is not, up to `end`. */
  lineEnd(id: number, text: DataView, start: number, end: number): number {
    const { view } = this;
    const known = this.at[id] as number;
    const length = (this.at[id + 1] as number) - known;
    const to = start + length;
    if (to >= end) return -1;
    const after = text.getUint8(to);
    if (after !== NEWLINE && (after !== RETURN || to + 1 >= end || text.getUint8(to + 1) !== NEWLINE)) return -1;
    // From behind: names of one folder differ there. Four bytes at a time.
    let i = length - 4;
    for (; i >= 0; i -= 4) if (view.getInt32(known + i) !== text.getInt32(start + i)) return -1;
    for (i += 3; i >= 0; i--) if (view.getUint8(known + i) !== text.getUint8(start + i)) return -1;
    return to;
  }

  private equals(id: number, buffer: Uint8Array, start: number, end: number): boolean {
    const known = this.at[id] as number;
    const length = end - start;
    if ((this.at[id + 1] as number) - known !== length) return false;
    for (let i = 0; i < length; i++) if (this.bytes[known + i] !== buffer[start + i]) return false;
    return true;
  }

  private add(name: Uint8Array): number {
    const start = this.at.at(-1) as number;
    const end = start + name.length;
    if (end > this.bytes.length) {
      const larger = new Uint8Array(2 * end);
      larger.set(this.bytes);
      this.bytes = larger;
      this.view = new DataView(larger.buffer);
    }
    this.bytes.set(name, start);
    this.at.push(end);
    return this.names.push(this.decoder.decode(name)) - 1;
  }
}
