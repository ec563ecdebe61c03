import { describe, expect, it } from 'vitest';
import { KeptBytes } from '../../../src/ingest/archives/kept-bytes.js';
import { type ByteSource, DamagedSource } from '../../../src/ingest/byte-source.js';
import { LIMITS } from '../../../src/ingest/limits.js';

/** Gives `total` bytes, at most 1000 at a time, then ends, or breaks off. */
function countingSource(total: number, damage?: DamagedSource): ByteSource & { readonly given: () => number } {
  let at = 0;
  return {
    given: () => at,
    read(into, offset) {
      if (at === total && damage) throw damage;
      const count = Math.min(1000, total - at, into.length - offset);
      for (let i = 0; i < count; i++) into[offset + i] = at + i;
      at += count;
      return count;
    },
    close: () => undefined,
  };
}

async function allOf(source: ByteSource, most = Number.POSITIVE_INFINITY): Promise<{ bytes: Buffer; error: unknown }> {
  const parts: Buffer[] = [];
  let [length, error]: [number, unknown] = [0, undefined];
  while (length < most) {
    const buffer = Buffer.alloc(700);
    try {
      const count = await source.read(buffer, 0);
      if (count === 0) break;
      length += count;
      parts.push(buffer.subarray(0, count));
    } catch (thrown) {
      error = thrown;
      break;
    }
  }
  return { bytes: Buffer.concat(parts), error };
}

describe('bytes that are kept', () => {
  it('can be read a second time, with what had been taken for them', async () => {
    const source = countingSource(5000);
    const kept = new KeptBytes(source, source.given);
    const { bytes } = await allOf(kept.first());
    expect(bytes).toHaveLength(5000);
    const second = kept.second();
    if (!second) throw new Error('expected a second reading');
    expect(second.taken()).toBe(0);
    await second.source.read(Buffer.alloc(10), 0);
    expect(second.taken()).toBe(700);
    expect(Buffer.concat([bytes.subarray(0, 10), (await allOf(second.source)).bytes])).toEqual(bytes);
    expect(second.taken()).toBe(5000);
  });

  it('end with the same damage', async () => {
    const damage = new DamagedSource('cut');
    const source = countingSource(3000, damage);
    const kept = new KeptBytes(source, source.given);
    const first = await allOf(kept.first());
    expect(first.error).toBe(damage);
    expect(await allOf(kept.second()?.source ?? countingSource(0))).toEqual(first);
  });

  it('are none where they are many, or were not read to their end', async () => {
    const many = countingSource(LIMITS.keptArchive.value + 1);
    const kept = new KeptBytes(many, many.given);
    await allOf(kept.first());
    expect(kept.second()).toBeUndefined();
    const source = countingSource(5000);
    const left = new KeptBytes(source, source.given);
    await allOf(left.first(), 2000);
    expect(left.second()).toBeUndefined();
  });
});
