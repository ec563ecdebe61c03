import { cpSync, mkdirSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type AnalyzeOptions, analyze } from '../../src/analyze.js';
import type { Analysis } from '../../src/model/analysis.js';
import { temporaryFolder } from '../cli/run-cli.js';

const SERIES = 'samples/smaps/series.log';
/** Threads run what is built. */
const WORKER = new URL('../../dist/reading/read-worker.js', import.meta.url);
const FAULTY = new URL('./faulty-worker.mjs', import.meta.url);
const budget = { time: 30_000, timePerMebibyte: 100, heap: 48 };

/** Four devices with the same captures each. */
function devices(): string {
  const root = join(temporaryFolder(), 'captures');
  for (const device of ['a', 'b', 'c', 'd']) {
    mkdirSync(join(root, device), { recursive: true });
    cpSync(SERIES, join(root, device, 'series.log'));
  }
  return root;
}

function analysisOf(root: string, options: Partial<AnalyzeOptions> = {}): Promise<Analysis> {
  return analyze({ captures: [root], ...options });
}

function quarantineIn({ problems }: Analysis): { file: string; message: string; severity: string }[] {
  return problems
    .filter(({ code }) => code === 'quarantined')
    .map(({ file, message, severity }) => ({ file, message, severity }));
}

describe('threads', () => {
  it.each([1, 2, 3, 7])('give the same analysis: %i of them', async (jobs) => {
    const root = devices();
    const expected = await analysisOf(root);
    expect(expected.programs.length).toBeGreaterThan(3);
    expect(await analysisOf(root, { jobs, threads: { worker: WORKER } })).toEqual(expected);
  });

  it.each([
    ['HANG', 1, /^expected a file that is read within 1 s, found one that takes longer: left out; a bug of memreport/],
    ['GROW', 30, /^expected a file that is read in 48 MiB, found one that needs more: left out; a bug of memreport/],
    [
      'THROW',
      30,
      /^expected a file that can be read, found that it ends its thread \(a reader\\x1b failed\): left out/,
    ],
    ['EXIT', 30, /^expected a file that can be read, found that it ends its thread \(.+\): left out/],
  ])(
    'leave out a file on which they %s (within %i s), name it, and read all others',
    async (word, seconds, message) => {
      const root = devices();
      const expected = await analysisOf(root);
      writeFileSync(join(root, 'b', 'poison.log'), `${word} and more`);
      const threads = { worker: FAULTY, budget: { ...budget, time: 1000 * seconds } };
      const analysis = await analysisOf(root, { jobs: 2, threads });
      expect(quarantineIn(analysis)).toEqual([
        { severity: 'error', file: 'b/poison.log', message: expect.stringMatching(message) as string },
      ]);
      expect(analysis.files.find(({ path }) => path === 'b/poison.log')).toMatchObject({
        status: 'refused',
        format: '',
      });
      expect(analysis.verdicts).toEqual(expected.verdicts);
      expect(analysis.programs).toEqual(expected.programs);
    },
  );

  it.skipIf(availableParallelism() === 1)(
    'become more while one waits for the first, if none said how many',
    async () => {
      const [root, notes] = [temporaryFolder(), temporaryFolder()];
      for (let device = 0; device < 40; device++) {
        const folder = join(root, `board-${device}`);
        mkdirSync(folder);
        writeFileSync(join(folder, 'slow.log'), `SLOW ${notes} `);
        truncateSync(join(folder, 'slow.log'), 1024 ** 2);
      }
      expect((await analysisOf(root, { threads: { worker: FAULTY } })).files).toHaveLength(40);
      const grown = readdirSync(notes).length;
      expect(grown).toBeGreaterThan(1);
      expect(grown).toBeLessThanOrEqual(availableParallelism());
    },
  );

  it('blame no file where they cannot be started', async () => {
    const worker = pathToFileURL(join(temporaryFolder(), 'broken-worker.mjs'));
    writeFileSync(worker, 'throw new Error("no such thing");');
    await expect(analysisOf(devices(), { jobs: 2, threads: { worker } })).rejects.toThrow('no such thing');
  });

  it('leave out several files of one group, and a group of nothing else', async () => {
    const root = devices();
    const expected = await analysisOf(root);
    const poisons = ['a/0.log', 'a/9.log', 'c/only/1.log', 'c/only/2.log', 'z.log'];
    mkdirSync(join(root, 'c', 'only'));
    for (const path of poisons) writeFileSync(join(root, path), 'THROW');
    const analysis = await analysisOf(root, { jobs: 2, threads: { worker: FAULTY, budget } });
    expect(quarantineIn(analysis).map(({ file }) => file)).toEqual(poisons);
    expect(analysis.verdicts).toEqual(expected.verdicts);
  });
});
