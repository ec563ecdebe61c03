import { describe, expect, it } from 'vitest';
import { devicesOf } from '../../../src/correlate/device/device-memory.js';
import { withDivisions } from '../../../src/correlate/device/divisions.js';
import { emptyLedger, fold } from '../../../src/correlate/ledger.js';
import { recordsOf } from '../../../src/correlate/records.js';
import type { DeviceReport } from '../../../src/model/analysis.js';
import type { Capture } from '../../../src/model/capture.js';
import { MINUTE, meminfo, NINE, sample } from '../build-captures.js';

const KIB = 1024;

function divided(...captures: Capture[]): DeviceReport[] {
  const ledger = emptyLedger();
  for (const capture of captures) fold(ledger, capture);
  return withDivisions(devicesOf(ledger.deviceMemory), recordsOf(ledger).records);
}

const LINES = {
  MemTotal: 9000,
  MemFree: 5000,
  MemAvailable: 7000,
  Buffers: 0,
  Cached: 2000,
  AnonPages: 1000,
  Mapped: 500,
};
const board = (seconds: number, lines: Record<string, number> = {}) =>
  meminfo({ takenAt: NINE + seconds * 1000 }, { ...LINES, ...lines }, `${seconds}/meminfo`);
const pss = (seconds: number, command: string, kib: number, pid = 1) =>
  sample({ command, pid, takenAt: NINE + seconds * 1000 }, { pss: kib * KIB }, `${seconds}/smem`);

describe('where the memory of a device was', () => {
  it('is told with the processes of each instant, the largest at the end first', () => {
    const [device] = divided(
      board(0),
      pss(0, 'sensord', 100),
      pss(0, 'webd', 300, 2),
      board(60, { AnonPages: 1300 }),
      pss(60, 'sensord', 400),
      pss(60, 'webd', 200, 2),
      pss(60, 'webd', 50, 3),
    );
    expect(device?.divisions?.map(({ programs, processes }) => [processes, programs])).toEqual([
      [
        2,
        [
          { command: 'sensord', pss: 100 * KIB, processes: 1 },
          { command: 'webd', pss: 300 * KIB, processes: 1 },
        ],
      ],
      [
        3,
        [
          { command: 'sensord', pss: 400 * KIB, processes: 1 },
          { command: 'webd', pss: 250 * KIB, processes: 2 },
        ],
      ],
    ]);
    expect(device?.moves).toEqual([
      { what: 'program', command: 'sensord', growth: 300 * KIB },
      { what: 'not-captured', growth: 50 * KIB },
      { what: 'program', command: 'webd', growth: -50 * KIB },
      { what: 'unaccounted', growth: -300 * KIB },
    ]);
  });

  it('takes samples from half way to the next reading, and no further than a minute', () => {
    const processes = (...captures: Capture[]) =>
      divided(...captures)[0]?.divisions?.map((division) => division.processes);
    expect(processes(board(0), board(20), pss(9, 'sensord', 1))).toEqual([1]);
    expect(processes(board(0), pss(60, 'sensord', 1))).toEqual([1]);
    expect(processes(board(0), pss(61, 'sensord', 1))).toEqual([0]);
    expect(processes(board(0), board(3600), pss(0, 'sensord', 1), pss(3541, 'sensord', 1))).toEqual([1, 1]);
  });

  it('passes over readings without a process beside them, where others have one', () => {
    const [device] = divided(board(0), board(600), board(1200), pss(600, 'sensord', 100));
    expect(device?.divisions?.map(({ takenAt }) => takenAt)).toEqual([NINE + 600_000]);
    expect(device).not.toHaveProperty('moves');
  });

  it('stays small: 120 instants at most, with the first and the last, and ten programs', () => {
    const captures = Array.from({ length: 500 }, (_, minute) => [
      board(minute * 60),
      ...Array.from({ length: 30 }, (_none, n) => pss(minute * 60, `p${n}`, n === 3 ? 1 + minute : 1000 + n, n + 1)),
    ]).flat();
    const [device] = divided(...captures);
    expect(device?.divisions).toHaveLength(120);
    expect(device?.divisions?.[0]?.takenAt).toBe(NINE);
    expect(device?.divisions?.at(-1)?.takenAt).toBe(NINE + 499 * MINUTE);
    const programs = device?.divisions?.at(-1)?.programs ?? [];
    expect(programs.length).toBeLessThanOrEqual(10);
    // Not among the largest, but it grew the most.
    expect(programs.map(({ command }) => command)).toContain('p3');
  });

  it('calls a growth of the cache by its name where it is tmpfs', () => {
    const moves = (shmem: number) =>
      divided(board(0, { Shmem: 100 }), board(60, { Cached: 2400, Shmem: shmem, MemFree: 4600 }))[0]?.moves;
    expect(moves(100)).toEqual([{ what: 'cache', growth: 400 * KIB }]);
    expect(moves(450)).toEqual([{ what: 'shared-memory', growth: 400 * KIB }]);
  });

  it('is nothing where /proc/meminfo was cut', () => {
    const [device] = divided(meminfo({ takenAt: NINE }, { MemTotal: 9, MemFree: 5 }, 'meminfo'));
    expect(device).not.toHaveProperty('divisions');
  });
});
