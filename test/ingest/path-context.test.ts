import { describe, expect, it } from 'vitest';
import { type PathContext, pathContextOf } from '../../src/ingest/path-context.js';
import { sampleCounters } from '../../src/ingest/sample-counters.js';
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
    ['smaps.md', {}],
    ['board-7/sensord.812.smaps.eml', { device: 'board-7', pid: 812, command: 'sensord' }],
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
    // Year, month and day have a folder each; folders that count.
    ['board-7/2026/01/31/21/00/smaps', { device: 'board-7', day: DAY, takenAt: AT }],
    ['2026/01/31/21/812/smaps', { day: DAY, takenAt: AT, pid: 812 }],
    ['board-7/sample_3/812/smaps', { device: 'board-7', pid: 812 }],
    ['board-7/t+3600/smaps', { device: 'board-7', takenAt: 3_600_000, lacksDay: true }],
    ['day3/hour07/812/smaps', { day: 3 * 86_400_000, takenAt: (3 * 24 + 7) * 3_600_000, lacksDay: true, pid: 812 }],
    ['smaps_260131_210000.txt', { takenAt: AT }],
    ['logcat_20260131_210000.txt', { takenAt: AT }],
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

describe('the number of a rotated log', () => {
  it.each(['syslog.1', 'messages.1', 'kern.log.2', 'sampler.log.12', 'night.syslog.3.gz'])('is no pid: %s', (name) => {
    expect(pathContextOf(name)).not.toHaveProperty('pid');
  });

  it.each(['asan.log.57', 'valgrind.log.812', 'smaps.57', 'sensord.57'])('is told from a pid: %s', (name) => {
    expect(pathContextOf(name)).toHaveProperty('pid');
  });
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

  const timesOf = (names: readonly string[]): (number | undefined)[] => contextsOf(names).map(({ takenAt }) => takenAt);
  const clock = (hour: number, minute: number): number => (hour * 60 + minute) * 60_000;

  it.each([
    ['hour and minute', ['smaps_1445.txt', 'smaps_1455.txt', 'smaps_1505.txt', 'smaps_1515.txt']],
    ['seconds, too', ['smaps_144500.txt', 'smaps_145500.txt', 'smaps_150500.txt', 'smaps_151500.txt']],
    ['signs between', ['smaps_14-45-00', 'smaps_14-55-00', 'smaps_15-05-00', 'smaps_15-15-00']],
    ['letters', ['smaps_14h45', 'smaps_14h55', 'smaps_15h05', 'smaps_15h15']],
  ])('knows times that go on evenly: %s', (_, names) => {
    const contexts = contextsOf(names);
    expect(contexts.map(({ takenAt }) => takenAt)).toEqual([clock(14, 45), clock(14, 55), clock(15, 5), clock(15, 15)]);
    expect(contexts.every(({ pid, lacksDay }) => pid === undefined && lacksDay)).toBe(true);
  });

  it('knows the night that they go through', () => {
    const names = ['smaps_0005.txt', 'smaps_0015.txt', 'smaps_2345.txt', 'smaps_2355.txt'];
    expect(timesOf(names)).toEqual([clock(24, 5), clock(24, 15), clock(23, 45), clock(23, 55)]);
  });

  it('knows how long a run is', () => {
    const [s, min] = [
      [0, 600, 1200, 1800],
      [0, 10, 20, 30],
    ];
    expect(timesOf(s.map((one) => `smaps_${one}s.txt`))).toEqual(s.map((one) => one * 1000));
    expect(timesOf(min.map((one) => `smaps_t+${one}min`))).toEqual(s.map((one) => one * 1000));
  });

  it.each([
    ['processes after each other', ['smaps.1411', 'smaps.1412', 'smaps.1413', 'smaps.1414', 'smaps.1415']],
    ['any processes', ['smaps.1405', 'smaps.1411', 'smaps.1458', 'smaps.1502', 'smaps.2001']],
    ['minutes that are none', ['smaps.1445', 'smaps.1465', 'smaps.1485', 'smaps.1505']],
    ['days of September', ['smaps_09-21', 'smaps_09-22', 'smaps_09-23', 'smaps_09-24']],
    ['days of the year 26', ['smaps_20-09-26', 'smaps_21-09-26', 'smaps_22-09-26', 'smaps_23-09-26']],
  ])('takes %s for no times', (_, names) => {
    expect(timesOf(names)).toEqual(names.map(() => undefined));
  });

  it('takes the seconds of a time for no counter', () => {
    const names = ['00', '01', '02'].map((second) => `smaps-812-2026-01-31_21-00-${second}`);
    expect(contextsOf(names)).toEqual([0, 1, 2].map((second) => ({ pid: 812, takenAt: AT + second * 1000 })));
  });
});
