import type { Pixels } from './pixels.js';

/** A picture in few colours. */
export interface PalettePicture {
  readonly width: number;
  readonly height: number;
  /** Red, green and blue, a byte each. */
  readonly palette: readonly (readonly [number, number, number])[];
  /** For each pixel the place of its colour in the palette. */
  readonly indices: Uint8Array;
}

interface Colour {
  readonly rgb: readonly [number, number, number];
  readonly count: number;
}

/** The picture in at most `most` (2 to 256) colours, by median cut; the same where it has no more. Opacity is dropped. */
export function inPalette({ width, height, rgba }: Pixels, most: number): PalettePicture {
  const counts = new Map<number, number>();
  for (let at = 0; at < rgba.length; at += 4) {
    const key = keyAt(rgba, at);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const colours = [...counts]
    .sort(([a], [b]) => a - b)
    .map(([key, count]): Colour => ({ rgb: [key >> 16, (key >> 8) & 255, key & 255], count }));
  const boxes = boxesOf(colours, most);
  const place = new Map<number, number>();
  for (const [index, box] of boxes.entries()) {
    for (const { rgb } of box) place.set((rgb[0] << 16) | (rgb[1] << 8) | rgb[2], index);
  }
  const indices = new Uint8Array(width * height);
  for (let at = 0; at < indices.length; at++) indices[at] = place.get(keyAt(rgba, at * 4)) ?? 0;
  return { width, height, palette: boxes.map(meanOf), indices };
}

function keyAt(rgba: Uint8ClampedArray, at: number): number {
  return ((rgba[at] ?? 0) << 16) | ((rgba[at + 1] ?? 0) << 8) | (rgba[at + 2] ?? 0);
}

/** Boxes of similar colours: the one that is off the most is parted until there are enough. */
function boxesOf(colours: readonly Colour[], most: number): readonly (readonly Colour[])[] {
  const boxes = [measured(colours)];
  while (boxes.length < most) {
    const worst = boxes.reduce((a, b) => (b.error > a.error ? b : a));
    if (worst.error === 0) break;
    const sorted = worst.colours.toSorted((a, b) => a.rgb[worst.channel] - b.rgb[worst.channel]);
    const mean = meanOf(sorted)[worst.channel];
    const middle = sorted.findIndex(({ rgb }) => rgb[worst.channel] > mean);
    const cut = Math.min(sorted.length - 1, Math.max(1, middle));
    boxes.splice(boxes.indexOf(worst), 1, measured(sorted.slice(0, cut)), measured(sorted.slice(cut)));
  }
  return boxes.map(({ colours: held }) => held);
}

interface Box {
  readonly colours: readonly Colour[];
  /** In which the colours differ the most. */
  readonly channel: 0 | 1 | 2;
  /** The sum of the squares by which they do. */
  readonly error: number;
}

const CHANNELS = [0, 1, 2] as const;

function measured(colours: readonly Colour[]): Box {
  const mean = meanOf(colours);
  const errors = CHANNELS.map((channel) =>
    // A thin line has few pixels and is seen all the same.
    colours.reduce((sum, { rgb, count }) => sum + Math.sqrt(count) * (rgb[channel] - mean[channel]) ** 2, 0),
  );
  const error = Math.max(...errors);
  const channel = CHANNELS.find((one) => errors[one] === error) ?? 0;
  return { colours, channel, error: colours.length < 2 ? 0 : error };
}

function meanOf(colours: readonly Colour[]): [number, number, number] {
  const sum: [number, number, number] = [0, 0, 0];
  let weights = 0;
  for (const { rgb, count } of colours) {
    weights += count;
    for (const channel of CHANNELS) sum[channel] += rgb[channel] * count;
  }
  const mean = (channel: 0 | 1 | 2): number => Math.round(sum[channel] / Math.max(1, weights));
  return [mean(0), mean(1), mean(2)];
}
