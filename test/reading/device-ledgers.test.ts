import { describe, expect, it } from 'vitest';
import { emptyLedger, fold, type Ledger } from '../../src/correlate/ledger.js';
import { recordsOf } from '../../src/correlate/records.js';
import { DeviceLedgers, mergedLedger } from '../../src/reading/device-ledgers.js';
import { MINUTE, meminfo, NINE, smaps } from '../correlate/build-captures.js';

/** What was read of a process in one minute; the second has the most memory. */
function minute(index: number): Ledger {
  const ledger = emptyLedger();
  const heap = index === 1 ? 900 : 100 + index;
  const who = { command: 'sensord', pid: 1, takenAt: NINE + index * MINUTE };
  fold(ledger, smaps(who, heap, `${index}/smaps`));
  fold(ledger, meminfo({ takenAt: who.takenAt }, { MemTotal: 1024 }, `${index}/meminfo`));
  return ledger;
}

describe('what was read of a device in parts', () => {
  it('is the same however often it is asked for, as it is and packed', () => {
    const devices = new DeviceLedgers();
    for (const index of [2, 0, 1]) devices.add('board-7', minute(index));
    const first = recordsOf(devices.of('board-7'));
    expect(first.records[0]?.timelines[0]).toMatchObject({
      first: { origin: { file: '0/smaps' } },
      peak: { origin: { file: '1/smaps' } },
      last: { origin: { file: '2/smaps' } },
    });
    expect(recordsOf(devices.of('board-7'))).toStrictEqual(first);
    expect(recordsOf(mergedLedger(devices.packedOf('board-7')))).toStrictEqual(first);
    expect(recordsOf(devices.of('board-7'))).toStrictEqual(first);
  });

  it('has a key only where each part has one', () => {
    const devices = new DeviceLedgers();
    devices.add('a', minute(0), 'y');
    devices.add('a', minute(1), 'x');
    devices.add('b', minute(0), 'z');
    devices.add('b', minute(1));
    expect(devices.keysOf('a')).toEqual(['x', 'y']);
    expect(devices.keysOf('b')).toBeUndefined();
    expect(devices.partsOf('b')).toBe(2);
  });
});
