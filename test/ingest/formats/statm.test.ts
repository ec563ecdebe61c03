import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readFile } from '../capture-tree.js';

const LINE = readFileSync('samples/statm/leak-example.statm', 'utf8');
const [PAGES = 0, RESIDENT = 0] = LINE.split(' ').map(Number);
const NEXT = LINE.replace(String(RESIDENT), String(RESIDENT + 100));
const PAGE = 4096;
const totals = [
  { vss: PAGES * PAGE, rss: RESIDENT * PAGE },
  { vss: PAGES * PAGE, rss: (RESIDENT + 100) * PAGE },
];

describe('a loop of statm', () => {
  it.each([
    ['with epochs before the lines', `1795395985 ${LINE}1795395987.5 ${NEXT}`, 1_795_395_985_000, 1_795_395_987_500],
    ['with epochs of milliseconds', `1795395985000 ${LINE}1795395987500 ${NEXT}`, 1_795_395_985_000, 1_795_395_987_500],
    [
      'with dates between',
      `Mon Nov 23 01:06:25 UTC 2026\n${LINE}Mon Nov 23 01:06:26 UTC 2026\n${NEXT}`,
      Date.UTC(2026, 10, 23, 1, 6, 25),
      Date.UTC(2026, 10, 23, 1, 6, 26),
    ],
    ['without any time', LINE + NEXT, undefined, undefined],
    ['in pages', `1795395985 ${LINE}`, 1_795_395_985_000],
  ])('%s has a sample for each line, and says that pages were taken as 4 KiB', async (_, text, ...times) => {
    const { samples, problems, files } = await readFile(text, 'statm_sensord_812.log');
    expect(samples.map(({ sample }) => sample)).toEqual(totals.slice(0, times.length));
    expect(samples.map(({ context }) => context.takenAt)).toEqual(times);
    expect(samples.map(({ context }) => [context.command, context.pid])).toEqual(times.map(() => ['sensord', 812]));
    expect(problems.map(({ code, severity }) => [code, severity])).toEqual([['assumed-page-size', 'warning']]);
    expect(files[0]?.lines?.reported).toBe(0);
  });

  it('says so once for a file', async () => {
    const { samples, problems } = await readFile((LINE + NEXT).repeat(300));
    expect(samples).toHaveLength(600);
    expect(problems.map(({ code }) => code)).toEqual(['assumed-page-size']);
  });

  it('whose numbers are beyond what is exact has no sample for that line', async () => {
    const huge = LINE.replace(/^\d+/, '99999999999999999999');
    const { samples, problems } = await readFile(LINE + huge + NEXT);
    expect(samples.map(({ sample }) => sample)).toEqual(totals);
    expect(problems.map(({ code }) => code)).toEqual(['assumed-page-size', 'bad-value']);
  });
});
