/**
 * Gives each distinct name one small number, found by its bytes, so that a name is made into a string only once.
 * Number 0 is the empty name. Invalid UTF-8 is kept apart by its bytes, and shown with U+FFFD.
 */
export class PathInterner {
  readonly names: string[] = [''];
  private readonly bytes: Uint8Array[] = [new Uint8Array(0)];
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
    // A copy: the buffer is used again for the next chunk (Buffer.slice would be a view of it).
    const own = Uint8Array.prototype.slice.call(buffer, start, end);
    const id = this.names.push(this.decoder.decode(own)) - 1;
    this.bytes.push(own);
    if (candidates) candidates.push(id);
    else this.byHash.set(hash, [id]);
    return id;
  }

  /** The number of a name that is already a string. */
  internText(name: string): number {
    const encoded = new TextEncoder().encode(name);
    return this.intern(encoded, 0, encoded.length);
  }

  /** Whether name `id` has exactly these bytes. */
  equals(id: number, buffer: Uint8Array, start: number, end: number): boolean {
    const known = this.bytes[id] as Uint8Array;
    if (known.length !== end - start) return false;
    for (let i = 0; i < known.length; i++) if (known[i] !== buffer[start + i]) return false;
    return true;
  }
}
