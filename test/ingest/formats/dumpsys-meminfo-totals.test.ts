import { describe, expect, it } from 'vitest';
import { dumpsysMeminfoTotals } from '../../../src/ingest/formats/dumpsys-meminfo-totals.js';
import { KIB } from '../../../src/model/units.js';
import { readFile } from '../capture-tree.js';

const ROW = '        TOTAL   174545   143852    18736      303    92448    66591    25856\n';
const SUMMARY = '           TOTAL PSS:   174545            TOTAL RSS:   224676       TOTAL SWAP PSS:      303\n';
const OLD_SUMMARY = '               TOTAL:   174545       TOTAL SWAP PSS:      303\n';
const DATES = ['2026-11-23 01:06:25\n', '2026-11-23 01:07:25\n'];

describe('totals of dumpsys meminfo alone', () => {
  it.each([
    ['the row', ROW, { pss: 174545 * KIB }],
    ['the summary', SUMMARY, { pss: 174545 * KIB, rss: 224676 * KIB, swap: 303 * KIB }],
    ['both, once', ROW + OLD_SUMMARY, { pss: 174545 * KIB, swap: 303 * KIB }],
  ])('are read of %s', async (_, lines, sample) => {
    const { captures, files } = await readFile(DATES.map((date) => date + lines).join(''));
    expect(captures.map((capture) => capture.type === 'sample' && capture.sample)).toEqual([sample, sample]);
    expect(files).toMatchObject([{ format: 'dumpsys-meminfo-totals', lines: { reported: 0 } }]);
  });

  it('are as many as there are rows, without dates', async () => {
    const { captures } = await readFile(ROW.repeat(3));
    expect(captures).toHaveLength(3);
  });

  it.each(['TOTAL     1234     56    95%\n', 'TOTAL 12 34 56 78 90 12\n', '      TOTAL PSS: 12\n'])(
    'are none in %j',
    (line) => {
      expect(dumpsysMeminfoTotals.recognizes(line)).toBe(false);
    },
  );
});
