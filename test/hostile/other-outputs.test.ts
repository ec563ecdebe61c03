import { posix, win32 } from 'node:path';
import { styleText } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparisonText } from '../../src/cli/comparison-text.js';
import { problemLine } from '../../src/cli/problem-line.js';
import { Terminal } from '../../src/cli/terminal.js';
import { verdictTable } from '../../src/cli/verdict-table.js';
import { compare } from '../../src/compare/compare.js';
import { render } from '../../src/render.js';
import { renderJira } from '../../src/report/outputs/markup-jira.js';
import { FUZZ_TIMEOUT, fuzzRuns } from '../fuzz/fuzz-runs.js';
import { fixtureAnalysis, wideAnalysis } from '../report/fixture-analysis.js';
import { attackText } from './attack-text.js';
import { attackedDocument } from './attacked-blocks.js';
import { jiraShape } from './jira-shape.js';
import { withTexts } from './with-texts.js';

const texts = fc.array(attackText, { minLength: 1, maxLength: 40 });

describe('the terminal, with any text of a capture', () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const CONTROL = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]/u;
  const paint = (text: string): string => styleText('red', text, { validateStream: false });
  const [begin = '', end = ''] = paint('|').split('|');

  it(
    'gets lines and colours of ours, and no control character else',
    () => {
      fc.assert(
        fc.property(texts, fc.constantFrom(undefined, 40, 80, 200), (words, columns) => {
          const analysis = withTexts(fixtureAnalysis(), 'report', words);
          const table = verdictTable(analysis, { columns, paint });
          const { verdicts } = analysis;
          expect(table.split(begin)).toHaveLength(verdicts.length + 1);
          const bare = table.replaceAll(begin, '').replaceAll(end, '');
          const ofSites = columns !== undefined && columns < 120 ? 2 : 0;
          const ofErrors = columns === undefined ? 0 : verdicts.filter(({ defects }) => defects.length > 0).length;
          expect(bare.split('\n').length).toBeLessThanOrEqual(verdicts.length + 1 + ofSites + ofErrors);
          expect(CONTROL.exec(bare)).toBeNull();
          for (const problem of analysis.problems) expect(CONTROL.exec(problemLine(problem))).toBeNull();
        }),
        fuzzRuns(500),
      );
    },
    FUZZ_TIMEOUT,
  );

  it(
    'gets no control character of a comparison, nor a line',
    () => {
      const terminal = new Terminal({ quiet: false, verbose: false, color: false });
      const analysis = fixtureAnalysis();
      const other = { ...analysis, programs: analysis.programs.slice(1), leaks: analysis.leaks.slice(0, 1) };
      const comparison = compare({ analysis, source: 'captures' }, { analysis: other, source: 'report' });
      fc.assert(
        fc.property(attackText, (word) => {
          const text = comparisonText(terminal, withTexts(comparison, 'diff', [`${word}\nMARK`]));
          expect(CONTROL.exec(text)).toBeNull();
          expect(text).toContain('MARK');
          expect(text).not.toMatch(/^MARK/m);
        }),
        fuzzRuns(500),
      );
    },
    FUZZ_TIMEOUT,
  );
});

describe('the files of a report', () => {
  it(
    'have names that are legal on any disk, each its own, and lie in its folder',
    async () => {
      const options = { formats: ['md', 'json'], onMessage: () => undefined };
      const bare = wideAnalysis(51, 0);
      await fc.assert(
        fc.asyncProperty(fc.array(attackText, { minLength: 60, maxLength: 60 }), async (words) => {
          const names: string[] = [];
          for await (const { name } of render(withTexts(bare, 'report', words), options)) names.push(name);
          expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
          for (const name of names) {
            expect(name).toMatch(/^(?:(?:tickets|devices\/[\w.-]{1,80})\/)?[\w.-]{1,140}\.(?:md|json)$/);
            expect(posix.normalize(name)).toBe(name);
            expect(win32.normalize(name)).toBe(name.replaceAll('/', '\\'));
            for (const part of name.split('/'))
              expect(part).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)|^[.-]|[.\s]$/i);
          }
        }),
        fuzzRuns(10),
      );
    },
    FUZZ_TIMEOUT,
  );
});

describe("Jira's notation, with any text of a capture", () => {
  it(
    'has the marks that it has with plain text',
    () => {
      const at = 22;
      const short = attackText.filter((text) => text.length < 40);
      const expected = jiraShape(renderJira(attackedDocument(Array.from({ length: at }, () => 'plain'))));
      fc.assert(
        fc.property(fc.array(short, { minLength: at, maxLength: at }), (words) => {
          expect(jiraShape(renderJira(attackedDocument(words)))).toBe(expected);
        }),
        fuzzRuns(500),
      );
    },
    FUZZ_TIMEOUT,
  );

  it('is told apart by its marks', () => {
    const marks = ['a\\*b', 'a*b*', '|a|b|', '|a&#124;b|', '{{a}}', '\\{\\{a}}'];
    expect(new Set(marks.map(jiraShape)).size).toBe(6);
  });
});
