import { describe, expect, it } from 'vitest';
import { emptyLedger, fold, type Ledger, merge } from '../../src/correlate/ledger.js';
import { ledgerColumns, ledgerOfColumns } from '../../src/correlate/packed-logs.js';
import { recordsOf } from '../../src/correlate/records.js';
import type { SnapshotCapture } from '../../src/model/capture.js';
import { MINUTE, NINE, onlyRecord, smaps } from './build-captures.js';

const HEAP = [100, 100, 100, 120, 120, 100, 140];

/** What `smaps` builds has a heap that holds `HEAP`, and another mapping that never changes. */
function captures(): SnapshotCapture[] {
  return HEAP.map((kB, i) => {
    return smaps({ command: 'sensord', pid: 812, takenAt: NINE + i * MINUTE }, kB, 'log', i + 1);
  });
}

function folded(all: readonly SnapshotCapture[]): Ledger {
  const ledger = emptyLedger();
  for (const capture of all) fold(ledger, capture);
  return ledger;
}

function heapOf(ledger: Ledger): { at: readonly number[]; privateBytes: readonly number[] } | undefined {
  return onlyRecord(recordsOf(ledger)).timelines[0]?.mappings.find(({ label }) => label === '[heap]');
}

describe('what a mapping holds', () => {
  const series = { at: HEAP.map((_, i) => i), privateBytes: HEAP.map((kB) => kB * 1024) };

  it('is one row as long as it stays, and told of each snapshot', () => {
    const ledger = folded(captures());
    const [log] = [...ledger.processes.values()];
    const heap = ledger.mappings.names.findIndex(({ label }) => label === '[heap]');
    const rows = [...(log?.runs.mapping.subarray(0, log.runs.count) ?? [])];
    expect(rows.filter((number) => number === heap).length).toBe(4);
    expect(rows.filter((number) => number !== heap).length).toBe(1);
    expect(heapOf(ledger)).toMatchObject(series);
  });

  it('is the same when snapshots come in another order, in parts and packed', () => {
    const [a, b, c, d, e, f, g] = captures() as [
      SnapshotCapture,
      SnapshotCapture,
      SnapshotCapture,
      SnapshotCapture,
      SnapshotCapture,
      SnapshotCapture,
      SnapshotCapture,
    ];
    const parts = [
      [g, b],
      [a, f, e],
      [d, c],
    ].map((part) => ledgerOfColumns(ledgerColumns(folded(part))));
    expect(heapOf(parts.reduce(merge, emptyLedger()))).toMatchObject(series);
  });
});
