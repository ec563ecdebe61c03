import { inflateSync } from 'node:zlib';

/** A picture as its colours from left to right and top to bottom: four bytes each, red, green, blue, opacity. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray;
}

const SIGNATURE = 8;
/** By the PNG's type of colour. */
const CHANNELS: Readonly<Record<number, number>> = { 2: 3, 6: 4 };

/**
 * The pixels of a PNG as browsers write it: 8 bits a channel, with or without opacity, not interlaced.
 * Source: https://www.w3.org/TR/png-3/
 */
export function pixelsOf(png: Uint8Array): Pixels {
  const bytes = Buffer.from(png);
  const packed: Buffer[] = [];
  let [width, height, channels] = [0, 0, 0];
  for (let at = SIGNATURE; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') {
      [width, height, channels] = [data.readUInt32BE(0), data.readUInt32BE(4), CHANNELS[data.readUInt8(9)] ?? 0];
    } else if (type === 'IDAT') packed.push(data);
    at += length + 12;
  }
  if (channels === 0) throw new Error('expected a PNG in true colour');
  return {
    width,
    height,
    rgba: withOpacity(unfiltered(inflateSync(Buffer.concat(packed)), width, height, channels), channels),
  };
}

/** Each line says in its first byte from which neighbours its bytes are foretold. */
function unfiltered(lines: Buffer, width: number, height: number, channels: number): Uint8Array {
  const stride = width * channels;
  const plain = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = lines[y * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x;
      const left = x < channels ? 0 : (plain[at - channels] ?? 0);
      const up = y === 0 ? 0 : (plain[at - stride] ?? 0);
      const corner = x < channels || y === 0 ? 0 : (plain[at - stride - channels] ?? 0);
      const foretold = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
      plain[at] = (lines[y * (stride + 1) + 1 + x] ?? 0) + foretold;
    }
  }
  return plain;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

function withOpacity(plain: Uint8Array, channels: number): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray((plain.length / channels) * 4).fill(255);
  for (let from = 0, to = 0; from < plain.length; from += channels, to += 4) {
    rgba.set(plain.subarray(from, from + channels), to);
  }
  return rgba;
}
