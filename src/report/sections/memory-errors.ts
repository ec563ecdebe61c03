import type { ErrorReport } from '../../model/analysis.js';
import { causeOf, code, count, origins, text } from '../cells.js';
import type { Block, Cell } from '../document.js';
import type { ProgramSection } from '../section.js';

const SHOWN = { report: 20, ticket: 3 } as const;

/** Memory errors of memcheck and the sanitizers: defects, which say nothing about leaks. */
export const memoryErrors: ProgramSection = {
  id: 'memory-errors',
  title: 'Memory errors',
  build({ errors }, place) {
    const blocks: Block[] = errors.slice(0, SHOWN[place]).flatMap(errorBlocks);
    if (errors.length > SHOWN[place]) {
      const parts = [text(`The first ${SHOWN[place]} of ${errors.length} memory errors are shown.`)];
      blocks.push({ type: 'prose', parts });
    }
    return blocks;
  },
};

function errorBlocks(error: ErrorReport): Block[] {
  const facts: { label: string; cells: Cell[] }[] = [];
  if (error.address !== undefined) facts.push({ label: 'Address', cells: [{ type: 'address', start: error.address }] });
  if (error.access !== undefined) {
    const size: Cell[] = error.size === undefined ? [] : [text(' of '), count(error.size, ['byte', 'bytes'])];
    facts.push({ label: 'Access', cells: [text(error.access), ...size] });
  }
  if (error.cause) facts.push({ label: 'Cause', cells: causeOf(error.cause) });
  facts.push({ label: 'Found in', cells: [origins(error.origins)] });
  if (error.witness !== undefined) facts.push({ label: 'Log of', cells: [code(error.witness)] });
  return [
    { type: 'heading', parts: [text(`${error.tool}: `), code(error.kind)] },
    { type: 'prose', parts: [code(error.message)] },
    { type: 'stack', title: 'Happened at', frames: error.frames },
    ...(error.source ? [{ type: 'source', excerpt: error.source } as const] : []),
    ...error.related.map((stack): Block => ({ type: 'stack', title: stack.title, frames: stack.frames })),
    { type: 'facts', facts },
  ];
}
