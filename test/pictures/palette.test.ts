import { describe, expect, it } from 'vitest';
import { inPalette } from './palette.js';
import { pixelsOf } from './pixels.js';
import { writePng } from './write-png.js';

/** Two by two: white, black, red, white; the first line told from the left, the second from above. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFUlEQVR4nGP8//8/IyMjEwMjI5AFACokBgMexiVqAAAAAElFTkSuQmCC',
  'base64',
);

function picture(...colours: (readonly [number, number, number])[]) {
  return { width: colours.length, height: 1, rgba: new Uint8ClampedArray(colours.flatMap((one) => [...one, 255])) };
}

describe('a PNG', () => {
  it('is read with what foretells its lines', () => {
    const { width, height, rgba } = pixelsOf(PNG);
    expect([width, height]).toEqual([2, 2]);
    expect([...rgba]).toEqual([255, 255, 255, 255, 0, 0, 0, 255, 255, 0, 0, 255, 255, 255, 255, 255]);
    expect(() => pixelsOf(writePng(inPalette({ width, height, rgba }, 4)))).toThrow('true colour');
  });
});

describe('a picture in few colours', () => {
  it('is the same where it has no more', () => {
    const colours = [
      [255, 255, 255],
      [18, 32, 43],
      [18, 32, 43],
      [179, 38, 30],
    ] as const;
    const { palette, indices } = inPalette(picture(...colours), 16);
    expect(palette).toHaveLength(3);
    expect([...indices].map((index) => palette[index])).toEqual(colours);
  });

  it('takes near colours together, and keeps far ones apart', () => {
    const { palette, indices } = inPalette(picture([250, 250, 250], [252, 252, 252], [0, 0, 0], [200, 0, 0]), 3);
    const [a, b, c, d] = [...indices];
    expect(palette).toHaveLength(3);
    expect(a).toBe(b);
    expect(new Set([a, c, d]).size).toBe(3);
    expect(palette[a ?? -1]).toEqual([251, 251, 251]);
  });

  it('has no more colours than asked for', () => {
    const many = Array.from({ length: 3000 }, (_, at) => [at % 251, (at * 7) % 253, (at * 13) % 255] as const);
    expect(inPalette(picture(...many), 64).palette).toHaveLength(64);
  });

  it('is written as a PNG that says so', () => {
    const png = writePng(inPalette(picture([1, 2, 3], [4, 5, 6]), 2));
    expect(png.toString('latin1', 1, 4)).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20), png[24], png[25]]).toEqual([2, 1, 8, 3]);
    expect([...png.subarray(41, 47)]).toEqual([1, 2, 3, 4, 5, 6]);
  });
});
