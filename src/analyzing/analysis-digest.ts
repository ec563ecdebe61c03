import { createHash } from 'node:crypto';
import type { Analysis, ProgramReport } from '../model/analysis.js';
import { programDigest } from './packed-program.js';

/** A SHA-256 in hex that stands for an analysis: equal for those of which every output is the same. */
export function analysisDigest(analysis: Analysis): string {
  const hash = createHash('sha256');
  for (const [name, value] of Object.entries(analysis) as [string, unknown][]) {
    const isList = Array.isArray(value) && value.length > 0;
    hash.update(`\n${name}\n`).update(isList ? listDigest(name, value) : (JSON.stringify(value) ?? ''));
  }
  return hash.digest('hex');
}

function listDigest(name: string, list: readonly unknown[]): string {
  const known = digests.get(list);
  if (known !== undefined) return known;
  const hash = createHash('sha256');
  // One by one, since all of a night as one text may be longer than a text can be.
  for (const one of list) {
    hash.update(name === 'programs' ? programDigest(one as ProgramReport) : (JSON.stringify(one) ?? '')).update('\n');
  }
  const digest = hash.digest('hex');
  digests.set(list, digest);
  return digest;
}

/** Of lists that several analyses have in common: a run's tickets all have its problems. */
const digests = new WeakMap<readonly unknown[], string>();
