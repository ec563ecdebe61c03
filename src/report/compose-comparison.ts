import type { Comparison } from '../model/comparison.js';
import { leaks } from './comparison/leaks.js';
import { mappings } from './comparison/mappings.js';
import { memoryErrors } from './comparison/memory-errors.js';
import { notCompared } from './comparison/not-compared.js';
import { overview } from './comparison/overview.js';
import { programs } from './comparison/programs.js';
import type { ComparisonSection } from './comparison/section.js';
import { vmas } from './comparison/vmas.js';
import { containedSection } from './contained-section.js';
import type { Document } from './document.js';

/** In their order. */
const SECTIONS: readonly ComparisonSection[] = [overview, programs, mappings, vmas, leaks, memoryErrors, notCompared];

/** The report of a comparison. It never throws: a section that does becomes a note in its place. */
export function composeComparison(comparison: Comparison, sections: readonly ComparisonSection[] = SECTIONS): Document {
  const { before, after, memreport } = comparison;
  const nameOf = (captures: readonly string[]): string => captures.join(', ') || 'no captures';
  return {
    kind: 'Memory compared',
    title: `${nameOf(before.captures)} → ${nameOf(after.captures)}`,
    facts: [],
    sections: sections.flatMap((section) => containedSection(section, '', () => section.build(comparison))),
    generator: `memreport ${memreport}`,
    ...(after.period && { date: after.period.to }),
  };
}
