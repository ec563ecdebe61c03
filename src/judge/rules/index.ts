import type { VerdictRule } from '../../model/verdict.js';
import { definiteLoss } from './definite-loss.js';
import { growthAcrossLives } from './growth-across-lives.js';
import { growthBetweenLeakChecks } from './growth-between-leak-checks.js';
import { mappingCountGrowth } from './mapping-count-growth.js';
import { memoryErrors } from './memory-errors.js';
import { outOfMemory } from './out-of-memory.js';
import { privateGrowth } from './private-growth.js';
import { settledUsage } from './settled-usage.js';
import { sharedMemoryGrowth } from './shared-memory-growth.js';

export { SETTLEMENT } from '../settle.js';

/** All rules, in the order in which the verdict tells their findings: proofs first. */
export const verdictRules: readonly VerdictRule[] = [
  definiteLoss,
  growthBetweenLeakChecks,
  privateGrowth,
  growthAcrossLives,
  sharedMemoryGrowth,
  mappingCountGrowth,
  outOfMemory,
  settledUsage,
  memoryErrors,
];
