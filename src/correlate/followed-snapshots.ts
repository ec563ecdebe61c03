import type { KeptTables } from './kept-tables.js';
import { keepSnapshots, type MappingRuns } from './mapping-runs.js';
import type { Reading } from './readings.js';

/** Where the mappings of one process are known, and by what snapshots. */
interface Followed {
  readonly readings: readonly Reading[];
  readonly runs: MappingRuns;
  readonly kept: KeptTables;
}

/** Which mapping grows is seen in so many snapshots of a process; the mappings of all take ten times what samples do. */
export const MOST_FOLLOWED = 1000;

/**
 * Lets go of the mappings of snapshots that `followedReadings` will not choose, now and then: what is left is at most
 * twice what will be chosen.
 */
export function thinRuns(log: Followed): void {
  if (log.runs.readings.length <= 2 * MOST_FOLLOWED) return;
  const { level, chosen } = choiceOf(log);
  log.runs.level = level;
  keepSnapshots(log.runs, (reading) => chosen.has(reading));
}

/**
 * The numbers of the readings through which the mappings of a process are followed: all of them, or of a long series
 * about every second, fourth, eighth, … by chance, and those whose tables are kept, which are the first and the last.
 *
 * By chance, since even distances would make a slow rise of what comes and goes as regularly; a chance that the instant
 * alone decides, so that it is the same whatever was read before and beside it.
 */
export function followedReadings(log: Followed): ReadonlySet<number> {
  return choiceOf(log).chosen;
}

function choiceOf({ readings, runs, kept }: Followed): { level: number; chosen: Set<number> } {
  const ofLevel = new Uint32Array(LEVELS + 1);
  const levels = new Map<number, number>();
  for (const number of runs.readings) {
    const level = levelOf(readings[number] as Reading);
    levels.set(number, level);
    (ofLevel[level] as number)++;
  }
  let { level } = runs;
  let rest = ofLevel.subarray(level).reduce((sum, count) => sum + count, 0);
  // What is left out was above the limit already when less was known, so the level never falls.
  while (rest > MOST_FOLLOWED && level < LEVELS) rest -= ofLevel[level++] as number;
  const ends = new Set(
    [...kept.values()].flatMap(({ first, peak, last }) => [first.reading, peak.reading, last.reading]),
  );
  const chosen = new Set<number>();
  for (const [number, own] of levels) {
    if (own >= level || ends.has(readings[number] as Reading)) chosen.add(number);
  }
  return { level, chosen };
}

const LEVELS = 32;

/**
 * 0 for half of all instants, 1 for a quarter, and so on, as if by chance. Of places, where the text tells no time: what
 * else tells one may tell the same for many.
 */
function levelOf({ sample: { takenAt, origin }, timeSource }: Reading): number {
  const isTold = takenAt !== undefined && (timeSource === 'header' || timeSource === 'content');
  return Math.clz32(scattered(isTold ? takenAt : hashOf(origin.file) ^ origin.line));
}

/** A whole number as 32 bits of which each depends on all of its own. The last steps of MurmurHash3. */
function scattered(number: number): number {
  let bits = number ^ Math.imul(Math.floor(number / 2 ** 32), 0x9e3779b1);
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}

/** FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/ */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}
