import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ANDROID_TEXTS } from './android-texts.js';
import { type Cut, codesOf, expectPrefixes, lastLineOf } from './cuts.js';
import { FUZZ_TIMEOUT } from './fuzz-runs.js';

/** Expects at least one of these problems where the text is cut, and no other. */
function expectTold(cut: Cut, isCut: boolean, ...codes: string[]): void {
  const found = codesOf(cut).filter((code) => code !== 'unexplained-lines');
  const isRight = isCut ? found.length > 0 && found.every((code) => codes.includes(code)) : found.length === 0;
  if (!isRight) expect(found, `cut at byte ${cut.at}, in "${lastLineOf(cut)}"`).toEqual(isCut ? codes : []);
}

describe('a table of Android that is cut at any byte says what was whole, and that it was cut', {
  timeout: FUZZ_TIMEOUT,
}, () => {
  it('procrank, until its TOTAL', async () => {
    await expectPrefixes(Buffer.from(ANDROID_TEXTS.procrank), (cut) => {
      if (!/ cmdline\n *\d+ .*\n/.test(cut.text)) return;
      expectTold(cut, !cut.text.includes('TOTAL'), 'truncated-capture', 'bad-value');
    });
  });

  it.each(['showmap', 'showmap, old', 'showmap -o csv', 'showmap -o json'] as const)(
    '%s, until its TOTAL',
    async (name) => {
      const text = Buffer.from(ANDROID_TEXTS[name]);
      // The quote behind it, where there is one, is the end of the row.
      const end = text.indexOf('TOTAL') + (name.endsWith('csv') ? 6 : name.endsWith('json') ? 7 : 5);
      await expectPrefixes(text, (cut) => {
        if (!/\d.*[\n}]/.test(cut.text.slice(cut.text.indexOf('object')))) return;
        expectTold(cut, cut.at < end, 'truncated-capture', 'bad-value');
      });
    },
  );

  it('dumpsys meminfo of processes, until the row TOTAL of each', async () => {
    await expectPrefixes(Buffer.from(ANDROID_TEXTS['dumpsys meminfo of processes']), (cut) => {
      const last = cut.text.slice(cut.text.lastIndexOf('** MEMINFO in pid'));
      if (!/\] \*\*/.test(last)) return;
      // The last three amounts of the row are not read.
      expectTold(cut, !/\n +TOTAL(?: +\d+){8}/.test(last), 'truncated-capture', 'bad-value');
    });
  });

  it('dumpsys meminfo of the device, until the tables that are not by process', async () => {
    await expectPrefixes(Buffer.from(ANDROID_TEXTS['dumpsys meminfo of the device']), (cut) => {
      if (!/\n *[\d,]+K: .*\(pid \d+\)/.test(cut.text)) return;
      expectTold(cut, !cut.text.includes('Total PSS by OOM adjustment:'), 'truncated-capture');
    });
  });

  it('dumpsys meminfo -c, until the rows that are not of processes', async () => {
    await expectPrefixes(Buffer.from(ANDROID_TEXTS['dumpsys meminfo -c']), (cut) => {
      if (!/\nproc,.*\n/.test(cut.text) || lastLineOf(cut).startsWith('oom')) return;
      expectTold(cut, !/\noom,cached,\d/.test(cut.text), 'truncated-capture');
    });
  });

  it('a bug report, in the tables above', async () => {
    const text = ANDROID_TEXTS.bugreport;
    const codes = new Set<string>();
    await expectPrefixes(Buffer.from(text), (cut) => {
      for (const code of codesOf(cut)) codes.add(code);
    });
    expect([...codes].filter((code) => code !== 'truncated-capture' && code !== 'bad-value')).toEqual([]);
    expect(codes.has('truncated-capture')).toBe(true);
  });
});

it(
  'smaps_rollup that is cut at any byte says what was whole, and that it was cut',
  async () => {
    const one = readFileSync('samples/sets/leak-example/20261123T021846Z/9022/smaps_rollup');
    await expectPrefixes(Buffer.concat([one, one]), (cut) => {
      const last = cut.text.slice(cut.text.lastIndexOf('[rollup]\n'));
      if (!last.startsWith('[rollup]\n') || lastLineOf(cut).endsWith('[rollup]')) return;
      expectTold(cut, !/\nLocked: +\d+ kB/.test(last), 'truncated-capture', 'bad-value');
    });
  },
  FUZZ_TIMEOUT,
);
