/** For a page and for paper, or for the screen of a phone. */
export type Layout = 'wide' | 'narrow';

/** Pixels. The labels stand right of the lines, or, where there is no room for that, above them. */
export interface Measures {
  readonly width: number;
  readonly left: number;
  readonly right: number;
  readonly labels: 'right' | 'above';
  /** Of the private memory's panel, and of those above it. */
  readonly mainHeight: number;
  readonly sideHeight: number;
  /** Points of a line, at most four times as many. */
  readonly buckets: number;
}

export const LAYOUTS: Readonly<Record<Layout, Measures>> = {
  wide: { width: 760, left: 70, right: 142, labels: 'right', mainHeight: 200, sideHeight: 64, buckets: 160 },
  narrow: { width: 358, left: 58, right: 18, labels: 'above', mainHeight: 190, sideHeight: 56, buckets: 60 },
};
