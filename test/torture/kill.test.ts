import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../cli/run-cli.js';
import { randomOf } from '../verdicts/chance.js';
import { killLoop } from './kill-loop.js';
import { isWhole } from './whole-files.js';

const hasEmbedded = process.platform === 'linux' && process.arch === 'x64';

describe.skipIf(!hasEmbedded)('runs that are killed (test/torture/kill.ts does that more often)', () => {
  it('leave no torn file, go on, and come to the same bytes', async () => {
    const { kills, completed, midway, violations } = await killLoop({
      folder: temporaryFolder(),
      devices: 4,
      formats: 'html,pdf,json',
      kills: 6,
      random: randomOf(7),
    });
    expect(violations).toEqual([]);
    expect(kills).toBe(6);
    expect(completed).toBeGreaterThan(0);
    expect(midway).toBeGreaterThan(0);
  }, 300_000);
});

it('a torn file is found by what looks for it', () => {
  const torn: [string, string][] = [
    ['report.json', '{"a": 1'],
    ['index.html', '<!doctype html><html><body>'],
    ['report.pdf', '%PDF-1.7 1 0 obj'],
    ['report.md', '# Repo'],
  ];
  for (const [name, text] of torn) expect(isWhole(name, Buffer.from(text)), name).toBe(false);
  expect(isWhole('report.json', Buffer.from('{"a": 1}\n'))).toBe(true);
  expect(isWhole('report.pdf', Buffer.from('%PDF-1.7\n%%EOF\n'))).toBe(true);
});
