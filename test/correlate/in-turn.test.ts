import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.js';
import { temporaryFolder } from '../cli/run-cli.js';

const NINE = Date.UTC(2026, 0, 31, 9);

/** The RSS of each timeline, in KiB, that a log of totals of pmap comes to: a date above each round, or each line. */
async function timelinesOf(
  rounds: readonly (readonly number[])[],
  gap: number,
  above: 'round' | 'line' = 'round',
): Promise<number[][]> {
  const text = rounds.map((round, i) => {
    const date = `${new Date(NINE + i * gap).toISOString().slice(0, 19)}Z\n`;
    const lines = round.map((rss) => `total kB            9000    ${rss}     188\n`);
    return above === 'round' ? date + lines.join('') : lines.map((line) => date + line).join('');
  });
  const path = join(temporaryFolder(), 'night.log');
  writeFileSync(path, text.join(''));
  const { programs } = await analyze({ captures: [path] });
  return programs.flatMap(({ timelines }) => timelines.map(({ samples }) => samples.map(({ rss = 0 }) => rss / 1024)));
}

describe('processes that a log tells in turn, without their pids', () => {
  const rounds = [
    [1000, 500],
    [1100, 500],
    [1200, 500],
    [1300, 500],
  ];

  it.each(['round', 'line'] as const)(
    'are told apart, where each instant has as many: a date above each %s',
    async (above) => {
      expect(await timelinesOf(rounds, 60_000, above)).toEqual([
        [1000, 1100, 1200, 1300],
        [500, 500, 500, 500],
      ]);
    },
  );

  it('are told apart where the log was cut in the middle of a round', async () => {
    expect(await timelinesOf([...rounds, [1400]], 60_000)).toEqual([
      [1000, 1100, 1200, 1300, 1400],
      [500, 500, 500, 500],
    ]);
  });

  it('are one where some instants have another number, or too few have several', async () => {
    expect(await timelinesOf([[1000], ...rounds], 60_000)).toHaveLength(1);
    expect(await timelinesOf(rounds.slice(2), 60_000)).toHaveLength(1);
  });

  it('are one that is sampled more than once in a second', async () => {
    expect(await timelinesOf(rounds, 1000, 'line')).toEqual([[1000, 500, 1100, 500, 1200, 500, 1300, 500]]);
  });
});
