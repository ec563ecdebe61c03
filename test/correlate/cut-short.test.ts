import { expect, it } from 'vitest';
import { emptyLedger, fold, merge } from '../../src/correlate/ledger.js';
import { recordsOf } from '../../src/correlate/records.js';
import type { SnapshotCapture } from '../../src/model/capture.js';
import { emptyTable } from '../../src/model/vma-table.js';

const broken: SnapshotCapture = {
  type: 'snapshot',
  format: 'smaps',
  context: { device: 'board-7', command: 'sensord', pid: 812, takenAt: 0, sources: {} },
  origin: { file: 'board-7/812/smaps', line: 1 },
  table: emptyTable(),
  truncated: true,
};

it('lists the program of a snapshot that broke off, without taking its totals for a sample', () => {
  const ledger = emptyLedger();
  fold(ledger, broken);
  const { records } = recordsOf(merge(emptyLedger(), structuredClone(ledger)));
  expect(records.map(({ program, timelines }) => ({ program, timelines }))).toEqual([
    { program: { device: 'board-7', command: 'sensord' }, timelines: [] },
  ]);
});
