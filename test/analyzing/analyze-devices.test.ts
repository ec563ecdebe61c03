import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type AnalyzeOptions, analyze } from '../../src/analyze.js';
import type { Analysis } from '../../src/model/analysis.js';
import { RunCache } from '../../src/run-cache.js';
import { temporaryFolder } from '../cli/run-cli.js';

const WORKER = new URL('../../dist/analyzing/device-worker.js', import.meta.url);
const READER = new URL('../../dist/reading/read-worker.js', import.meta.url);
const DEVICES = 12;

/** Series, logs and crashes on many devices; one of them has a log alone, which tells of programs of the others. */
function night(): string {
  const root = join(temporaryFolder(), 'captures');
  for (let device = 0; device < DEVICES; device++) {
    for (const name of ['sets', 'smaps'])
      cpSync(join('samples', name), join(root, `${name}-${device}`), { recursive: true });
  }
  cpSync('samples/memcheck', join(root, 'bench'), { recursive: true });
  cpSync('samples/lsan', join(root, 'bench'), { recursive: true });
  return root;
}

describe('devices that are analyzed in threads', () => {
  let captures: string;
  let alone: Analysis;
  const analysisOf = async (options: Partial<AnalyzeOptions>): Promise<string> =>
    JSON.stringify(await analyze({ captures: [captures], ...options }));

  beforeAll(async () => {
    captures = night();
    alone = await analyze({ captures: [captures], jobs: 1 });
  }, 60_000);

  it('are told as by one thread, and as from the cache, in any part of the run', async () => {
    expect(alone.programs.length).toBeGreaterThan(50);
    expect(alone.leaks.some(({ witness }) => witness !== undefined)).toBe(true);
    const folder = join(temporaryFolder(), 'cache');
    const cache = (): RunCache => new RunCache({ environment: {}, folder, clock: () => 0, worthFrom: 0 });
    const help = { worker: WORKER, after: 0 };
    const threads = { worker: READER };
    for (const options of [{}, { jobs: 3, threads }, { jobs: 2, cache: cache(), threads }, { cache: cache() }]) {
      expect(await analysisOf({ ...options, help })).toBe(JSON.stringify(alone));
    }
    const limited = { memoryLimit: 2 ** 22, command: /leak/, device: /^sets/ };
    expect(await analysisOf({ ...limited, help })).toBe(await analysisOf({ ...limited, jobs: 1 }));
  }, 120_000);

  it('are told one after the other', async () => {
    const told: [number, number][] = [];
    await analyze({ captures: [captures], onDevice: ({ done, total }) => told.push([done, total]) });
    expect(told).toEqual(told.map((_, index) => [index + 1, told.length]));
    expect(told.length).toBeGreaterThan(DEVICES);
  }, 60_000);
});
