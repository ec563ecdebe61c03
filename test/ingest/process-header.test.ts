import { describe, expect, it } from 'vitest';
import { beginsWithVmas, mayNameProcess, processHeader } from '../../src/ingest/process-header.js';
import { cpuTime } from '../cpu-time.js';

const FIRST = '5581d0000000-5581d0001000 r-xp 00000000 fe:00 12';
const BELOW = `${FIRST}          /usr/bin/sensord
Rss:                 400 kB
5581d1000000-5581d1001000 r-xp 00000000 fe:00 13          /usr/bin/python3.11
7f81d1000000-7f81d1001000 r-xp 00000000 fe:00 14          /usr/lib/libphase.so.6
`;

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
