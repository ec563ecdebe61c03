import { describe, expect, it } from 'vitest';
import { ByteWindow } from '../../src/ingest/byte-window.js';
import { beginsWithVmas, mayNameProcess, type NamedProcess, ProcessHeaders } from '../../src/ingest/process-headers.js';
import { cpuTime } from '../cpu-time.js';

const FIRST = '5581d0000000-5581d0001000 r-xp 00000000 fe:00 12';
const BELOW = `${FIRST}          /usr/bin/sensord
Rss:                 400 kB
5581d1000000-5581d1001000 r-xp 00000000 fe:00 13          /usr/bin/python3.11
7f81d1000000-7f81d1001000 r-xp 00000000 fe:00 14          /usr/lib/libphase.so.6
`;

/** The process that a line names above some text. */
function processHeader(line: string, below: string): NamedProcess | undefined {
  const window = new ByteWindow(Buffer.from(`${line}\n${below}`));
  window.end = window.buffer.length;
  return new ProcessHeaders(window).of(line);
}

describe('the process that a line above VMAs names', () => {
  it.each([
    '=== 812 /usr/bin/sensord ===',
    '=== 812 sensord ===',
    '=== sensord 812 ===',
    '--- sensord (812) ---',
    '# sensord[812]',
    'sensord:812',
    '---- sensord-812 ----',
    'sensord/812',
    '812: /usr/bin/sensord -c /etc/sensord.conf',
    '812 sensord --foreground',
    '[812] sensord',
    'PID: 812 CMD: sensord -f',
    'pid=812, comm=sensord',
    'Process: sensord, PID: 812',
    'sensord (pid 812)',
    'smaps of 812 (sensord):',
    'Smaps for process sensord (812)',
    '/proc/812/smaps (sensord):',
    'root       812  0.0  0.1  12345  6789 ?        Ss   10:00   0:01 /usr/bin/sensord -f',
    '  812 root      2345 S    /usr/bin/sensord -f',
    '=== 2026-09-21 14:13:20 sensord 812 ===',
    '=== 812 sensord 2026-09-21T14:13:20Z ===',
  ])('%s', (line) => {
    expect(processHeader(line, BELOW)).toEqual({ pid: 812, command: 'sensord' });
  });

  it.each([
    ['/proc/812/smaps', { pid: 812 }],
    ['cat /proc/812/smaps', { pid: 812 }],
    ['/proc/812/smaps:', { pid: 812 }],
    ['== PID 812 ==', { pid: 812 }],
    ['=== 913 python3 /opt/app.py ===', { pid: 913, command: 'python3' }],
    ['PID: 913 CMD: /opt/app.py', { pid: 913, command: 'app.py' }],
    ['=== app.py (pid 913) ===', { pid: 913, command: 'app.py' }],
    ['=== sample 3, pid 913 ===', { pid: 913 }],
    ['=== smaps: pid 913 ===', { pid: 913 }],
  ])('%s', (line, process) => {
    expect(processHeader(line, BELOW)).toEqual(process);
  });

  it.each([
    '=== 812 ===',
    '=== sample 3 ===',
    '=== phase 2 ===',
    '### iteration 12 of 40',
    '--- after 60 s ---',
    '3 samples left',
    'run #5',
    'bin 2',
    'uptime: 12345.67 2345.6',
    '2026-09-21 14:13:20',
    'load average: 0.12, 0.34, 0.56',
  ])('is none in "%s"', (line) => {
    expect(processHeader(line, BELOW)).toBeUndefined();
  });

  it('is never number 0, which counts instances', () => {
    expect(processHeader('--- pod/sensord-0 ---', BELOW)?.pid).toBeUndefined();
  });

  it('is not looked for in a line of maps', () => {
    expect(mayNameProcess(`${FIRST}  /usr/bin/sensord`)).toBe(false);
    expect(mayNameProcess('sensord 812')).toBe(true);
  });

  it('is a name that the kernel has cut', () => {
    const below = `${FIRST}     /opt/acme/temperature-logger\n`;
    expect(processHeader('temperature-log 812', below)).toEqual({ pid: 812, command: 'temperature-log' });
    expect(processHeader('temperature 812', below)).toBeUndefined();
  });

  it('is looked for in lines of any content in no time', () => {
    const lines = [
      '8 '.repeat(255),
      `sensord ${'('.repeat(500)}8`,
      'pid '.repeat(127),
      'a-8 '.repeat(127),
      '8'.repeat(512),
    ];
    const time = cpuTime(() => {
      for (let i = 0; i < 100; i++) for (const line of lines) processHeader(line, BELOW);
    });
    expect(time).toBeLessThan(2000);
  });
});

const ROLLUP = `5581d0000000-7ffd5c7c2000 ---p 00000000 00:00 0          [rollup]
Rss:                 400 kB
`;

/** The processes that the first lines of rounds name, each above sums that tell no program. */
function inRounds(...lines: readonly string[]): (NamedProcess | undefined)[] {
  const text = lines.map((line) => `${line}\n${ROLLUP}`).join('');
  const window = new ByteWindow(Buffer.from(text));
  window.end = window.buffer.length;
  const headers = new ProcessHeaders(window);
  return lines.map((line) => {
    const process = headers.of(line);
    for (let passed = 0; passed < 3; passed++) window.skipLine();
    return process;
  });
}

describe('a line above sums, which tell no program', () => {
  const sensord = { pid: 812, command: 'sensord' };
  const webd = { pid: 913, command: 'webd' };

  it.each([
    ['=== 812 sensord ===', '=== 913 webd -p 80 ==='],
    ['sensord (812)', 'webd (913)'],
    ['# sensord[812]', '# webd[913]'],
    ['=== 812 /opt/sensord ===', '=== 913 /opt/webd ==='],
  ])('names a process where it comes again: %s', (one, other) => {
    expect(inRounds(one, other, one, other)).toEqual([sensord, webd, sensord, webd]);
    expect(inRounds(one, other)).toEqual([undefined, undefined]);
  });

  it('names one also behind the time of the round', () => {
    const lines = ['14:13:20', '14:14:20'].flatMap((time) =>
      ['sensord 812', 'webd 913'].map((name) => `=== 2026-09-21 ${time} ${name} ===`),
    );
    expect(inRounds(...lines)).toEqual([sensord, webd, sensord, webd]);
  });

  it('may be a bare number or name', () => {
    expect(inRounds('*** 812 ***', '*** 913 ***', '*** 812 ***')).toEqual([{ pid: 812 }, { pid: 913 }, { pid: 812 }]);
    expect(inRounds('== sensord', '== webd', '== sensord')).toEqual([
      { command: 'sensord' },
      { command: 'webd' },
      { command: 'sensord' },
    ]);
  });

  it.each([
    ['=== 1 ===', '=== 2 ===', '=== 3 ==='],
    ['=== zyklus 3 ===', '=== zyklus 30 ===', '=== zyklus 31 ==='],
    ['=== sample 1 ===', '=== sample 2 ===', '=== sample 1 ==='],
    ['--- memory ---', '--- memory ---'],
    ['t=60', 't=120', 't=180'],
  ])('counts, and names none: %s', (...lines) => {
    expect(inRounds(...lines)).toEqual(lines.map(() => undefined));
  });
});

describe('text that begins with VMAs', () => {
  it.each([
    BELOW,
    `\n${BELOW}`,
    `::::::::::::::\n${BELOW}`,
    `Mon Sep 21 14:13:20 UTC 2026\n${BELOW}`,
    `----\n\n${BELOW}`,
  ])('%j', (text) => {
    expect(beginsWithVmas(text)).toBe(true);
  });

  it.each(['', 'Rss: 4 kB\n', `a word\n${BELOW}`, `\n\n\n\n\n${BELOW}`, FIRST])('is not %j', (text) => {
    expect(beginsWithVmas(text)).toBe(false);
  });
});
