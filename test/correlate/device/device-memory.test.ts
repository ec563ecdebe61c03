import { describe, expect, it } from 'vitest';
import { devicesOf } from '../../../src/correlate/device/device-memory.js';
import { emptyLedger, fold } from '../../../src/correlate/ledger.js';
import { recordsOf } from '../../../src/correlate/records.js';
import type { Capture } from '../../../src/model/capture.js';
import { MINUTE, meminfo, NINE, smaps } from '../build-captures.js';

const KIB = 1024;

function ledgerOf(...captures: Capture[]): ReturnType<typeof emptyLedger> {
  const ledger = emptyLedger();
  for (const capture of captures) fold(ledger, capture);
  return ledger;
}

const LINES = { MemTotal: 900, MemFree: 500, MemAvailable: 700, SwapFree: 0, HugePages_Total: 1 };

describe('the memory of a device', () => {
  it('is sorted by time, whatever the order of the files', () => {
    const at = (minute: number, free: number, file: string) =>
      meminfo({ takenAt: NINE + minute * MINUTE }, { ...LINES, MemFree: free }, file);
    const { deviceMemory } = ledgerOf(at(2, 300, 'a'), at(0, 500, 'b'), at(1, 400, 'c'));
    expect(devicesOf(deviceMemory)).toMatchObject([
      { device: 'board-7', memory: [{ free: 500 * KIB }, { free: 400 * KIB }, { free: 300 * KIB }] },
    ]);
  });

  it('has the amounts that the kernel prints, and no others', () => {
    const old = { MemTotal: 900, MemFree: 500, SwapFree: 0, HugePages_Total: 1 };
    const [device] = devicesOf(ledgerOf(meminfo({ takenAt: NINE }, old, 'board-7/meminfo')).deviceMemory);
    expect(device?.memory).toStrictEqual([
      {
        takenAt: NINE,
        total: 900 * KIB,
        free: 500 * KIB,
        swapFree: 0,
        origin: { file: 'board-7/meminfo', line: 1 },
      },
    ]);
  });

  it('is one reading where the same was stored twice, and several where one time stands for several', () => {
    const twice = [meminfo({ takenAt: NINE }, LINES, 'b/meminfo'), meminfo({ takenAt: NINE }, LINES, 'a/meminfo')];
    const other = meminfo({ takenAt: NINE }, { ...LINES, MemFree: 1 }, 'a/meminfo', 50);
    expect(devicesOf(ledgerOf(...twice, other).deviceMemory)[0]?.memory.map(({ origin }) => origin)).toEqual([
      { file: 'a/meminfo', line: 1 },
      { file: 'a/meminfo', line: 50 },
    ]);
  });

  it('without a time stands first, in the order of the files', () => {
    const captures = [
      meminfo({ takenAt: NINE }, LINES, 'a'),
      meminfo({}, LINES, 'meminfo.10'),
      meminfo({}, LINES, 'meminfo.9'),
    ];
    expect(devicesOf(ledgerOf(...captures).deviceMemory)[0]?.memory.map(({ origin }) => origin.file)).toEqual([
      'meminfo.9',
      'meminfo.10',
      'a',
    ]);
  });

  it('is known of every program of that device, and of no other', () => {
    const { records } = recordsOf(
      ledgerOf(
        meminfo({ takenAt: NINE }, LINES, 'board-7/meminfo'),
        smaps({ command: 'sensord', pid: 1, takenAt: NINE }, 100, 'board-7/1/smaps'),
        smaps({ command: 'logd', pid: 2, takenAt: NINE }, 100, 'board-7/2/smaps'),
        smaps({ device: 'board-8', command: 'sensord', pid: 1, takenAt: NINE }, 100, 'board-8/1/smaps'),
      ),
    );
    expect(records.map(({ program, deviceMemory }) => [program.device, deviceMemory?.[0]?.available])).toEqual([
      ['board-7', 700 * KIB],
      ['board-7', 700 * KIB],
      ['board-8', undefined],
    ]);
    expect(records[2]).not.toHaveProperty('deviceMemory');
  });

  it('makes no program of its own', () => {
    expect(recordsOf(ledgerOf(meminfo({ takenAt: NINE }, LINES, 'board-7/meminfo')))).toEqual({
      records: [],
      problems: [],
      sampled: [],
    });
  });
});
