import { bytes, code, count, text } from '../cells.js';
import type { RunSection } from '../section.js';

/** Which tools told of the same processes at the same instants, and how far they agreed. */
export const agreement: RunSection = {
  id: 'agreement',
  title: 'Checked against each other',
  build({ analysis: { agreements = [] } }) {
    if (agreements.length === 0) return [];
    const samples = agreements.reduce((sum, one) => sum + one.samples, 0);
    const equal = agreements.reduce((sum, one) => sum + one.equal, 0);
    const apart = agreements.reduce((sum, one) => sum + one.samples - one.equal - one.moved, 0);
    const summary = [
      text('Where several tools told of one process at one instant, their totals were compared: '),
      count(equal),
      text(' of '),
      count(samples, ['pair', 'pairs']),
      text(' were equal within rounding (1 kB for each VMA)'),
      text(apart > 0 ? ', and ' : ', none differed by more than what ran between the two readings explains.'),
    ];
    if (apart > 0) {
      summary.push(
        count(apart),
        text(' differed by more than what ran between the two readings explains: see the problems.'),
      );
    }
    return [
      { type: 'prose', parts: summary },
      {
        type: 'table',
        caption: 'Tools that told of the same instants',
        columns: [
          { label: 'Tool', shape: 'plain' },
          { label: 'Held against', shape: 'plain' },
          { label: 'Totals', shape: 'plain' },
          { label: 'Processes', align: 'right', shape: 'plain' },
          { label: 'Pairs', align: 'right', shape: 'plain' },
          { label: 'Equal', align: 'right', shape: 'plain', explanation: 'within rounding' },
          {
            label: 'Moved',
            align: 'right',
            shape: 'plain',
            explanation: 'the process ran on, or another started or ended, between the two readings',
          },
          { label: 'Apart', align: 'right', shape: 'plain', explanation: 'neither explains the difference' },
          { label: 'Largest difference', align: 'right', shape: 'plain' },
        ],
        rows: agreements.map((one) => ({
          cells: [
            code(one.tool),
            code(one.reference),
            text(one.totals.map((total) => total.toUpperCase()).join(', ')),
            count(one.processes),
            count(one.samples),
            count(one.equal),
            count(one.moved),
            count(one.samples - one.equal - one.moved),
            bytes(one.largest),
          ],
        })),
        empty: '',
      },
    ];
  },
};
