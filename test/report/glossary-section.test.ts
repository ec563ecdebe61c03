import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../src/model/analysis.js';
import type { Sample } from '../../src/model/memory.js';
import { formatCell } from '../../src/report/outputs/format-cell.js';
import { programViews } from '../../src/report/program-view.js';
import { glossary } from '../../src/report/sections/glossary.js';
import { emptyAnalysis, fixtureAnalysis, START } from './fixture-analysis.js';

const MIB = 1024 * 1024;

const build = (analysis: Analysis) => glossary.build({ analysis, views: programViews(analysis), detailed: [] });

/** The heading and the facts above the words. */
function exampleOf(analysis: Analysis): Record<string, string> {
  const said: Record<string, string> = {};
  for (const block of build(analysis)) {
    if (block.type === 'heading') said.heading = block.parts.map((part) => formatCell(part).text).join('');
    if (block.type !== 'facts') continue;
    for (const { label, cells } of block.facts) said[label] = cells.map((cell) => formatCell(cell).text).join('');
  }
  return said;
}

function analysisWith(...samples: Sample[]): Analysis {
  const program = { device: 'board-7', command: 'sensord', mappings: [], vmas: [], summaries: [] };
  return { ...emptyAnalysis(), programs: [{ ...program, timelines: [{ pid: 812, samples }] }] };
}

describe('the words', () => {
  it('are explained with the numbers of the program that is worst', () => {
    const whole = { takenAt: START, vss: 120 * MIB, rss: 8 * MIB, pss: 5 * MIB, uss: 4 * MIB, swap: 2 * MIB };
    expect(exampleOf(analysisWith(whole))).toEqual({
      heading: 'The measures in this capture: sensord, pid 812, at 2026-01-31 21:00 UTC',
      VSS: '120 MiB of address space is mapped, used or not',
      RSS: '8.00 MiB of that is in RAM (7 %)',
      PSS: '5.00 MiB when each shared page is divided by the processes that share it',
      USS: '4.00 MiB is shared with nobody and would come free if it ended; 4.00 MiB of its RSS is shared',
      Swap: '2.00 MiB more was moved out of RAM: RSS, PSS and USS leave it out',
    });
    expect(exampleOf(fixtureAnalysis()).heading).toContain('sensord');
  });

  it('take the last sample that tells them all, and do without VSS', () => {
    const rollup = { rss: 8 * MIB, pss: 5 * MIB, uss: 4 * MIB };
    const said = exampleOf(analysisWith({ ...rollup, rss: 6 * MIB }, rollup, { rss: 9 * MIB }));
    expect(said.RSS).toBe('8.00 MiB is in RAM');
    expect(said).not.toHaveProperty('VSS');
    expect(said).not.toHaveProperty('Swap');
  });

  it('stand alone where nothing tells them, or what tells them cannot be', () => {
    const isAlone = (...samples: Sample[]): boolean => build(analysisWith(...samples)).length === 1;
    expect(isAlone()).toBe(true);
    expect(isAlone({ rss: MIB })).toBe(true);
    expect(isAlone({ vss: 1, rss: 8 * MIB, pss: 5 * MIB, uss: 4 * MIB })).toBe(true);
    expect(isAlone({ rss: 8 * MIB, pss: 5 * MIB, uss: 6 * MIB })).toBe(true);
    expect(isAlone({ rss: 8 * MIB, pss: 5 * MIB, uss: 4 * MIB })).toBe(false);
  });
});
