import { code, count, origins, text } from '../cells.js';
import type { RunSection } from '../section.js';

const SHOWN = 1000;

/** Everything that could not be read, or was read with a doubt. */
export const problems: RunSection = {
  id: 'problems',
  title: 'What could not be read',
  build({ analysis }) {
    const all = analysis.problems;
    if (all.length === 0) {
      return [{ type: 'prose', parts: [text('All input was used or ignored by a rule; nothing was left unread.')] }];
    }
    const errors = all.filter((problem) => problem.severity === 'error').length;
    return [
      {
        type: 'prose',
        parts: [
          count(errors, ['error', 'errors']),
          text(' (something is lost) and '),
          count(all.length - errors, ['warning', 'warnings']),
          text(' (all is used, with a doubt).'),
        ],
      },
      {
        type: 'table',
        caption: all.length > SHOWN ? `The first ${SHOWN} of ${all.length} problems` : 'Problems',
        columns: [
          { label: 'Severity', shape: 'plain', facet: true },
          { label: 'Code', shape: 'plain', facet: true },
          { label: 'Problem', shape: 'prose' },
          { label: 'Place', shape: 'name' },
        ],
        rows: all.slice(0, SHOWN).map((problem) => ({
          cells: [
            { type: 'severity', severity: problem.severity },
            code(problem.code),
            text(problem.message),
            origins([{ file: problem.file, line: problem.line }]),
          ],
          weight: problem.severity === 'error' ? 1 : 0,
        })),
        empty: '',
        printRows: 200,
      },
    ];
  },
};
