import { expect, it } from 'vitest';
import { withoutEscapes } from '../../src/ingest/terminal-escapes.js';
import { cpuTime } from '../cpu-time.js';

function shown(text: string): string {
  const buffer = Buffer.from(text);
  return buffer.toString('utf8', 0, withoutEscapes(buffer, 0, buffer.length));
}

it.each([
  ['plain\n', 'plain\n'],
  ['\x1b[31mred\x1b[0m\n', 'red\n'],
  ['\x1b[?2004l\rRss: 4 kB\r\n', 'Rss: 4 kB\r\n'],
  ['\x1b[?2004l\r\n', '\r\n'],
  ['\x1b]0;root@board: ~\x07root@board:~# date\n', 'root@board:~# date\n'],
  ['\x1b]0;never ended\nnext\n', '\x1b]0;never ended\nnext\n'],
  ['\x1b[12\nnext\x1b', '\x1b[12\nnext\x1b'],
  ['\x1b\x1b[Kx', '\x1bx'],
  ['é\x1b[1mü\n', 'éü\n'],
  ['[1m[31m==7==ERROR: é\n[1m[0m    #0 0x1 in f()\n', '==7==ERROR: é\n    #0 0x1 in f()\n'],
  ['^[[0;32m[ RUN ]^[[0m fa[04]fa [main] a[1m]\n', '[ RUN ] fa[04]fa [main] a]\n'],
  ['fa[04]fa [main] a[1m]\n', 'fa[04]fa [main] a[1m]\n'],
])('%j is shown as %j', (text, expected) => {
  expect(shown(text)).toBe(expected);
});

it('leaves alone what is outside of the stretch', () => {
  const buffer = Buffer.from('\x1b[1ma\x1b[1mb\x1b[1mc');
  expect(withoutEscapes(buffer, 5, 10)).toBe(6);
  expect(buffer.toString('latin1', 0, 6)).toBe('\x1b[1mab');
});

it('takes no more than a glance at each sequence that never ends', () => {
  const buffer = Buffer.from('\x1b]\x1b['.repeat(250_000));
  const time = cpuTime(() => {
    expect(withoutEscapes(buffer, 0, buffer.length)).toBe(buffer.length);
  });
  expect(time).toBeLessThan(5000);
});
