import { bytes, code, count, strong, text } from '../cells.js';
import type { RunSection } from '../section.js';

const SHOWN = 5000;

/** Every input file and what became of it. */
export const inputs: RunSection = {
  id: 'inputs',
  title: 'Inputs',
  build({ analysis }) {
    const { files } = analysis;
    return [
      {
        type: 'table',
        caption: files.length > SHOWN ? `The first ${SHOWN} of ${files.length} files` : 'Files',
        columns: [
          { label: 'File', shape: 'name' },
          { label: 'Format', shape: 'plain', facet: true },
          { label: 'Status', shape: 'plain', facet: true },
          { label: 'Snapshots', align: 'right', shape: 'plain' },
          { label: 'Bytes', align: 'right', shape: 'plain' },
        ],
        rows: files.slice(0, SHOWN).map((file) => ({
          cells: [
            code(file.path),
            code(file.format),
            file.status === 'read' ? text(file.status) : strong(file.status),
            count(file.snapshots),
            bytes(file.bytes),
          ],
          weight: file.status === 'read' ? 0 : 1,
        })),
        empty: 'There were no input files.',
        printRows: 100,
      },
    ];
  },
};
