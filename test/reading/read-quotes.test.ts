import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import type { InputFile } from '../../src/ingest/captures-folder.js';
import type { Analysis } from '../../src/model/analysis.js';
import type { Origin } from '../../src/model/origin.js';
import type { Verdict } from '../../src/model/verdict.js';
import { withQuotes } from '../../src/reading/read-quotes.js';
import { emptyAnalysis } from '../report/fixture-analysis.js';

const scratch = mkdtempSync(join(tmpdir(), 'memreport-quotes-'));
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

describe('withQuotes', () => {
  it('quotes the line at each origin, of plain files and packed ones', async () => {
    const text = 'first line\n\tsecond  line \r\nthird';
    const plain = written('plain.log', text);
    const packed = written('packed.log.gz', gzipSync(text));
    const origins = [at('plain.log', 1), at('plain.log', 2), at('packed.log.gz', 3), at('plain.log', 4)];
    expect(await quotesOf([plain, packed], origins)).toEqual(['first line', 'second  line', 'third']);
  });

  it('quotes what colours a log without the colours', async () => {
    const file = written('colour.log', '\u001b[1m\u001b[31m==1==ERROR: AddressSanitizer: SEGV\u001b[1m\u001b[0m\n');
    expect(await quotesOf([file], [at('colour.log', 1)])).toEqual(['==1==ERROR: AddressSanitizer: SEGV']);
  });

  it('quotes lines of files in archives, under the names that the run gives them', async () => {
    mkdirSync(join(scratch, 'night'));
    writeFileSync(join(scratch, 'night/a.log'), 'of a\n');
    writeFileSync(join(scratch, 'night/b.log'), 'of b\n');
    execFileSync('tar', ['-czf', 'night.tar.gz', 'night'], { cwd: scratch });
    expect(await quotesOf([input('night.tar.gz')], [at('night.tar.gz/night/b.log', 1)])).toEqual(['of b']);
  });

  it('quotes lines of any place in a file, also over the ends of what is read at once', async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `line ${index + 1} ${'ä'.repeat(index % 60)}`);
    const file = written('long.log', lines.join('\n'));
    const wanted = [1, 2, 1_037, 9_999, 19_999, 20_000];
    // Of each statement, three places are quoted.
    const quotes = (await Promise.all(wanted.map((line) => quotesOf([file], [at('long.log', line)])))).flat();
    expect(quotes).toEqual(wanted.map((line) => lines[line - 1]?.trim()));
  });

  it('quotes of a VMA what it holds, beside where it is', async () => {
    const vma = (start: string, kilobytes: number): string =>
      [
        `${start}000-${start}fff rw-p 00000000 00:00 0                          [heap]`,
        `Size:                 ${kilobytes * 2} kB`,
        `Rss:                  ${kilobytes} kB`,
        `Private_Dirty:        ${kilobytes} kB`,
        'VmFlags: rd wr mr mw me ac',
        '',
      ].join('\n');
    const file = written('smaps', vma('5601', 84) + vma('5602', 1408));
    expect(await quotesOf([file], [at('smaps', 1), at('smaps', 6), at('smaps', 8)])).toEqual([
      '5601000-5601fff rw-p 00000000 00:00 0 [heap] … Rss: 84 kB … Private_Dirty: 84 kB',
      '5602000-5602fff rw-p 00000000 00:00 0 [heap] … Rss: 1408 kB … Private_Dirty: 1408 kB',
      'Rss:                  1408 kB',
    ]);
  });

  it('cuts a line at 200 characters and shows what is invisible', async () => {
    const file = written('odd.log', `\u001b\u202e${'😀'.repeat(5000)}\nnext\n`);
    const [first = '', next] = await quotesOf([file], [at('odd.log', 1), at('odd.log', 2)]);
    expect(first).toMatch(/^\\x1b\\u202e(?:😀)+…$/u);
    expect(first.length).toBeLessThanOrEqual(200);
    expect(Buffer.from(first).toString()).toBe(first);
    expect(next).toBe('next');
  });

  it('leaves out what cannot be read any more, and lines that a file does not have', async () => {
    const gone = input('gone.log');
    const damaged = written('damaged.gz', gzipSync('x\n'.repeat(9000)).subarray(0, 30));
    const origins = [at('gone.log', 1), at('damaged.gz', 9000), at('never/listed', 1)];
    expect(await quotesOf([gone, damaged], origins)).toEqual([]);
    expect(await quotesOf([gone], [at('gone.log', 0)])).toEqual([]);
  });

  it('quotes at most 200 lines of a run, those of leaks first', async () => {
    const file = written('many.log', Array.from({ length: 400 }, (_, index) => `line ${index + 1}`).join('\n'));
    const verdicts = Array.from({ length: 300 }, (_, index) =>
      verdictOf(index < 250 ? 'clean' : 'leak', [at('many.log', index + 1)]),
    );
    const quoted = await withQuotes({ ...emptyAnalysis(), verdicts }, [file]);
    const lines = quoted.verdicts.flatMap(({ grounds }) => grounds.flatMap(({ origins }) => origins));
    expect(lines.filter(({ quote }) => quote !== undefined)).toHaveLength(200);
    for (const { line, quote } of lines.slice(250)) expect(quote).toBe(`line ${line}`);
  });
});

async function quotesOf(inputs: readonly InputFile[], origins: readonly Origin[]): Promise<string[]> {
  const groups = origins.map((origin) => verdictOf('leak', [origin]));
  const analysis: Analysis = { ...emptyAnalysis(), verdicts: groups };
  const { verdicts } = await withQuotes(analysis, inputs);
  return verdicts.flatMap(({ grounds }) =>
    grounds.flatMap((ground) => ground.origins.flatMap(({ quote }) => quote ?? [])),
  );
}

function verdictOf(label: Verdict['label'], origins: readonly Origin[]): Verdict {
  const grounds = [{ rule: 'private-growth', statement: 'It grew.', origins }];
  return { device: 'd', command: 'c', label, explainedBy: [], grounds, objections: [], defects: [], missing: [] };
}

function written(path: string, content: string | Uint8Array): InputFile {
  writeFileSync(join(scratch, path), content);
  return input(path);
}

function input(path: string): InputFile {
  return { path, absolute: join(scratch, path), below: path, rootName: 'night' };
}

function at(file: string, line: number): Origin {
  return { file, line };
}
