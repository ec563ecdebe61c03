import type { Origin } from '../../model/origin.js';
import type { ShareBasis, Statement } from '../../model/verdict.js';

/** How much of the growth one site explains, found in one way. */
export interface Estimate {
  readonly basis: ShareBasis;
  /** 0 to 1; absent where the comparison agrees, but says no share. */
  readonly share?: number;
  readonly statement: string;
  readonly origins: readonly Origin[];
}

/** What one way of comparison says of all sites: shares by fingerprint, and what contradicts. */
export interface Comparison {
  readonly estimates: ReadonlyMap<string, Estimate>;
  readonly conflicts: readonly Statement[];
}

export const NO_COMPARISON: Comparison = { estimates: new Map(), conflicts: [] };
