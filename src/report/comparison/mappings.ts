import type { MappingComparison } from '../../model/comparison.js';
import { bytes, code, count, growth, text } from '../cells.js';
import type { Block, Cell } from '../document.js';
import type { ComparisonSection } from './section.js';
import { change, deviceCell, hasManyDevices, rateCell } from './words.js';

/** The mappings whose private memory differs by more than noise, those that are new and those that are gone. */
export const mappings: ComparisonSection = {
  id: 'mappings',
  title: 'Mappings',
  build({ programs }) {
    const all = programs.flatMap((program) => program.mappings.filter(isTold).map((mapping) => ({ program, mapping })));
    if (all.length === 0) return [];
    const device = hasManyDevices(programs);
    const many = new Set(all.map(({ program }) => program.command)).size > 1;
    const blocks: Block[] = [
      {
        type: 'table',
        caption: 'Private memory by mapping, where it differs',
        columns: [
          { label: 'Change', shape: 'plain' },
          ...(many ? [{ label: 'Program', shape: 'name' } as const] : []),
          ...(device ? [{ label: 'Device', shape: 'name' } as const] : []),
          { label: 'Mapping', shape: 'name' },
          { label: 'Before', align: 'right', shape: 'plain', explanation: 'median of the last quarter of the samples' },
          { label: 'After', align: 'right', shape: 'plain', explanation: 'median of the last quarter of the samples' },
          { label: 'Difference', align: 'right', shape: 'plain' },
          { label: 'Rate before', align: 'right', shape: 'plain' },
          { label: 'Rate after', align: 'right', shape: 'plain' },
        ],
        rows: all.map(({ program, mapping }) => ({
          cells: [
            change(mapping.change),
            ...(many ? [code(program.command)] : []),
            ...(device ? [deviceCell(program)] : []),
            name(mapping),
            bytes(mapping.before?.value),
            bytes(mapping.after?.value),
            growth(mapping.difference),
            rateCell(mapping.before?.rate),
            rateCell(mapping.after?.rate),
          ],
          weight: Math.abs(mapping.difference),
        })),
        empty: '',
        printRows: 100,
      },
    ];
    const untold = programs.flatMap((program) => program.mappings).length - all.length;
    if (untold > 0) {
      const parts: Cell[] = [
        count(untold, ['further mapping grows', 'further mappings grow']),
        text(' on one side at least, at rates that are not told apart.'),
      ];
      blocks.push({ type: 'prose', parts });
    }
    return blocks;
  },
};

function isTold(mapping: MappingComparison): boolean {
  return mapping.change !== 'not-told';
}

function name({ label, labelBefore }: MappingComparison): Cell {
  return code(labelBefore === undefined ? label : `${label} (before: ${labelBefore})`);
}
