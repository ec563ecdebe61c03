import type { Comparison } from '../../model/comparison.js';
import { groupBy } from '../../model/group-by.js';
import { code, count, text } from '../cells.js';
import type { Block, Cell, Row } from '../document.js';
import type { ComparisonSection } from './section.js';

/** What was not held against each other, and why. */
export const notCompared: ComparisonSection = {
  id: 'not-compared',
  title: 'Not compared',
  build(comparison) {
    const told = comparison.programs.flatMap(({ command, notCompared: reasons }) =>
      reasons.map((reason) => ({ command, reason })),
    );
    const rows = [...groupBy(told, ({ reason }) => reason)].map(([reason, ofReason]): Row => {
      const names = [...new Set(ofReason.map(({ command }) => command))];
      return { cells: [text(reason), count(ofReason.length), code(namesText(names))], weight: ofReason.length };
    });
    const blocks: Block[] = deviceBlocks(comparison);
    if (rows.length > 0) {
      blocks.push({
        type: 'table',
        caption: 'What of the programs could not be compared',
        columns: [
          { label: 'What, and why', shape: 'prose' },
          { label: 'Programs', align: 'right', shape: 'plain' },
          { label: 'Which', shape: 'name' },
        ],
        rows,
        empty: '',
        printRows: 60,
      });
    }
    return blocks;
  },
};

function deviceBlocks({ pairing: { onlyBefore, onlyAfter } }: Comparison): Block[] {
  return [
    { devices: onlyBefore, side: ' without a partner after: ' },
    { devices: onlyAfter, side: ' without a partner before: ' },
  ].flatMap(({ devices, side }): Block[] => {
    if (devices.length === 0) return [];
    const parts: Cell[] = [
      count(devices.length, ['device', 'devices']),
      text(side),
      code(namesText(devices)),
      text('.'),
    ];
    return [{ type: 'prose', parts }];
  });
}

function namesText(names: readonly string[]): string {
  return names.length > NAMED ? `${names.slice(0, NAMED).join(', ')}, …` : names.join(', ');
}

const NAMED = 20;
