import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ANDROID_TEXTS } from './android-texts.js';
import { codesOf, expectPrefixes } from './cuts.js';
import { FUZZ_TIMEOUT } from './fuzz-runs.js';
import { readBytes } from './read-bytes.js';

const sample = (name: string): Buffer => readFileSync(`samples/${name}`);
const LINE = sample('statm/leak-example.statm').toString();
const MEMINFO = sample('sets/leak-example/20261123T021846Z/meminfo');

describe('a text of which the end is told', { timeout: FUZZ_TIMEOUT }, () => {
  it.each([
    ['massif', 'massif/leak-list-trees.massif', /\nsnapshot=/],
    ['dhat', 'dhat/leak-list.json', /"dhatFileVersion"/],
  ])('%s: a cut inside of it is one problem', async (_, name, start) => {
    const bytes = sample(name);
    const codes = new Set<string>();
    await expectPrefixes(bytes, (cut) => {
      if (!start.test(cut.text)) return;
      const found = codesOf(cut);
      if (found.length > 1) expect(found, `cut at byte ${cut.at}`).toHaveLength(1);
      for (const code of found) codes.add(code);
    });
    // A snapshot of massif that is cut in the first words of its next line is whole.
    expect([...codes].filter((code) => code !== 'unexplained-lines')).toEqual(['truncated-capture']);
    expect((await readBytes(bytes)).problems).toEqual([]);
  });
});

describe('a text of which the end cannot be seen says what was whole', { timeout: FUZZ_TIMEOUT }, () => {
  it.each([
    ['a loop of statm', Buffer.from([1, 2, 3].map((i) => `179539598${i} ${LINE}`).join(''))],
    ['/proc/meminfo', MEMINFO],
  ])('%s', async (_, bytes) => {
    const codes = new Set<string>();
    await expectPrefixes(bytes, (cut) => {
      const found = codesOf(cut).filter((code) => code !== 'assumed-page-size');
      if (found.length > 1) expect(found, `cut at byte ${cut.at}`).toHaveLength(1);
      for (const code of found) codes.add(code);
    });
    expect([...codes].filter((code) => !/^(?:bad-value|unexplained-lines|truncated-capture)$/.test(code))).toEqual([]);
  });
});

describe('a text of which nothing is used says nothing wherever it is cut', { timeout: FUZZ_TIMEOUT }, () => {
  it.each([
    ['librank', Buffer.from(ANDROID_TEXTS.librank), 'librank', 'unexplained-lines'],
    ['numa_maps', sample('numa_maps/leak-example.numa_maps'), 'numa_maps', 'unexplained-lines'],
    ['a log of helgrind', sample('valgrind-other/helgrind.log'), 'valgrind-other', 'refused-format'],
    ['a file of cachegrind', sample('valgrind-other/cachegrind.out'), 'valgrind-other', 'refused-format'],
    ["helgrind's XML", sample('memcheck-xml/helgrind.xml'), 'valgrind-other', 'refused-format'],
  ])('%s', async (_, bytes, format, code) => {
    let recognized = 0;
    for (let at = 1; at <= bytes.length; at++) {
      const found = await readBytes(bytes.subarray(0, at));
      if (found.readings.length > 0) expect(found.readings, `cut at byte ${at}`).toEqual([]);
      if (!found.formats.includes(format)) continue;
      recognized++;
      const codes = found.problems.map((problem) => problem.code);
      if (codes.length > 1 || codes.some((one) => one !== code)) expect(codes, `cut at byte ${at}`).toEqual([code]);
    }
    expect(recognized).toBeGreaterThan(bytes.length / 2);
  });
});
