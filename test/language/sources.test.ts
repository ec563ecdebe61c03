import { describe, expect, it } from 'vitest';
import { isCovered } from './catalogue-texts.js';
import { literalsIn } from './literals.js';

/** Where the words of reports, comparisons, problems and messages are written. */
const FOLDERS = ['analyze.ts', 'diff.ts', 'correlate', 'compare', 'judge', 'model', 'report', 'symbols', 'cli'];

/** Outputs write words of the document, and few of their own: those of html-view, markup and format-cell. */
const SPOKEN_OUTPUTS = ['html-view', 'format-cell', 'markup'].map((name) => `report/outputs/${name}.ts`);

function isWithoutWords(path: string): boolean {
  // What --help says has a test of its own.
  if (path.startsWith('report/language/') || path === 'cli/command-line.ts' || path === 'cli/command-options.ts')
    return true;
  return path.startsWith('report/outputs/') && !SPOKEN_OUTPUTS.includes(path);
}

/** Literals that look like words and are none, or that two texts of the catalogue make together. */
const EXEMPT: ReadonlySet<string> = new Set([
  // Classes of charts and cells.
  'as-area as-{1}{2}{3}',
  ' as-wx',
  ' as-gone',
  'as-permissions as-wx-text',
  'badge badge-{1}',
  'code address',
  'code origin',
  // Names of mappings and of areas, which are data.
  '.bss',
  '.jar',
  '.apk',
  '.oat',
  '[anonymous: arena]',
  '[anonymous: thread stack]',
  // Said of a file that goes with a PDF, to programs.
  'What memreport found out about {1}',
  // Kinds of words.
  'duration',
  'format-name',
  'how-to-capture',
  'limit-value',
  'weight',
  // Put together of two texts.
  'MemAvailable of the device rose by ',
  'MemAvailable of the device fell by ',
  'Had pid {1} ended',
  'Had it ended',
  'in a run that allocated {1}',
]);

const ADVICE =
  "add each to a file of src/report/language/zh-CN as ['English', 'Chinese'], whole as the report prints it (npm test -- test/language/documents.test.ts prints whole sentences)";

describe('every word of the sources is in the catalogue of Chinese', () => {
  const literals = literalsIn(FOLDERS, isWithoutWords);

  it('of reports, comparisons, verdicts and messages', () => {
    expect(literals.length).toBeGreaterThan(900);
    const missing = literals.filter(({ text }) => !EXEMPT.has(text) && !isCovered(text));
    expect(
      missing.map(({ place, text }) => `${place} ${JSON.stringify(text)}`),
      ADVICE,
    ).toEqual([]);
  });

  it('of the problems of reading', () => {
    const problems = literalsIn(['ingest']).filter(({ text }) => /^(?:expected|nothing says|the tool) /.test(text));
    expect(problems.length).toBeGreaterThan(80);
    const missing = problems.filter(({ text }) => !isCovered(text));
    expect(
      missing.map(({ place, text }) => `${place} ${JSON.stringify(text)}`),
      ADVICE,
    ).toEqual([]);
  });

  it('and no exemption is left over', () => {
    const written = new Set(literals.map(({ text }) => text));
    expect([...EXEMPT].filter((text) => !written.has(text) || isCovered(text))).toEqual([]);
  });

  it('or is found missing', () => {
    expect(isCovered(' left on the device last ')).toBe(true);
    expect(isCovered('The memory of {1}')).toBe(true);
    expect(isCovered('The memory of {1} in another way')).toBe(false);
  });
});
