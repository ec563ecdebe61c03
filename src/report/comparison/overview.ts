import type { ComparedSide, Comparison } from '../../model/comparison.js';
import { code, count, text, time } from '../cells.js';
import type { Block, Cell } from '../document.js';
import type { ComparisonSection } from './section.js';
import { headlineCells } from './words.js';

/** The one sentence that people ask for first, and what was held against what. */
export const overview: ComparisonSection = {
  id: 'overview',
  title: 'What changed',
  build(comparison) {
    const { before, after, headline } = comparison;
    const blocks: Block[] = [
      { type: 'note', tone: toneOf(comparison), parts: headlineCells(headline) },
      {
        type: 'table',
        caption: 'The two sides',
        columns: [
          { label: '', shape: 'plain' },
          { label: 'Before', shape: 'name' },
          { label: 'After', shape: 'name' },
        ],
        rows: [
          row('Captures', before, after, ({ captures }) => [code(captures.join(', '))]),
          row('First sample', before, after, ({ period }) => [time(period?.from)]),
          row('Last sample', before, after, ({ period }) => [time(period?.to)]),
          row('Programs', before, after, ({ programs }) => [count(programs)]),
          row('Devices', before, after, ({ devices }) => [count(devices.length)]),
          row('Problems of the input', before, after, ({ errors, warnings }) => [count(errors + warnings)]),
        ],
        empty: '',
      },
      { type: 'prose', parts: pairingCells(comparison) },
    ];
    return blocks;
  },
};

function row(label: string, before: ComparedSide, after: ComparedSide, cellsOf: (side: ComparedSide) => Cell[]) {
  return { cells: [text(label), ...cellsOf(before), ...cellsOf(after)] };
}

function toneOf({ counts, programs }: Comparison): 'info' | 'error' {
  const isWorse = programs.some(({ change }) => change === 'worse' || change === 'mixed');
  return isWorse || counts.newLeaks > 0 ? 'error' : 'info';
}

/** How devices and programs were put together. */
function pairingCells({ pairing, programs }: Comparison): Cell[] {
  const cells: Cell[] = [];
  const [pair] = pairing.devices;
  if (pairing.by === 'only-device' && pair) {
    cells.push(
      text('Each side has one device: '),
      code(pair.before),
      text(' before, '),
      code(pair.after),
      text(' after; these are compared.'),
    );
  } else if (pairing.by === 'command') {
    cells.push(
      text('The devices have no names in common. Programs are compared by name over all devices of a side: medians.'),
    );
  } else {
    const how = pairing.by === 'given' ? ' paired as asked for, or by name.' : ' on both sides, and paired by name.';
    cells.push(count(pairing.devices.length, ['device is', 'devices are']), text(how));
  }
  const renamed = programs.find(({ commandBefore }) => commandBefore !== undefined);
  if (renamed) {
    cells.push(
      text(' Each side has one program, so '),
      code(renamed.commandBefore),
      text(' is compared with '),
      code(renamed.command),
      text('.'),
    );
  }
  return cells;
}
