import { describe, expect, it } from 'vitest';
import { readFile } from './capture-tree.js';

const ROLLUP = `00400000-7fffa2bee000 ---p 00000000 00:00 0                          [rollup]
Rss:                2272 kB
Pss:                 916 kB
Locked:                0 kB
`;
const status = (pid: number, name: string): string =>
  `Name:\t${name}\nTgid:\t${pid}\nPid:\t${pid}\nVmRSS:\t    2272 kB\n`;

/** As `grep -r . /proc/PID/` prints it. */
function grepped(pid: number, file: string, text: string): string {
  return text.replaceAll(/^(?=.)/gm, `/proc/${pid}/${file}:`);
}

/** Two rounds of all files of two processes. */
function rounds(filesOf: (pid: number, name: string) => string): string {
  return [25, 35].map((s) => `2026-11-23 01:06:${s}\n${filesOf(812, 'sensord')}${filesOf(813, 'logd')}`).join('');
}

async function commandsOf(text: string): Promise<unknown[]> {
  const { captures, files } = await readFile(text, 'grep_r.log');
  expect(files[0]?.lines?.reported).toBe(0);
  return captures.filter(({ format }) => format === 'smaps_rollup').map(({ context }) => context.command);
}

describe('what names the process of a file of /proc', () => {
  it('is its status, wherever that stands above', async () => {
    const text = rounds(
      (pid, name) => grepped(pid, 'status', status(pid, name)) + grepped(pid, 'smaps_rollup', ROLLUP),
    );
    expect(await commandsOf(text)).toEqual(['sensord', 'logd', 'sensord', 'logd']);
  });

  it('is its comm or cmdline, where each line tells of which file it is', async () => {
    for (const file of ['comm', 'cmdline']) {
      const text = rounds((pid, name) => grepped(pid, file, `${name}\n`) + grepped(pid, 'smaps_rollup', ROLLUP));
      expect(await commandsOf(text)).toEqual(['sensord', 'logd', 'sensord', 'logd']);
    }
  });

  it('is its comm below a banner, too', async () => {
    const text = rounds(
      (pid, name) => `==> /proc/${pid}/comm <==\n${name}\n\n==> /proc/${pid}/smaps_rollup <==\n${ROLLUP}\n`,
    );
    expect(await commandsOf(text)).toEqual(['sensord', 'logd', 'sensord', 'logd']);
  });
});
