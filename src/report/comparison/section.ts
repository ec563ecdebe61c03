import type { Comparison } from '../../model/comparison.js';
import type { Block } from '../document.js';

/** A section about a comparison: one file here, one line in compose-comparison.ts. */
export interface ComparisonSection {
  readonly id: string;
  readonly title: string;
  /** No blocks: the section is left out. */
  build(comparison: Comparison): readonly Block[];
}
