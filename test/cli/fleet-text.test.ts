import { describe, expect, it } from 'vitest';
import { runText } from '../../src/cli/fleet-text.js';
import { withRollUps } from '../../src/judge/roll-ups.js';
import { languageOf, loadLanguage } from '../../src/language.js';
import type { VerdictLabel } from '../../src/model/verdict.js';
import { emptyAnalysis } from '../report/fixture-analysis.js';

const none = { explainedBy: [], grounds: [], objections: [], defects: [], missing: [] };

function runOf(programs: number, labelOf: (index: number) => VerdictLabel) {
  const verdicts = Array.from({ length: programs }, (_, index) => {
    const label = labelOf(index);
    const rate = label === 'leak' ? { ratePerHour: 1024 * (index + 1), where: '[heap]' } : {};
    return { ...none, device: `board-${index}`, command: 'sensord', label, ...rate };
  });
  return withRollUps({ ...emptyAnalysis(), verdicts });
}

const look = { columns: undefined, paint: (text: string) => text };
const few = runOf(3000, (index) => (index < 3 ? 'leak' : index < 33 ? 'inconclusive' : 'clean'));

describe('what the terminal tells of a run', () => {
  it('is a row for each leak over the devices, and how many programs there are', () => {
    const lines = runText(few, { ...look, all: false }).split('\n');
    expect(lines).toHaveLength(2 + 1 + 1);
    expect(lines[1]).toMatch(/^leak +sensord +3 \/ 3,000 +2 KiB\/h +3 KiB\/h +board-2 +\[heap\]$/);
    expect(lines.at(-1)).toBe('Programs: 3 leak or may, 30 inconclusive, 2,967 clean; the report has all');
  });

  it('is no more than fits, however many different leaks there are', () => {
    const analysis = runOf(3000, () => 'leak');
    const verdicts = analysis.verdicts.map((verdict, index) => ({ ...verdict, command: `daemon-${index % 60}` }));
    const lines = runText(withRollUps({ ...analysis, verdicts }), { ...look, all: false }).split('\n');
    expect(lines).toHaveLength(1 + 50 + 1 + 2);
    expect(lines.at(-2)).toBe('Leaks not shown: 10');
    expect(lines.at(-1)).toBe('Programs: 3,000 leak or may; the report has all');
  });

  it('is the programs with a word against them where there is one device', () => {
    const analysis = runOf(90, (index) => (index < 70 ? 'leak' : 'clean'));
    const verdicts = analysis.verdicts.map((verdict, index) => ({ ...verdict, device: 'board', command: `d${index}` }));
    const lines = runText(withRollUps({ ...emptyAnalysis(), verdicts }), { ...look, all: false }).split('\n');
    expect(lines).toHaveLength(1 + 50 + 1 + 1);
    expect(lines.at(-1)).toBe('Programs: 70 leak or may, 20 clean; the report has all');
  });

  it('is the number of programs alone where none leaks', () => {
    const text = runText(
      runOf(51, () => 'clean'),
      { ...look, all: false },
    );
    expect(text).toBe('Programs: 51 clean; the report has all');
  });

  it('is a row for each program of a small run, and of any run when asked for', () => {
    expect(runText(few, { ...look, all: true }).split('\n')).toHaveLength(3001);
    expect(
      runText(
        runOf(50, () => 'clean'),
        { ...look, all: false },
      ).split('\n'),
    ).toHaveLength(51);
  });

  it('speaks Chinese', async () => {
    await loadLanguage('zh-CN');
    const text = runText(few, { ...look, all: false, language: languageOf('zh-CN') });
    expect(text).toContain('30 个未定，2,967 个正常；全部见报告');
  });
});
