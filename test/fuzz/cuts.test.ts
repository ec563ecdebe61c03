import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Cut, codesOf, expectPrefixes, lastLineOf } from './cuts.js';
import { FUZZ_TIMEOUT } from './fuzz-runs.js';

const sample = (name: string): Buffer => readFileSync(`samples/${name}`);

/** The first bytes of a sample, up to the end of a line. */
function beginning(name: string, bytes: number): Buffer {
  const whole = sample(name);
  return whole.subarray(0, whole.indexOf(10, bytes) + 1);
}

/** Expects these problems at a cut. */
function expectCodes(cut: Cut, ...codes: string[]): void {
  const found = codesOf(cut);
  if (found.join() !== codes.join()) expect(found, `cut at byte ${cut.at}, after "${lastLineOf(cut)}"`).toEqual(codes);
}

describe('a text that is cut at any byte says what was whole, and that it was cut', () => {
  it('smaps, unless between two VMAs', async () => {
    const text = beginning('smaps/odd-names.smaps', 6000);
    const twice = Buffer.concat([text.subarray(0, text.lastIndexOf('VmFlags')), Buffer.from('VmFlags: rd wr \n')]);
    await expectPrefixes(
      Buffer.concat([twice, twice]),
      (cut) => {
        if (!cut.found.formats.includes('smaps')) return;
        // The line of flags is the last of a VMA, and nothing of it is used.
        if (/^VmFlags:/.test(lastLineOf(cut))) expectCodes(cut);
        else expectCodes(cut, 'truncated-capture');
      },
      'is whole',
    );
  });

  it('pmap -x, until its totals', async () => {
    await expectPrefixes(sample('pmap/two-pids.txt'), (cut) => {
      // Between two processes nothing is cut, and a piece of the next one's first lines is of no known format.
      const current = cut.text.slice(cut.text.lastIndexOf('\nAddress '));
      if (!/^\nAddress .*\n/.test(current) || /\ntotal kB .*\n/.test(current)) return;
      // The totals themselves may be cut inside of a number: then they do not agree with the rows.
      if (!/\ntotal kB +\d/.test(current)) expectCodes(cut, 'truncated-capture');
      else if (codesOf(cut).some((code) => code !== 'unlikely-value')) expectCodes(cut);
    });
  });

  it('memcheck, until its last summary', async () => {
    await expectPrefixes(sample('memcheck/memory-errors.log'), (cut) => {
      if (!/Command: /.test(cut.text)) return;
      // A total of which only a part is there cannot be read.
      const codes = codesOf(cut).filter((code) => code !== 'bad-value');
      const isTold = /LEAK SUMMARY:\n.*definitely lost: [\d,]+ bytes in [\d,]+ block/.test(cut.text);
      if (codes.join() !== (isTold ? '' : 'incomplete-log')) expectCodes(cut, isTold ? 'none' : 'incomplete-log');
    });
  });

  it.each(['asan/use-after-free.txt', 'lsan/indirect.txt'])('%s, until its SUMMARY', async (name) => {
    await expectPrefixes(sample(name), (cut) => {
      if (!/==\d+==ERROR: \w+Sanitizer: [^\n]*\n/.test(cut.text)) return;
      if (cut.text.includes('SUMMARY: AddressSanitizer: ')) return;
      expectCodes(cut, 'incomplete-log');
    });
  });

  it('memcheck XML, until its end', async () => {
    await expectPrefixes(sample('memcheck-xml/leak-example.xml'), (cut) => {
      if (!cut.text.includes('<tool>memcheck</tool>') || cut.text.includes('</valgrindoutput>')) return;
      // One cut is one problem: inside of an element, or between two.
      const codes = codesOf(cut);
      if (codes.join() !== 'truncated-capture') expectCodes(cut, 'incomplete-log');
    });
  });
});

/** Nothing tells that rows are missing, and the last one may be cut inside of a number or a name. */
describe('a table of plain rows that is cut at any byte says what was whole; the cut cannot be seen', () => {
  it.each([
    'maps/leak-example.maps',
    'smem/default.txt',
    'smem/loop-dated.txt',
    'smem/table.csv',
    'pmap/q.txt',
    'kernel-log/segfaults.txt',
    'status/leak-example.status',
    'stat/leak-example.stat',
  ])(
    '%s',
    async (name) => {
      const codes = new Set<string>();
      await expectPrefixes(sample(name), (cut) => {
        for (const code of codesOf(cut)) codes.add(code);
      });
      // A line that is cut may be one that cannot be read.
      expect([...codes].filter((code) => !/^(?:bad-value|unexplained-lines|truncated-capture)$/.test(code))).toEqual(
        [],
      );
    },
    FUZZ_TIMEOUT,
  );
});
