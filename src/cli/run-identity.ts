import { createHash } from 'node:crypto';
import { analysisDigest } from '../analyzing/analysis-digest.js';
import type { Analysis } from '../model/analysis.js';
import { VERSION } from '../version.js';

/**
 * What decides the bytes of a run's files: the whole analysis, which holds what was read of the captures and the options
 * that bear on it, and the options of the output. Two runs of one identity write the same.
 */
export function runIdentity(analysis: Analysis, options: Readonly<Record<string, unknown>>): string {
  const parts = [VERSION, options, analysisDigest(analysis)];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
