import type { Bytes, Instant } from './units.js';

/** What one process costs the device, and what its end would give back, at its last sample that tells both. */
export interface Footprint {
  pid?: number;
  takenAt?: Instant;
  rss?: Bytes;
  pss: Bytes;
  uss: Bytes;
  swap?: Bytes;
  /** Its part of the swapped pages, where a fork shares them; only smaps tells. */
  swapPss?: Bytes;
  /** What nobody else maps and would be free at once if it ended: USS, and its swap. */
  freed: Bytes;
  /** What it is charged: PSS, and its part of the swap. */
  charged: Bytes;
  /** Anonymous memory in RAM that it shares with its parent or its forks (copy-on-write); only smaps tells. */
  sharedWithForks?: Bytes;
  /** The same in its first snapshot. */
  sharedWithForksAtFirst?: Bytes;
}
