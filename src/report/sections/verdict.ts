import { headline } from '../headline.js';
import type { ProgramSection } from '../section.js';
import { growthFacts, reasonBlocks, samplingFacts } from '../verdict-facts.js';

/** The verdict on a program, its numbers, and the reasons for and against it. */
export const verdict: ProgramSection = {
  id: 'verdict',
  title: 'Verdict',
  build: (view, _place, { memoryLimit }) => [
    { type: 'banner', label: view.verdict.label, parts: headline(view) },
    { type: 'facts', facts: [...growthFacts(view, memoryLimit), ...samplingFacts(view)] },
    ...reasonBlocks(view),
  ],
};
