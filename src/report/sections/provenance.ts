import { count, origins, text } from '../cells.js';
import type { Block, Cell } from '../document.js';
import type { ProgramSection } from '../section.js';

/** Where the statements of a ticket come from. */
export const provenance: ProgramSection = {
  id: 'provenance',
  title: 'Provenance',
  build(view, _place, analysis) {
    const facts: { label: string; cells: Cell[] }[] = [];
    if (view.report.vmaOrigin) facts.push({ label: 'Last snapshot', cells: [origins([view.report.vmaOrigin])] });
    const logs = [
      ...new Set([...view.leaks, ...view.errors].flatMap((one) => one.origins.map((origin) => origin.file))),
    ];
    if (logs.length > 0) facts.push({ label: 'Logs', cells: [origins(logs.map((file) => ({ file, line: 0 })))] });
    facts.push({ label: 'Made by', cells: [text(`memreport ${analysis.memreport}`)] });
    const blocks: Block[] = [{ type: 'facts', facts }];
    if (analysis.problems.length > 0) {
      blocks.push({
        type: 'note',
        tone: 'warning',
        parts: [
          text('Reading the captures met '),
          count(analysis.problems.length, ['problem', 'problems']),
          text('; the full report lists them.'),
        ],
      });
    }
    return blocks;
  },
};
