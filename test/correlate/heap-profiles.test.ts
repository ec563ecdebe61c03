import { expect, test } from 'vitest';
import { emptyLedger, fold, type Ledger, merge } from '../../src/correlate/ledger.js';
import { recordsOf } from '../../src/correlate/records.js';
import type { DiagnosisCapture } from '../../src/model/capture.js';
import type { HeapTool } from '../../src/model/heap-profile.js';

function profileIn(file: string, tool: HeapTool): DiagnosisCapture {
  const origin = { file, line: 1 };
  return {
    type: 'diagnosis',
    format: tool,
    context: { device: 'board-7', command: 'sensord', sources: {} },
    origin,
    leaks: [],
    errors: [],
    summaries: [],
    heapProfiles: [{ tool, peak: 100, sites: [], omittedSites: 0, origin }],
  };
}

function ledgerOf(...captures: DiagnosisCapture[]): Ledger {
  const ledger = emptyLedger();
  for (const capture of captures) fold(ledger, capture);
  return ledger;
}

test('heap profiles of a program are told in the order of their files, whichever was read first', () => {
  const [a, b, c] = [
    profileIn('massif.out.9', 'massif'),
    profileIn('massif.out.10', 'massif'),
    profileIn('dhat.out.7', 'dhat'),
  ];
  const records = recordsOf(ledgerOf(a, b, c)).records;
  expect(records.map(({ heapProfiles }) => heapProfiles?.map(({ origin }) => origin.file))).toEqual([
    ['dhat.out.7', 'massif.out.9', 'massif.out.10'],
  ]);
  expect(recordsOf(merge(ledgerOf(c, b), ledgerOf(a))).records).toEqual(records);
  expect(recordsOf(merge(ledgerOf(), ledgerOf(b, a, c))).records).toEqual(records);
});

test('a program that no profiler watched has none', () => {
  const [record] = recordsOf(ledgerOf({ ...profileIn('log', 'massif'), heapProfiles: [] })).records;
  expect(record && 'heapProfiles' in record).toBe(false);
});
