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

const look = { columns: undefined, paint: (text: string) => text, report: 'out/index.html' };
const few = runOf(3000, (index) => (index < 3 ? 'leak' : index < 33 ? 'inconclusive' : 'clean'));

describe('what the terminal tells of a run', () => {
  it('is the leaks over the devices, the programs with a word against them, and how many others there are', () => {
    const lines = runText(few, { ...look, all: false }).split('\n');
    expect(lines).toHaveLength(2 + 1 + 4 + 1 + 1);
    expect(lines[1]).toMatch(/^leak +sensord +3 \/ 3,000 +2 KiB\/h +board-2 +\[heap\]$/);
    expect(lines[4]).toMatch(/^leak +sensord +board-2 /);
    expect(lines.at(-1)).toBe('Not shown: 30 inconclusive, 2,967 clean; all are in out/index.html');
  });

  it('is no more than fits, however many leak', () => {
    const lines = runText(
      runOf(3000, () => 'leak'),
      { ...look, all: false },
    ).split('\n');
    expect(lines.length).toBeLessThan(60);
    expect(lines.at(-1)).toContain('Not shown: 2,950 more that leak or may; all are in');
  });

  it('is the number of programs alone where none leaks', () => {
    const text = runText(
      runOf(51, () => 'clean'),
      { ...look, all: false },
    );
    expect(text).toBe('Not shown: 51 clean; all are in out/index.html');
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
    expect(text).toContain('30 个未定，2,967 个正常；全部见 out/index.html');
  });
});
