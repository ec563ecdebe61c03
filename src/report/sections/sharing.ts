import { bytes, code, count, text, time } from '../cells.js';
import type { RunSection } from '../section.js';

const SHOWN = 200;

/** Which files several processes of a device had mapped at the same instant. */
export const sharing: RunSection = {
  id: 'sharing',
  title: 'Memory shared between processes',
  build({ analysis }) {
    if (analysis.sharing.length === 0) return [];
    const shown = analysis.sharing.toSorted((a, b) => b.rss - a.rss).slice(0, SHOWN);
    return [
      {
        type: 'table',
        caption:
          shown.length < analysis.sharing.length
            ? `The largest ${shown.length} of ${analysis.sharing.length} shared mappings`
            : 'Mappings of the same file in several processes',
        columns: [
          { label: 'Mapping', shape: 'name' },
          { label: 'Device', shape: 'name' },
          { label: 'Sharers', align: 'right', shape: 'plain' },
          { label: 'Pids', shape: 'name' },
          { label: 'Size', align: 'right', shape: 'plain' },
          {
            label: 'RSS',
            align: 'right',
            shape: 'plain',
            explanation: 'summed over the sharers: counts shared pages once for each',
          },
          {
            label: 'PSS',
            align: 'right',
            shape: 'plain',
            explanation: 'summed over the sharers: what it really costs',
          },
          { label: 'Taken at', shape: 'plain' },
        ],
        rows: shown.map((one) => ({
          cells: [
            code(one.pathname),
            code(one.device),
            count(one.sharers),
            text(pidsText(one.pids)),
            bytes(one.size),
            bytes(one.rss),
            bytes(one.pss),
            time(one.takenAt),
          ],
          weight: one.rss,
        })),
        empty: '',
        printRows: 60,
      },
    ];
  },
};

function pidsText(pids: readonly number[]): string {
  const shown = pids.slice(0, 6).join(', ');
  return pids.length > 6 ? `${shown} and ${pids.length - 6} more` : shown;
}
