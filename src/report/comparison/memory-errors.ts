import type { ErrorComparison } from '../../model/comparison.js';
import { siteOf } from '../../model/leaks.js';
import { code, origins, text, UNKNOWN } from '../cells.js';
import type { Block } from '../document.js';
import type { ComparisonSection } from './section.js';
import { findingChange } from './words.js';

const STACKS = 10;

/** The memory errors that are new, gone and still there. */
export const memoryErrors: ComparisonSection = {
  id: 'memory-errors',
  title: 'Memory errors',
  build({ programs }) {
    const all = new Map<string, { command: string; error: ErrorComparison }>();
    for (const { command, errors } of programs) {
      for (const error of errors) {
        const key = JSON.stringify([command, error.change, error.tool, error.kind, error.fingerprint]);
        if (!all.has(key)) all.set(key, { command, error });
      }
    }
    if (all.size === 0) return [];
    const rows = [...all.values()];
    const blocks: Block[] = [
      {
        type: 'table',
        caption: 'Memory errors by call path, whatever the line numbers',
        columns: [
          { label: 'Change', shape: 'plain' },
          { label: 'Program', shape: 'name' },
          { label: 'Tool', shape: 'plain' },
          { label: 'Kind', shape: 'name' },
          { label: 'Happened at', shape: 'name' },
          { label: 'Found in', shape: 'name' },
        ],
        rows: rows.map(({ command, error }) => {
          const site = siteOf(error.frames);
          return {
            cells: [
              findingChange(error.change),
              code(command),
              text(error.tool),
              code(error.kind),
              site ? { type: 'frame', frame: site } : UNKNOWN,
              origins((error.after ?? error.before)?.origins ?? []),
            ],
            weight: error.change === 'new' ? 1 : 0,
          };
        }),
        empty: '',
        printRows: 60,
      },
    ];
    for (const { error } of rows.filter((row) => row.error.change === 'new').slice(0, STACKS)) {
      blocks.push(
        { type: 'heading', parts: [findingChange(error.change), text(' '), code(error.kind)] },
        { type: 'prose', parts: [code(error.message)] },
        { type: 'stack', title: 'Happened at', frames: error.frames },
      );
    }
    return blocks;
  },
};
