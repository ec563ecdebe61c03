import { createHash } from 'node:crypto';
import type { Analysis, ProgramReport } from '../model/analysis.js';
import { programDigest } from './program-shelf.js';

/** A SHA-256 in hex that stands for an analysis: equal for those of which every output is the same. */
export function analysisDigest(analysis: Analysis): string {
  const hash = createHash('sha256');
  for (const [name, value] of Object.entries(analysis)) {
    hash.update(`\n${name}\n`);
    // One by one, since all of a night as one text may be longer than a text can be.
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) {
      hash.update(name === 'programs' ? programDigest(one as ProgramReport) : (JSON.stringify(one) ?? ''));
      hash.update('\n');
    }
  }
  return hash.digest('hex');
}
