import { describe, expect, it } from 'vitest';
import { runIdentity } from '../../src/cli/run-identity.js';
import { emptyAnalysis, fixtureAnalysis } from '../report/fixture-analysis.js';

const options = { formats: ['html', 'pdf'], language: 'en' };

describe('the identity of a run', () => {
  const identity = runIdentity(fixtureAnalysis(), options);

  it('is the same for the same analysis and options', () => {
    expect(identity).toMatch(/^[0-9a-f]{64}$/);
    expect(runIdentity(structuredClone(fixtureAnalysis()), { ...options })).toBe(identity);
  });

  it('is another for any other analysis', () => {
    const analysis = fixtureAnalysis();
    const seen = new Set([identity]);
    const others = [
      emptyAnalysis(),
      { ...analysis, captures: ['captures/night-32'] },
      { ...analysis, files: analysis.files.map((file) => ({ ...file, bytes: file.bytes + 1 })) },
      { ...analysis, verdicts: analysis.verdicts.slice(1) },
      { ...analysis, verdicts: analysis.verdicts.toReversed() },
      { ...analysis, memoryLimit: 1 },
    ];
    for (const other of others) seen.add(runIdentity(other, options));
    expect(seen.size).toBe(1 + others.length);
  });

  it('is another for other options', () => {
    for (const more of [{ language: 'zh-CN' }, { formats: ['html'] }, { browser: '/opt/chrome' }, { date: 0 }]) {
      expect(runIdentity(fixtureAnalysis(), { ...options, ...more })).not.toBe(identity);
    }
  });
});
