import { describe, expect, it } from 'vitest';
import { analysisDigest } from '../../src/analyzing/analysis-digest.js';
import { packProgram } from '../../src/analyzing/packed-program.js';
import { ProgramShelf } from '../../src/analyzing/program-shelf.js';
import type { Analysis } from '../../src/model/analysis.js';
import { withoutManyVmas } from '../../src/report/device-parts.js';
import { renderJson } from '../../src/report/outputs/json.js';
import { fixtureAnalysis } from '../report/fixture-analysis.js';

/** More than are held as they are. */
const DEVICES = 60;

function fleet(): Analysis {
  const analysis = fixtureAnalysis();
  const devices = Array.from({ length: DEVICES }, (_, index) => `board-${index}`);
  const area = {
    start: '400000',
    end: '401000',
    label: 'a',
    category: 'code',
    permissions: 'r-xp',
    vmaCount: 1,
    size: 4096,
  };
  const details = {
    addressSpace: { after: [area] },
    categorySeries: { measure: 'rss' as const, at: [0], series: [{ category: 'code', bytes: [4096] }] },
  };
  const programs = devices.flatMap((device) =>
    analysis.programs.map((program, index) => ({ ...program, device, ...(index === 0 && details) })),
  );
  return { ...analysis, programs };
}

function jsonOf(analysis: Analysis): string {
  return [...renderJson(analysis)].join('');
}

describe('programs on a shelf', () => {
  const plain = fleet();
  const shelf = new ProgramShelf();
  const shelved = { ...plain, programs: plain.programs.map((program) => shelf.add(program)) };
  const again = new ProgramShelf();
  const taken = { ...plain, programs: plain.programs.map((program) => again.add(packProgram(program))) };

  it.each([
    ['as they were put there', shelved],
    ['as they were kept', taken],
  ])('tell all that they told, %s', (_how, analysis) => {
    expect(plain.programs.some(({ vmas, addressSpace }) => vmas.length > 0 && addressSpace)).toBe(true);
    expect(plain.programs.length).toBeGreaterThan(DEVICES);
    expect(jsonOf(analysis)).toBe(jsonOf(plain));
    expect(analysis.programs).toEqual(plain.programs);
    expect(Object.keys(analysis.programs.at(-1) ?? {})).toEqual(Object.keys(plain.programs.at(-1) ?? {}));
  });

  it.each([
    ['as they were put there', shelved],
    ['as they were kept', taken],
  ])('have the same text in brief, %s', (_how, analysis) => {
    const brief = withoutManyVmas(plain);
    expect(jsonOf(withoutManyVmas(analysis))).toBe(jsonOf(brief));
    expect(withoutManyVmas(analysis).programs).toEqual(brief.programs);
    expect(brief.programs.every(({ vmas }) => vmas.length === 0)).toBe(true);
  });

  it('have one digest, and another where anything differs', () => {
    expect(analysisDigest(taken)).toBe(analysisDigest(plain));
    expect(analysisDigest(shelved)).toBe(analysisDigest(plain));
    const changes = [{ vmas: [] }, { addressSpace: { after: [] } }, { timelines: [] }, { command: 'another' }];
    for (const change of changes) {
      const programs = plain.programs.map((program, index) => (index === 0 ? { ...program, ...change } : program));
      expect(analysisDigest({ ...plain, programs })).not.toBe(analysisDigest(plain));
    }
  });
});
