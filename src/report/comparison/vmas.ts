import { bytes, code, growth, text } from '../cells.js';
import type { Block } from '../document.js';
import type { ComparisonSection } from './section.js';
import { change } from './words.js';

/** The single VMAs that differ, where both sides are snapshots of the same address space. */
export const vmas: ComparisonSection = {
  id: 'vmas',
  title: 'VMAs',
  build({ programs }) {
    return programs
      .filter((program) => program.vmas.length > 0)
      .flatMap((program): Block[] => [
        { type: 'heading', parts: [code(program.command)] },
        {
          type: 'table',
          caption: 'VMAs of the last snapshots that differ',
          columns: [
            { label: 'Change', shape: 'plain' },
            { label: 'Addresses', shape: 'plain' },
            { label: 'Mode', shape: 'plain' },
            { label: 'Name', shape: 'name' },
            { label: 'Size before', align: 'right', shape: 'plain' },
            { label: 'Size after', align: 'right', shape: 'plain' },
            { label: 'RSS before', align: 'right', shape: 'plain' },
            { label: 'RSS after', align: 'right', shape: 'plain' },
            { label: 'Difference', align: 'right', shape: 'plain', explanation: 'of RSS' },
          ],
          rows: program.vmas.map((vma) => ({
            cells: [
              change(vma.change),
              { type: 'address', start: vma.start, end: vma.end },
              code(vma.permissions),
              vma.pathname === '' ? text('unnamed') : code(vma.pathname),
              bytes(vma.sizeBefore),
              bytes(vma.sizeAfter),
              bytes(vma.rssBefore),
              bytes(vma.rssAfter),
              growth(
                vma.rssBefore === undefined && vma.rssAfter === undefined
                  ? undefined
                  : (vma.rssAfter ?? 0) - (vma.rssBefore ?? 0),
              ),
            ],
            weight: Math.abs((vma.rssAfter ?? 0) - (vma.rssBefore ?? 0)),
          })),
          empty: '',
          printRows: 60,
        },
      ]);
  },
};
