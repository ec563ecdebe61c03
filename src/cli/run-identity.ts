import { createHash } from 'node:crypto';
import type { Analysis } from '../model/analysis.js';
import { VERSION } from '../version.js';

/**
 * What decides the bytes of a run's files: the whole analysis, which holds what was read of the captures and the options
 * that bear on it, and the options of the output. Two runs of one identity write the same.
 */
export function runIdentity(analysis: Analysis, options: Readonly<Record<string, unknown>>): string {
  const hash = createHash('sha256').update(JSON.stringify([VERSION, options]));
  for (const [name, value] of Object.entries(analysis)) {
    hash.update(`\n${name}\n`);
    // One by one, since all programs of a night as one text may be longer than a text can be.
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) {
      hash.update(`${JSON.stringify(one) ?? ''}\n`);
    }
  }
  return hash.digest('hex');
}
