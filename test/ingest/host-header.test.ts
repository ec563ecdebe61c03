import { describe, expect, it } from 'vitest';
import { type ReadCaptures, readFile } from './capture-tree.js';

const ROLLUP = `00400000-7fffa2bee000 ---p 00000000 00:00 0                          [rollup]
Rss:                2272 kB
Pss:                 916 kB
Locked:                0 kB
`;
const DATE = 'Mon Nov 23 01:06:25 UTC 2026\n';

function behind(prefix: string): string {
  return (DATE + ROLLUP).replaceAll(/^(?=.)/gm, prefix);
}

function placesOf({ captures }: ReadCaptures): unknown[] {
  return captures.map(({ context: { device, takenAt } }) => [device, takenAt !== undefined]);
}

describe('the devices of which a tool prints', () => {
  it.each([
    ['ansible', (host: string) => `${host} | CHANGED | rc=0 >>\n${DATE}${ROLLUP}`],
    ['pssh', (host: string) => `[1] 11:07:40 [SUCCESS] root@${host}:22\n${DATE}${ROLLUP}`],
    ['clush -b', (host: string) => `---------------\n${host}\n---------------\n${DATE}${ROLLUP}`],
    ['fabric', (host: string) => `[${host}] run: cat /proc/812/smaps_rollup\n${DATE}${ROLLUP}`],
    ['clush', (host: string) => behind(`${host}: `)],
    ['docker compose logs', (host: string) => behind(`${host}  | `)],
    ['kubectl logs --prefix', (host: string) => behind(`[pod/${host}] `)],
  ])('are told by %s', async (_, said) => {
    const read = await readFile(said('board-7') + said('board-8') + said('board-7'));
    expect(placesOf(read)).toEqual(['board-7', 'board-8', 'board-7'].map((device) => [device, true]));
    expect(read.problems).toEqual([]);
    expect(read.files).toMatchObject([{ lines: { reported: 0 } }]);
  });

  it('are kept below a date', async () => {
    const read = await readFile(`board-7 | CHANGED | rc=0 >>\n${DATE}${ROLLUP}${DATE.replace('25', '35')}${ROLLUP}`);
    expect(placesOf(read)).toEqual([
      ['board-7', true],
      ['board-7', true],
    ]);
  });

  it.each([
    ['times of day', '00:00:01 '],
    ['the fields of a capture', ''],
  ])('are not %s', async (_, prefix) => {
    const { captures } = await readFile(ROLLUP.repeat(3).replaceAll(/^(?=.)/gm, prefix), 'board-9/a.log');
    expect(captures.length).toBeGreaterThan(0);
    expect(captures.every(({ context }) => context.sources.device !== 'header')).toBe(true);
  });
});
