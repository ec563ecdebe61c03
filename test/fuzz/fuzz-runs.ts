import type { Parameters } from 'fast-check';

/** FUZZ_SEED draws other documents than the fixed ones; FUZZ_SCALE makes so many times as many (0.01 for a glance). */
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_123);
const SCALE = Number(process.env.FUZZ_SCALE ?? 1);

/** The same documents in each run; a failure prints the seed, the path to the document, and the smallest that fails. */
export function fuzzRuns<T>(count: number): Parameters<T> {
  return { seed: SEED, numRuns: Math.max(1, Math.round(count * SCALE)), endOnFailure: false };
}

/** For a test that draws documents: the machine may be shared. */
export const FUZZ_TIMEOUT = 600_000 * Math.max(1, SCALE);
