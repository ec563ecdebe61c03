import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** Costs a hundredth of what reading captures does; slower levels save little more. */
const FASTEST = 1;

/** Packed, in memory of its own: what zlib gives is the beginning of a block of 16 kB, which it would keep. */
export function deflated(content: string | Uint8Array): Uint8Array {
  return Uint8Array.from(deflateRawSync(content, { level: FASTEST }));
}

export function inflated(packed: Uint8Array): Buffer {
  return inflateRawSync(packed);
}
