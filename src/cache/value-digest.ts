import { createHash } from 'node:crypto';

const ROOM = 1 << 16;

/**
 * A SHA-256 in hex of plain data: objects, arrays, maps, sets, typed arrays and what stands in them.
 *
 * Not of its bytes by `v8.serialize`, which writes one number in several ways, as the engine happens to hold it; nor of
 * its JSON, which is the same for things that differ (undefined, NaN, -0) and slow for typed arrays.
 */
export function digestOf(value: unknown): string {
  const writer = new DigestWriter();
  writer.add(value);
  return writer.digest();
}

/** What is written before a value, so that no two values are written alike. */
const TAG = { text: 1, number: 2, other: 3, array: 4, object: 5, map: 6, set: 7, bytes: 8 };

class DigestWriter {
  private readonly hash = createHash('sha256');
  private readonly buffer = Buffer.allocUnsafe(ROOM);
  private filled = 0;

  digest(): string {
    this.flush();
    return this.hash.digest('hex');
  }

  add(value: unknown): void {
    if (typeof value === 'number') {
      this.room(9);
      this.filled = this.buffer.writeUInt8(TAG.number, this.filled);
      this.filled = this.buffer.writeDoubleLE(value, this.filled);
    } else if (typeof value === 'string') {
      this.addText(value);
    } else if (typeof value !== 'object' || value === null) {
      this.tag(TAG.other, 0);
      this.addText(String(value));
    } else if (Array.isArray(value)) {
      this.tag(TAG.array, value.length);
      for (const one of value) this.add(one);
    } else if (ArrayBuffer.isView(value)) {
      this.addBytes(value);
    } else if (value instanceof Map) {
      this.tag(TAG.map, value.size);
      for (const [key, one] of value) {
        this.add(key);
        this.add(one);
      }
    } else if (value instanceof Set) {
      this.tag(TAG.set, value.size);
      for (const one of value) this.add(one);
    } else {
      const entries = Object.entries(value);
      this.tag(TAG.object, entries.length);
      for (const [key, one] of entries) {
        this.addText(key);
        this.add(one);
      }
    }
  }

  private addText(text: string): void {
    this.tag(TAG.text, text.length);
    // As UTF-16, in which no two texts are the same.
    if (2 * text.length > ROOM) this.addLarge(Buffer.from(text, 'utf16le'));
    else {
      this.room(2 * text.length);
      this.filled += this.buffer.write(text, this.filled, 'utf16le');
    }
  }

  private addBytes(view: ArrayBufferView): void {
    this.tag(TAG.bytes, view.byteLength);
    this.addText(view.constructor.name);
    this.addLarge(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
  }

  private addLarge(bytes: Uint8Array): void {
    this.flush();
    this.hash.update(bytes);
  }

  private tag(tag: number, length: number): void {
    this.room(9);
    this.filled = this.buffer.writeUInt8(tag, this.filled);
    this.filled = this.buffer.writeDoubleLE(length, this.filled);
  }

  private room(bytes: number): void {
    if (this.filled + bytes > ROOM) this.flush();
  }

  private flush(): void {
    this.hash.update(this.buffer.subarray(0, this.filled));
    this.filled = 0;
  }
}
