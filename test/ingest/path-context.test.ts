import { describe, expect, it } from 'vitest';
import { type PathContext, pathContextOf, sampleCounters } from '../../src/ingest/path-context.js';
import { cpuTime } from '../cpu-time.js';

const AT = Date.UTC(2026, 0, 31, 21, 0, 0);
const DAY = Date.UTC(2026, 0, 31);
const EPOCH = AT / 1000;

describe('pathContextOf', () => {
  it.each<[string, PathContext]>([
    // What the capture script writes.
    ['board-7/20260131T210000Z/812/smaps', { device: 'board-7', takenAt: AT, pid: 812 }],
    ['board-7/20260131T210000Z/812/smaps.gz', { device: 'board-7', takenAt: AT, pid: 812 }],
    ['board-7/20260131T210000Z/812/smaps_rollup', { device: 'board-7', takenAt: AT, pid: 812 }],
    ['board-7/20260131T210000Z/smem.csv', { device: 'board-7', takenAt: AT }],
    ['board-7/20260131T210000Z/meminfo', { device: 'board-7', takenAt: AT }],
    // The captures folder is the device's own.
    ['20260131T210000Z/812/smaps', { takenAt: AT, pid: 812 }],
    ['20260131T210000Z/812/status', { takenAt: AT, pid: 812 }],
    ['812/20260131T210000Z/smaps', { takenAt: AT, pid: 812 }],
    ['smaps', {}],
    ['meminfo.txt', {}],
    // Days, other folders.
    ['board-7/2026-01-31/812/smaps', { day: DAY, device: 'board-7', pid: 812 }],
    ['2026-01-31/board-7/812/smaps', { day: DAY, device: 'board-7', pid: 812 }],
    ['board-7/2026-01-31/21-00-00/812/smaps', { day: DAY, device: 'board-7', takenAt: AT, pid: 812 }],
    ['2026-01-31/21:00/812/smaps', { day: DAY, takenAt: AT, pid: 812 }],
    ['31.01.2026/21-00-00/812/smaps', { day: DAY, takenAt: AT, pid: 812 }],
    ['board-7/2026-01-31_21-00-00/812/smaps', { device: 'board-7', takenAt: AT, pid: 812 }],
    [`board-7/${EPOCH}/812/smaps`, { device: 'board-7', takenAt: AT, pid: 812 }],
    ['captures/board-7/logs/20260131T210000Z/812/smaps', { device: 'board-7', takenAt: AT, pid: 812 }],
    ['board-7/sensord/20260131T210000Z/812/smaps', { device: 'board-7', takenAt: AT, pid: 812, command: 'sensord' }],
    ['board-7/proc/812/smaps', { device: 'board-7', pid: 812 }],
    // COMMAND, PID and TIME in the name, in any order.
    [`board-7/smaps_sensord_812_${EPOCH}.txt`, { device: 'board-7', takenAt: AT, pid: 812, command: 'sensord' }],
    [
      `board-7/smaps_sensord_812_${EPOCH}123.txt`,
      { device: 'board-7', takenAt: AT + 123, pid: 812, command: 'sensord' },
    ],
    [`board-7/smaps_${EPOCH}_sensord_812.txt`, { device: 'board-7', takenAt: AT, pid: 812, command: 'sensord' }],
    [`sensord_812_${EPOCH}_smaps.txt`, { takenAt: AT, pid: 812, command: 'sensord' }],
    [`sensord_smaps_812_${EPOCH}`, { takenAt: AT, pid: 812, command: 'sensord' }],
    ['sensord.812.20260131T210000Z.smaps', { takenAt: AT, pid: 812, command: 'sensord' }],
    ['sensord.20260131T210000Z.812.smaps', { takenAt: AT, pid: 812, command: 'sensord' }],
    ['20260131-210000_sensord_812.smaps.gz', { takenAt: AT, pid: 812, command: 'sensord' }],
    ['812.sensord.2026-01-31T21:00:00Z.smaps', { takenAt: AT, pid: 812, command: 'sensord' }],
    ['812.smaps', { pid: 812 }],
    ['812.smaps.txt', { pid: 812 }],
    ['smaps.812', { pid: 812 }],
    ['smaps-812', { pid: 812 }],
    ['smaps_pid812.txt', { pid: 812 }],
    ['smaps-812-2026-01-31_21-00-00', { takenAt: AT, pid: 812 }],
    ['smaps-2026-01-31_21-00-00-812', { takenAt: AT, pid: 812 }],
    ['smaps-2026-01-31_21-00-00-1200.txt', { takenAt: AT, pid: 1200 }],
    ['2026-01-31_21-00-00_smaps_812', { takenAt: AT, pid: 812 }],
    ['sensord_812_before.smaps', { pid: 812, command: 'sensord' }],
    ['valgrind.812.log', { pid: 812 }],
    ['valgrind.sensord.812.log', { pid: 812, command: 'sensord' }],
    ['valgrind-sensord-812.log', { pid: 812, command: 'sensord' }],
    ['valgrind-interrupted.812.log', { pid: 812 }],
    ['asan.log.812', { pid: 812 }],
    ['board-7/lsan_sensord.log.812', { device: 'board-7', pid: 812, command: 'sensord' }],
    ['pmap-x_sensord_812_1769893200.txt', { takenAt: AT, pid: 812, command: 'sensord' }],
    // Commands with odd letters.
    [`smaps_com.google.maps_812_${EPOCH}.txt`, { takenAt: AT, pid: 812, command: 'com.google.maps' }],
    [`com.google.maps.812.${EPOCH}.smaps`, { takenAt: AT, pid: 812, command: 'com.google.maps' }],
    ['com.google.maps_812.txt', { pid: 812, command: 'com.google.maps' }],
    ['com.example.status.812.smaps', { pid: 812, command: 'com.example.status' }],
    [`smaps_sensord-2_812_${EPOCH}.txt`, { takenAt: AT, pid: 812, command: 'sensord-2' }],
    [`smaps_sensord-2_${EPOCH}.txt`, { takenAt: AT, command: 'sensord-2' }],
    ['sensord-2.812.20260131T210000Z.smaps', { takenAt: AT, pid: 812, command: 'sensord-2' }],
    [`smaps_my_app.v2_812_${EPOCH}.txt`, { takenAt: AT, pid: 812, command: 'my_app.v2' }],
    ['my_app.v2.812.smaps', { pid: 812, command: 'my_app.v2' }],
    ['python3.11_812.smaps', { pid: 812, command: 'python3.11' }],
    ['smaps_log-daemon_812', { pid: 812, command: 'log-daemon' }],
    ['smaps_x_812', { pid: 812, command: 'x' }],
    ['smaps_statusd_812', { pid: 812, command: 'statusd' }],
    // Only a name: weaker than what the capture says.
    ['sensord.smaps', { command: 'sensord', commandIsGuess: true }],
    ['board-7/sensord.smaps', { device: 'board-7', command: 'sensord', commandIsGuess: true }],
    ['before.smaps', {}],
  ])('reads %s', (path, context) => {
    expect(pathContextOf(path)).toEqual(context);
  });

  it.each(['', '/', '.', '....', '_', '----', 'smaps_', '.gz', '_812', `${'a.'.repeat(2000)}smaps`, '1-'.repeat(2000)])(
    'survives "%s"',
    (path) => {
      expect(cpuTime(() => pathContextOf(path))).toBeLessThan(500);
    },
  );
});

describe('sampleCounters', () => {
  const contextsOf = (names: readonly string[]): PathContext[] => {
    const counters = sampleCounters(names);
    return names.map((name) => pathContextOf(name, counters.get(name)));
  };

  it.each([
    ['numbers filled up with zeros', ['smaps.00.txt', 'smaps.01.txt', 'smaps.10.txt']],
    ['numbers from 0', ['smaps.0', 'smaps.1', 'smaps.2']],
    ['numbers from 1', ['smaps_3.txt', 'smaps_1.txt', 'smaps_2.txt']],
  ])('knows %s for samples', (_, names) => {
    expect(contextsOf(names)).toEqual([{}, {}, {}]);
  });

  it('finds the counter beside a pid', () => {
    const names = ['smaps_812_00.txt', 'smaps_812_01.txt', 'smaps_812_10.txt', 'smaps_813_00.txt', 'smaps_813_01.txt'];
    expect(contextsOf(names).map(({ pid }) => pid)).toEqual([812, 812, 812, 813, 813]);
  });

  it.each([
    ['two numbers only', ['smaps.1', 'smaps.2']],
    ['a hole', ['smaps.1', 'smaps.2', 'smaps.4']],
    ['a start above 1', ['smaps.811', 'smaps.812', 'smaps.813']],
  ])('knows the numbers for pids where there are %s', (_, names) => {
    expect(contextsOf(names).every(({ pid }) => pid !== undefined)).toBe(true);
  });

  it('takes the seconds of a time for no counter', () => {
    const names = ['00', '01', '02'].map((second) => `smaps-812-2026-01-31_21-00-${second}`);
    expect(contextsOf(names)).toEqual([0, 1, 2].map((second) => ({ pid: 812, takenAt: AT + second * 1000 })));
  });
});
