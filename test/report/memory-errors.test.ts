import { describe, expect, it } from 'vitest';
import type { ErrorReport } from '../../src/model/analysis.js';
import { programViews } from '../../src/report/program-view.js';
import { memoryErrors } from '../../src/report/sections/memory-errors.js';
import { emptyAnalysis } from './fixture-analysis.js';

const error: ErrorReport = {
  device: 'board-7',
  command: 'sensord',
  tool: 'asan',
  kind: 'SEGV',
  message: 'SEGV on unknown address 0x000000401010',
  address: '401010',
  access: 'write',
  fingerprint: '0123456789abcdef',
  frames: [],
  related: [],
  origins: [{ file: 'asan.log.812', line: 2 }],
};
const statement = 'writes to /opt/demo/sensord (r--p), 0x10 bytes from its beginning: constants';

/** The cells of the fact "Cause" in the report's section. */
function causeCells(told: ErrorReport): unknown {
  const analysis = { ...emptyAnalysis(), errors: [told] };
  const [view] = programViews(analysis);
  const blocks = view ? memoryErrors.build(view, 'report', analysis) : [];
  return blocks.flatMap((block) => (block.type === 'facts' ? block.facts : [])).find(({ label }) => label === 'Cause')
    ?.cells;
}

describe('a memory error in the report', () => {
  it('has its cause with the VMA that tells it', () => {
    const origins = [{ file: 'smaps', line: 26 }];
    expect(causeCells({ ...error, cause: { kind: 'write-to-readonly', statement, origins } })).toEqual([
      { type: 'strong', text: 'write-to-readonly' },
      { type: 'text', text: `: ${statement}` },
      { type: 'text', text: ' ' },
      { type: 'origins', origins },
    ]);
  });

  it('has a cause without a place where the address alone tells it, and none where there is none', () => {
    expect(causeCells({ ...error, cause: { kind: 'null-page', statement: 'a null pointer', origins: [] } })).toEqual([
      { type: 'strong', text: 'null-page' },
      { type: 'text', text: ': a null pointer' },
    ]);
    expect(causeCells(error)).toBeUndefined();
  });
});
