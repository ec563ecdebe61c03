import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { smapsRollup } from '../../../src/ingest/formats/smaps-rollup.js';
import { KIB } from '../../../src/model/units.js';
import { expectGoldenJson } from '../../golden.js';
import { readFile } from '../capture-tree.js';
import { readText } from '../read-text.js';

const SET = fileURLToPath(new URL('../../../samples/sets/leak-example/', import.meta.url));
const HEADER = '559329443000-7fffa2bee000 ---p 00000000 00:00 0                          [rollup]\n';
const FIELDS = `Rss:                2272 kB
Pss:                 916 kB
Private_Clean:        12 kB
Private_Dirty:       820 kB
Swap:                  4 kB
Locked:                0 kB
`;
const SAMPLE = { rss: 2272 * KIB, pss: 916 * KIB, swap: 4 * KIB, uss: 832 * KIB, privateDirty: 820 * KIB };

/** The rollups of the set, one in each pid's folder, in the order of time. */
function rollupsOf(set: string): string[] {
  return readdirSync(set, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('/smaps_rollup'))
    .sort();
}

describe('smaps_rollup', () => {
  it('reads the rollups of samples/sets/leak-example', () => {
    expect(existsSync(SET)).toBe(true);
    const samples = rollupsOf(SET).map((path) => {
      const text = readFileSync(SET + path, 'utf8');
      expect(smapsRollup.recognizes(text)).toBe(true);
      const { readings, problems, rest } = readText(smapsRollup, text);
      expect([problems, rest]).toEqual([[], '']);
      return readings.map((reading) => (reading.type === 'sample' ? reading.sample : reading.type));
    });
    expect(samples.length).toBeGreaterThan(20);
    expectGoldenJson('smaps-rollup/leak-example.json', samples.flat());
  });

  it('reads a set of fields that grep left', () => {
    for (const text of [FIELDS, FIELDS.slice(0, FIELDS.indexOf('Swap')), `${FIELDS}Mon Nov 23 01:06:25 UTC 2026\n`]) {
      expect(smapsRollup.recognizes(text)).toBe(true);
      const { readings, problems } = readText(smapsRollup, text);
      expect(readings).toMatchObject([
        { type: 'sample', origin: { line: 1 }, sample: { rss: 2272 * KIB, uss: 832 * KIB } },
      ]);
      expect(problems).toEqual([]);
    }
    const pss = 'Pss:                 916 kB\nPss_Dirty:           820 kB\nSwapPss:               0 kB\n';
    expect(readText(smapsRollup, pss).readings).toMatchObject([{ sample: { pss: 916 * KIB } }]);
  });

  it('adds up the fields of VMAs that grep left below a date, and takes each set of rollups for itself', async () => {
    const date = 'Mon Nov 23 01:06:25 UTC 2026\n';
    const vmas = 'Rss:    8 kB\nPss:    4 kB\nRss:    16 kB\nPss:    8 kB\nRss:    0 kB\nPss:    0 kB\n';
    expect((await readFile(date + vmas)).captures).toMatchObject([{ sample: { rss: 24 * KIB, pss: 12 * KIB } }]);
    const rollups = vmas.slice(0, vmas.indexOf('Rss:    0'));
    expect((await readFile(rollups)).captures).toMatchObject([
      { sample: { rss: 8 * KIB, pss: 4 * KIB } },
      { sample: { rss: 16 * KIB, pss: 8 * KIB } },
    ]);
    const sizes = await readFile(`${date}Size:    8 kB\nRss:    4 kB\nSize:    16 kB\nRss:    4 kB\n`);
    expect(sizes.captures).toMatchObject([{ sample: { vss: 24 * KIB, rss: 8 * KIB } }]);
  });

  it('does not use the fields of VMAs without a date: of how many snapshots they are, nothing tells', async () => {
    const { captures, problems } = await readFile('Rss:    8 kB\nPss:    4 kB\nRss:    0 kB\nPss:    0 kB\n'.repeat(2));
    expect(captures).toEqual([]);
    expect(problems).toMatchObject([{ severity: 'error', code: 'untimed-capture', line: 1 }]);
  });

  it('reads one field below each date, and not the last of many others', async () => {
    const dated = [25, 35].map((s) => `2026-11-23 01:06:${s}\nRss:                ${s} kB\n`);
    expect((await readFile(dated.join(''))).captures).toMatchObject([
      { sample: { rss: 25 * KIB } },
      { sample: { rss: 35 * KIB } },
    ]);
    expect((await readFile('Others:    4 kB\nRss:    8 kB\nPss:    4 kB\n')).captures).toEqual([]);
  });

  it('tells processes apart by their addresses where nothing tells their pids', async () => {
    const other = HEADER.replace('559329443000', '55aa29443000') + FIELDS;
    const { captures } = await readFile(
      ['25', '35'].map((s) => `2026-11-23 01:06:${s}\n${HEADER}${FIELDS}${other}`).join(''),
    );
    expect(new Set(captures.map(({ context }) => context.layout)).size).toBe(2);
    expect(captures.every(({ context }) => context.takenAt !== undefined)).toBe(true);
  });

  it.each([
    ['one field alone among others', 'Pss:    4 kB\nA:    4 kB\n'],
    ['a VMA that was cut', `${FIELDS}7f19e0574000-7f19e0d74000 rw-s 00000000 fd:00 4 /x\n`],
    ['the last VMA of smaps', `${FIELDS}VmFlags: rd mr mw me\n`],
    ['fields that have no sum', `Size:    8 kB\n${FIELDS}`],
    ['the sizes of pages', `KernelPageSize:    4 kB\n${FIELDS}`],
    ['meminfo', 'MemTotal:    8 kB\nMemFree:    4 kB\n'],
    ['other words', 'Rss:    8 kB\nOthers:    4 kB\n'],
  ])('takes %s for none', (_, text) => {
    expect(smapsRollup.recognizes(text)).toBe(false);
  });

  it('makes USS of the private memory, and no size of the range', () => {
    expect(readText(smapsRollup, HEADER + FIELDS).readings).toEqual([
      {
        type: 'sample',
        says: { layout: '559329443000-7fffa2bee000 [rollup]' },
        origin: { file: 'test.txt', line: 1 },
        sample: SAMPLE,
      },
    ]);
  });

  it('divides a concatenation at the header', () => {
    const { readings, problems } = readText(smapsRollup, HEADER + FIELDS + HEADER + FIELDS);
    expect(readings.map(({ origin }) => origin.line)).toEqual([1, 8]);
    expect(problems).toEqual([]);
  });

  it('divides at a repeated field where the headers are gone', () => {
    const { readings } = readText(smapsRollup, HEADER + FIELDS + FIELDS.replace('2272', '2752'));
    expect(readings).toMatchObject([{ sample: SAMPLE }, { origin: { line: 8 }, sample: { rss: 2752 * KIB } }]);
  });

  it('takes CRLF, and fields of later kernels', () => {
    const text = (HEADER + FIELDS.replace('Locked', 'New_Thing:             1 kB\nLocked')).replaceAll('\n', '\r\n');
    expect(readText(smapsRollup, text)).toMatchObject({ readings: [{ sample: SAMPLE }], problems: [], rest: '' });
  });

  it('keeps what is whole of a rollup that is cut, and reports it', () => {
    const { readings, problems } = readText(smapsRollup, HEADER + FIELDS.slice(0, FIELDS.indexOf('Private_Clean')));
    expect(readings).toMatchObject([{ sample: { rss: 2272 * KIB, pss: 916 * KIB } }]);
    expect(readings[0]).not.toHaveProperty('sample.uss');
    expect(problems).toMatchObject([{ severity: 'error', code: 'truncated-capture', line: 1 }]);
  });

  it('makes nothing of a header alone', () => {
    const { readings, problems } = readText(smapsRollup, HEADER);
    expect(readings).toEqual([]);
    expect(problems).toMatchObject([{ code: 'truncated-capture' }]);
  });

  it('stops at meminfo, which looks alike', () => {
    expect(readText(smapsRollup, `${HEADER}${FIELDS}MemTotal:         353332 kB\n`).rest).toBe(
      'MemTotal:         353332 kB\n',
    );
  });

  it.each([
    ['smaps', '00400000-0048a000 r-xp 00000000 fd:03 960637       /bin/bash\nSize:                552 kB\n'],
    ['a file named rollup', '00400000-0048a000 ---p 00000000 fd:03 960637       /tmp/[rollup]\nSize:         4 kB\n'],
    ['meminfo', 'MemTotal:         353332 kB\nMemFree:          353332 kB\n'],
  ])('does not recognize %s', (_, text) => {
    expect(smapsRollup.recognizes(text)).toBe(false);
  });
});
