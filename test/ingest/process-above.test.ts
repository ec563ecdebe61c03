import { describe, expect, it } from 'vitest';
import { readFile } from './capture-tree.js';
import { smapsText, vmaText } from './smaps-text.js';

const smaps = smapsText([
  vmaText(1, '/opt/demo/a-sensor-daemon-of-ours', 4, { permissions: 'r-xp' }),
  vmaText(9, '[heap]', 8),
]);
const rollup = '00400000-7fffa2bee000 ---p 00000000 00:00 0        [rollup]\nRss:      2272 kB\nPss:       916 kB\n';
const status = (pid: number, name = 'sensord'): string => `Name:\t${name}\nPid:\t${pid}\nVmRSS:\t    2272 kB\n`;

/** The processes of what says itself whose it is not. */
async function processesOf(text: string): Promise<[number | undefined, string | undefined][]> {
  const { captures } = await readFile(text);
  const told = captures.filter(({ format }) => format !== 'status');
  return told.map(({ context }) => [context.pid, context.command]);
}

describe('what stands below the status of a process', () => {
  it('is of that process, up to the next one', async () => {
    expect(await processesOf(status(812) + smaps + status(813) + smaps)).toEqual([
      [812, 'sensord'],
      [813, 'sensord'],
    ]);
    expect(await processesOf(`${status(812)}\n${rollup}${smaps}`)).toEqual([
      [812, 'sensord'],
      [812, 'sensord'],
    ]);
  });

  it('has the name of its program where the one above may be cut', async () => {
    expect(await processesOf(status(812, 'a-sensor-daemon') + smaps)).toEqual([[812, 'a-sensor-daemon-of-ours']]);
  });

  it.each([
    ['below a header of its own', `${status(812)}1795395985\n${smaps}`],
    ['below several', status(812) + status(813) + smaps],
    ['where it stands above in the same file', smaps + status(812) + smaps + status(812)],
    ['below one without a pid', `Name:\tsensord\nVmRSS:\t    2272 kB\n${smaps}`],
  ])('is not, %s', async (_, text) => {
    expect((await processesOf(text)).map(([pid]) => pid)).not.toContain(812);
  });

  it('is of the one that its header names', async () => {
    expect(await processesOf(`pid: 900\n${status(812)}${smaps}`)).toEqual([[900, 'a-sensor-daemon-of-ours']]);
  });
});
