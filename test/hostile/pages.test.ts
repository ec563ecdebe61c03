import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { beforeAll, describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.js';
import { compare } from '../../src/compare/compare.js';
import type { Analysis } from '../../src/model/analysis.js';
import type { Comparison } from '../../src/model/comparison.js';
import type { ChartSpec } from '../../src/report/charts/chart.js';
import { renderChart } from '../../src/report/charts/index.js';
import { compose, composeTicket } from '../../src/report/compose.js';
import { composeComparison } from '../../src/report/compose-comparison.js';
import type { Block, Document } from '../../src/report/document.js';
import { renderHtml } from '../../src/report/outputs/html.js';
import { renderGithub } from '../../src/report/outputs/markup-github.js';
import { FUZZ_TIMEOUT, fuzzRuns } from '../fuzz/fuzz-runs.js';
import { fixtureAnalysis } from '../report/fixture-analysis.js';
import { attackText } from './attack-text.js';
import { pageShape } from './dom-shape.js';
import { markdownShape } from './markdown-shape.js';
import { withTexts } from './with-texts.js';

/** So many texts at once: each name of an analysis is another of them. */
const texts = fc.array(attackText, { minLength: 1, maxLength: 40 });
/** Of longer ones, parts of a ticket's text are left out. */
const shortTexts = fc.array(
  attackText.filter((text) => text.length < 30),
  { minLength: 1, maxLength: 40 },
);

const compared = (analysis: Analysis): Comparison =>
  compare(
    { analysis, source: 'captures' },
    {
      analysis: { ...analysis, programs: analysis.programs.slice(1), leaks: analysis.leaks.slice(0, 1) },
      source: 'report',
    },
  );

const ticketOf = (analysis: Analysis): Document => {
  const [, program = { device: '', command: '' }] = analysis.verdicts;
  return composeTicket(analysis, program);
};

/** Makes a document of an analysis that has these texts in the places of names. */
type Attacked = (texts: readonly string[]) => Document;

const documents: readonly (readonly [name: string, attacked: Attacked, runs: number, isDrawn: boolean])[] = [
  ['a run', (words) => compose(withTexts(fixtureAnalysis(), 'report', words)), 60, true],
  ['a ticket', (words) => ticketOf(withTexts(fixtureAnalysis(), 'report', words)), 60, true],
  ['a comparison', (words) => composeComparison(withTexts(compared(fixtureAnalysis()), 'diff', words)), 60, false],
];

describe.each(documents)('%s with any text in the places of names', (_, attacked, runs, isDrawn) => {
  it(
    'has the same elements in HTML as with plain text',
    () => {
      const expected = pageShape(renderHtml(attacked(['plain'])));
      fc.assert(
        fc.property(texts, (words) => {
          expect(pageShape(renderHtml(attacked(words)))).toBe(expected);
        }),
        fuzzRuns(runs),
      );
    },
    FUZZ_TIMEOUT,
  );

  it(
    'has the same elements in Markdown as with plain text',
    () => {
      const expected = markdownShape(renderGithub(attacked(['plain'])));
      fc.assert(
        fc.property(shortTexts, (words) => {
          expect(markdownShape(renderGithub(attacked(words)))).toBe(expected);
        }),
        fuzzRuns(runs),
      );
    },
    FUZZ_TIMEOUT,
  );

  it(
    'has drawings that are XML',
    () => {
      fc.assert(
        fc.property(texts, (words) => {
          const drawings = drawingsOf(attacked(words));
          expect(drawings.length > 0).toBe(isDrawn);
          drawings.forEach(expectXml);
        }),
        fuzzRuns(runs),
      );
    },
    FUZZ_TIMEOUT,
  );
});

describe('a run of real captures', () => {
  let analysis: Analysis;
  beforeAll(async () => {
    const captures = ['faults', 'kernel-log', 'massif', 'dhat', 'page-faults', 'asan'].map((name) => `samples/${name}`);
    analysis = await analyze({ captures, jobs: 1 });
  }, FUZZ_TIMEOUT);

  it(
    'has the same elements with any text in the places of names',
    () => {
      const shape = (words: readonly string[]): string =>
        pageShape(renderHtml(compose(withTexts(analysis, 'report', words))));
      const expected = shape(['plain']);
      fc.assert(
        fc.property(texts, (words) => {
          expect(shape(words)).toBe(expected);
        }),
        fuzzRuns(3),
      );
    },
    FUZZ_TIMEOUT,
  );
});

function drawingsOf({ sections }: Pick<Document, 'sections'>): string[] {
  return sections.flatMap((section) => [
    ...section.blocks.flatMap(chartsOf).flatMap((chart) => [renderChart(chart), renderChart(chart, 'narrow')]),
    ...drawingsOf(section),
  ]);
}

function chartsOf(block: Block): ChartSpec[] {
  if (block.type === 'chart') return [block.chart];
  if (block.type !== 'table') return [];
  return block.rows.flatMap(({ cells }) => cells.flatMap((cell) => (cell.type === 'chart' ? [cell.chart] : [])));
}

/** As it stands in a file of UTF-8. */
function expectXml(drawing: string): void {
  const parser = new SaxesParser({ fragment: true });
  parser.on('error', (error) => {
    expect.unreachable(`${error.message}: ${drawing}`);
  });
  parser.write(Buffer.from(drawing, 'utf8').toString('utf8')).close();
}
