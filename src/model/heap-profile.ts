import { fingerprintOf, type StackFrame } from './leaks.js';
import type { Origin } from './origin.js';
import type { Bytes } from './units.js';

/** The tools that say how much heap memory each call site holds while the program runs. */
export type HeapTool = 'massif' | 'dhat';

/** As their authors write them. */
export const HEAP_TOOL_NAMES: Readonly<Record<HeapTool, string>> = { massif: 'massif', dhat: 'DHAT' };

/** What the blocks that one call stack allocated held. What the tool did not print is absent. */
export interface HeapSite {
  /** Innermost first. */
  frames: StackFrame[];
  fingerprint: string;
  /** When the heap of the program was largest. */
  atPeak?: Bytes;
  /** At the program's end: DHAT alone tells it. */
  atEnd?: Bytes;
  /** In massif's first and last detailed snapshot that lists it; it may hold less than massif's threshold in others. */
  first?: Bytes;
  last?: Bytes;
  /** In how many detailed snapshots it is listed. */
  snapshots?: number;
  /** It never shrank from one such snapshot to the next, of at least three, and grew over them. */
  keepsRising?: boolean;
}

/**
 * The heap of one process by call site, as massif or DHAT saw it. Evidence of where memory grows; not of a leak, since
 * memory that grows may be in use.
 */
export interface HeapProfile {
  tool: HeapTool;
  pid?: number;
  /** All sites together, when that was largest, and at the end. */
  peak?: Bytes;
  end?: Bytes;
  /** Those that hold most, at most MOST_HEAP_SITES. */
  sites: HeapSite[];
  /** How many more the tool told of. */
  omittedSites: number;
  origin: Origin;
}

/** So many sites of a profile are kept: the few that hold most are what a reader looks at. */
export const MOST_HEAP_SITES = 20;

/** The sites that hold most, the largest first, and how many are left out. */
export function largestSites(
  sites: readonly Omit<HeapSite, 'fingerprint'>[],
): Pick<HeapProfile, 'sites' | 'omittedSites'> {
  const sorted = sites.toSorted((a, b) => heldBy(b) - heldBy(a));
  return {
    sites: sorted
      .slice(0, MOST_HEAP_SITES)
      .map(({ frames, ...amounts }) => ({ frames, fingerprint: fingerprintOf(frames), ...amounts })),
    omittedSites: Math.max(0, sorted.length - MOST_HEAP_SITES),
  };
}

/** The most that is known of what a site held at once: what sites are ranked by. */
export function heldBy({ atPeak = 0, atEnd = 0, last = 0 }: Omit<HeapSite, 'fingerprint'>): Bytes {
  return Math.max(atPeak, atEnd, last);
}
