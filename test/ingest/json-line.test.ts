import { describe, expect, it } from 'vitest';
import { readFile } from './capture-tree.js';

const AT = Date.UTC(2026, 10, 23, 1, 6, 25);
const STATUS = 'Name:\tsensord\nTgid:\t812\nPid:\t812\nVmSize:\t    3136 kB\nVmRSS:\t    2272 kB\n';

function logged(line: (text: string, second: number) => unknown): string {
  return [25, 35]
    .flatMap((second) =>
      STATUS.trimEnd()
        .split('\n')
        .map((text) => `${JSON.stringify(line(text, second))}\n`),
    )
    .join('');
}

describe('a log of JSON objects', () => {
  it.each([
    [
      'Docker',
      (text: string, s: number) => ({ log: `${text}\n`, stream: 'stdout', time: `2026-11-23T01:06:${s}.000Z` }),
    ],
    ['a logger', (text: string, s: number) => ({ ts: 1795395960 + s, host: 'board-7', message: text })],
    ['the journal', (text: string, s: number) => ({ MESSAGE: text, __REALTIME_TIMESTAMP: `${1795395960 + s}000000` })],
  ])('of %s is the text that it holds', async (_, line) => {
    const { captures, problems, files } = await readFile(logged(line));
    expect(captures).toMatchObject([
      { context: { pid: 812, command: 'sensord', takenAt: AT }, sample: { rss: 2272 * 1024 } },
      { context: { pid: 812, takenAt: AT + 10_000 } },
    ]);
    expect(problems).toEqual([]);
    expect(files).toMatchObject([{ format: 'status', lines: { reported: 0 } }]);
  });

  it('tells the device', async () => {
    const { captures } = await readFile(logged((text, s) => ({ time: s, host: 'board-7', message: text })));
    expect(captures.map(({ context }) => context.device)).toEqual(['board-7', 'board-7']);
  });

  it('of many lines in one is none', async () => {
    const { files } = await readFile(`${JSON.stringify({ message: STATUS })}\n`.repeat(3));
    expect(files).toMatchObject([{ status: 'ignored' }]);
  });

  it('of a leak checker is its log, without colours and with its letters', async () => {
    const log = [
      'Memcheck, a memory error detector',
      'Command: ./Müller',
      '\u001b[1mHEAP SUMMARY:\u001b[0m',
      '    in use at exit: 5 bytes in 1 blocks',
      'LEAK SUMMARY:',
      '   definitely lost: 5 bytes in 1 blocks',
    ];
    const kept = (ascii: boolean): string =>
      log
        .map((text, i) =>
          JSON.stringify({ log: `==7== ${text}\r\n`, stream: 'stderr', time: `2026-01-31T21:00:0${i}.123456789Z` }),
        )
        .map((line) => `${ascii ? line.replace('ü', '\\u00fc') : line}\n`)
        .join('');
    for (const ascii of [false, true]) {
      const { captures, problems } = await readFile(kept(ascii));
      expect(problems).toEqual([]);
      expect(captures).toMatchObject([
        {
          context: { command: 'Müller' },
          summaries: [{ pid: 7, definite: { bytes: 5, blocks: 1 }, origin: { line: 6 } }],
        },
      ]);
    }
  });
});
