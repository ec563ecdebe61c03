import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../src/model/analysis.js';
import { visible } from '../../src/model/problem.js';
import { leaksCsv, programsCsv, vmasCsv } from '../../src/report/outputs/csv.js';
import { fuzzRuns } from '../fuzz/fuzz-runs.js';
import { attackText } from '../hostile/attack-text.js';
import { emptyAnalysis, fixtureAnalysis, START } from './fixture-analysis.js';

type Line = Readonly<Record<string, string>>;

function linesOf(csv: string): Line[] {
  const { data, errors } = Papa.parse<Line>(csv, { header: true, skipEmptyLines: true });
  expect(errors).toEqual([]);
  return data;
}

describe('CSV', () => {
  it('has a line for each program, with its verdict and what it rests on', () => {
    const lines = linesOf(programsCsv(fixtureAnalysis()));
    expect(lines.map(({ command }) => command)).toEqual(
      fixtureAnalysis().verdicts.map(({ command }) => visible(command)),
    );
    expect(lines.find(({ command }) => command === 'sensord')).toMatchObject({
      device: 'board-7',
      verdict: 'leak',
      growth: String(3700 * 1024),
      rate_per_hour: String(148 * 1024),
      where: '[heap]',
      samples: '26',
      allocated_at: 'make_node',
      allocated_line: '6',
      share: '0.98',
    });
  });

  it('has a line for each loss record and each VMA; what is not known is empty', () => {
    expect(linesOf(leaksCsv(fixtureAnalysis()))).toHaveLength(fixtureAnalysis().leaks.length);
    const vmas = linesOf(vmasCsv(fixtureAnalysis()));
    expect(vmas).toHaveLength(fixtureAnalysis().programs.flatMap((program) => program.vmas).length);
    expect(vmas.find(({ pathname }) => pathname === '[stack]')).toMatchObject({
      permissions: 'rw-p',
      size: '',
      rss: '',
    });
  });

  it('has heads alone where there is nothing', () => {
    for (const csv of [programsCsv, leaksCsv, vmasCsv])
      expect(csv(emptyAnalysis())).toMatch(/^device,command,[\w,]+\r\n$/);
  });

  it('tells times as people and spreadsheets read them, and numbers without noise', () => {
    const [verdict] = fixtureAnalysis().verdicts;
    if (!verdict) throw new Error('the fixture has verdicts');
    const noisy = { ...verdict, since: START, ratePerHour: 41_877_503.999_999_99, growth: 9_007_199_254_740_991 };
    expect(linesOf(programsCsv({ ...emptyAnalysis(), verdicts: [noisy] }))[0]).toMatchObject({
      since: '2026-01-31T21:00:00.000Z',
      rate_per_hour: '41877504',
      growth: '9007199254740991',
    });
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '＝1'])('puts an apostrophe before %j', (formula) => {
    expect(linesOf(vmasCsv(named(formula)))[0]?.pathname).toBe(`'${formula}`);
    expect(linesOf(vmasCsv(named(`a;${formula}`)))[0]?.pathname).toBe(`a;'${formula}`);
  });

  it('gives every text back, but for what is invisible and for apostrophes before formulas', () => {
    fc.assert(
      fc.property(fc.array(attackText, { minLength: 20, maxLength: 20 }), (names) => {
        const lines = linesOf(vmasCsv(named(...names)));
        expect(lines).toHaveLength(names.length);
        for (const [index, { pathname = '', device, growth }] of lines.entries()) {
          const shown = visible(names[index] ?? '');
          expect(pathname.replaceAll("'", '')).toBe(shown.replaceAll("'", ''));
          expect(pathname).not.toMatch(/^[=+\-@＝＋－＠]|;"?[=+\-@＝＋－＠]/);
          expect([device, growth]).toEqual(['board', '-5']);
        }
      }),
      fuzzRuns(500),
    );
  });
});

function named(...names: readonly string[]): Analysis {
  const vmas = names.map((pathname) => ({
    start: '1',
    end: '2',
    permissions: 'rw-p',
    pathname,
    kind: 'file' as const,
    growth: -5,
  }));
  const program = { device: 'board', command: 'sensord', timelines: [], mappings: [], vmas, summaries: [] };
  return { ...emptyAnalysis(), programs: [program] };
}
