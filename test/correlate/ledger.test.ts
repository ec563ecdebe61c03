import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { devicesOf } from '../../src/correlate/device/device-memory.js';
import { emptyLedger, fold, type Ledger, merge } from '../../src/correlate/ledger.js';
import { ledgerColumns, ledgerOfColumns } from '../../src/correlate/packed-logs.js';
import { recordsOf } from '../../src/correlate/records.js';
import { sharingOf } from '../../src/correlate/sharing/sharing.js';
import type { Capture } from '../../src/model/capture.js';
import { log, loss, MINUTE, NINE, onlyRecord, smaps, snapshot, tableOf } from './build-captures.js';
import { anything, captureOf, ofOnePid, ofOneProcess } from './random-captures.js';

function folded(captures: readonly Capture[]): Ledger {
  const ledger = emptyLedger();
  for (const capture of captures) fold(ledger, capture);
  return ledger;
}

/** As another thread, or another run, gets it. */
function sent(ledger: Ledger): Ledger {
  return ledgerOfColumns(structuredClone(ledgerColumns(ledger)));
}

describe('a ledger', () => {
  it.each([
    { of: 'all sorts', seed: anything },
    { of: 'one process', seed: ofOneProcess },
    { of: 'one pid', seed: ofOnePid },
  ])('gives the same records whatever the order and the partition of captures of $of', ({ seed }) => {
    fc.assert(
      fc.property(
        fc.array(seed, { maxLength: 14 }),
        fc.array(fc.tuple(fc.nat(), fc.nat(2)), { minLength: 14, maxLength: 14 }),
        (seeds, shuffle) => {
          const shared = [''];
          const captures = seeds.map((one, i) => captureOf(one, i + 1, shared));
          const inOrder = folded(captures);
          const expected = recordsOf(inOrder);
          const devices = devicesOf(inOrder.deviceMemory);
          const dealt = captures
            .map((capture, i) => ({ capture, place: shuffle[i]?.[0] ?? 0, part: shuffle[i]?.[1] ?? 0 }))
            .sort((a, b) => a.place - b.place);
          const parts = [0, 1, 2].map((part) =>
            sent(folded(dealt.filter((one) => one.part === part).map(({ capture }) => capture))),
          );
          const merged = parts.reduce((ledger, part) => merge(ledger, part), emptyLedger());
          expect(recordsOf(merged)).toStrictEqual(expected);
          expect(devicesOf(merged.deviceMemory)).toStrictEqual(devices);
          expect(sharingOf(recordsOf(merged).records)).toStrictEqual(sharingOf(expected.records));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('takes what it needs from a table: the reader may use it again', () => {
    const ledger = emptyLedger();
    const first = smaps({ command: 'sensord', pid: 1, takenAt: NINE }, 100, 'a/smaps');
    fold(ledger, first);
    const second = {
      ...first,
      context: { ...first.context, takenAt: NINE + MINUTE },
      origin: { file: 'b/smaps', line: 1 },
    };
    Object.assign(
      first.table,
      tableOf([{ start: 0x800000, end: 0x900000, name: '[heap]', kib: { Private_Dirty: 7 } }]),
    );
    fold(ledger, second);
    const [timeline] = onlyRecord(recordsOf(ledger)).timelines;
    expect(timeline?.first?.table.counters.get('Private_Dirty')).toStrictEqual(Float64Array.of(0, 100 * 1024));
    expect(timeline?.last?.table.counters.get('Private_Dirty')).toStrictEqual(Float64Array.of(7 * 1024));
    expect(timeline?.peak?.origin.file).toBe('a/smaps');
    expect(timeline?.mappings.find(({ label }) => label === '[heap]')?.privateBytes).toEqual([100 * 1024, 7 * 1024]);
  });

  it('keeps tables of any size and with other counters than the one before', () => {
    const sizes = [1, 40, 2, 90, 3, 2];
    const counterOf = (i: number) => (i < 4 ? 'Old' : 'New');
    const captures = sizes.map((count, i) =>
      snapshot(
        { command: 'sensord', pid: 1, takenAt: NINE + i * MINUTE },
        Array.from({ length: count }, (_, row) => ({
          start: row * 0x1000,
          end: row * 0x1000 + 0x1000,
          name: `/lib/${i}-${row}.so`,
          kib: { Private_Dirty: 0, [counterOf(i)]: row },
        })),
        `${i}/smaps`,
      ),
    );
    for (const [i, count] of sizes.entries()) {
      const last = onlyRecord(recordsOf(folded(captures.slice(0, i + 1)))).timelines[0]?.last?.table;
      expect(last?.count).toBe(count);
      expect(last?.paths).toEqual(['', ...Array.from({ length: count }, (_, row) => `/lib/${i}-${row}.so`)]);
      expect([...(last?.counters.keys() ?? [])]).toEqual(['Private_Dirty', counterOf(i)]);
      expect(last?.counters.get(counterOf(i))?.[count - 1]).toBe((count - 1) * 1024);
    }
  });

  it('can be read twice and folded into further', () => {
    const ledger = folded([smaps({ command: 'sensord', pid: 1, takenAt: NINE }, 100, 'a/smaps')]);
    fold(ledger, log({ command: 'sensord' }, { leaks: [loss(10, 1)] }, 'valgrind.1.log'));
    const once = structuredClone(recordsOf(ledger));
    expect(recordsOf(ledger)).toStrictEqual(once);
    fold(ledger, log({ command: 'sensord' }, { leaks: [loss(20, 2)] }, 'valgrind.2.log'));
    expect(onlyRecord(recordsOf(ledger)).leaks).toMatchObject([{ bytes: 20, blocks: 2 }]);
  });

  it('is the same once it was sent, with the readings that its tables belong to', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anything, ofOneProcess), { maxLength: 14 }), (seeds) => {
        const shared = [''];
        const ledger = folded(seeds.map((one, i) => captureOf(one, i + 1, shared)));
        const copy = sent(ledger);
        expect(copy).toStrictEqual(structuredClone(ledger));
        for (const { readings, kept } of copy.processes.values()) {
          for (const { first, peak, last } of kept.values()) {
            expect([first, peak, last].every(({ reading }) => readings.includes(reading))).toBe(true);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keeps three tables of a process however many it reads', () => {
    const many = Array.from({ length: 50 }, (_, i) =>
      smaps({ command: 'sensord', pid: 1, takenAt: NINE + i * MINUTE }, i === 20 ? 900 : 100 + i, `${i}/smaps`),
    );
    const ledger = folded(many);
    const [process] = ledger.processes.values();
    const tables = new Set([...(process?.kept.values() ?? [])].flatMap(({ first, peak, last }) => [first, peak, last]));
    expect([...tables].map(({ reading }) => reading.sample.origin.file)).toEqual(['0/smaps', '20/smaps', '49/smaps']);
  });
});
