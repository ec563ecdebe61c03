import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { type AnalyzeOptions, analyze } from '../src/analyze.js';
import type { Analysis } from '../src/model/analysis.js';
import { RunCache } from '../src/run-cache.js';
import { temporaryFolder } from './cli/run-cli.js';

const LATER = Date.UTC(2100, 0, 1);

function cacheIn(folder: string, messages: string[] = []): RunCache {
  const onMessage = (message: string): void => void messages.push(message);
  return new RunCache({ environment: {}, folder, clock: () => LATER, worthFrom: 0, onMessage });
}

async function textOf(captures: string, options: Partial<AnalyzeOptions> = {}): Promise<string> {
  return JSON.stringify(await analyze({ captures: [captures], ...options }));
}

function entriesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .sort();
}

/** The captures of the samples as devices of one run: series, packed ones, manifests, companions, logs. */
function samples(): string {
  const root = join(temporaryFolder(), 'captures');
  for (const name of ['sets', 'smaps', 'packed', 'memcheck', 'lsan']) {
    for (const copy of ['1', '2', '3'])
      cpSync(join('samples', name), join(root, `${name}-${copy}`), { recursive: true });
  }
  return root;
}

/** A few devices, small enough to read them often. */
function devices(): string {
  const root = join(temporaryFolder(), 'captures');
  for (const device of ['a', 'b', 'c']) {
    mkdirSync(join(root, device), { recursive: true });
    cpSync('samples/smaps/series.log', join(root, device, 'series.log'));
  }
  return root;
}

describe('the cache of a run', () => {
  it('gives the same bytes as no cache: at first, again, from any half of it, and when all of it is damaged', async () => {
    const root = samples();
    const folder = join(temporaryFolder(), 'cache');
    const expected = await textOf(root);
    expect(await textOf(root, { cache: cacheIn(folder) })).toBe(expected);
    const entries = entriesIn(folder);
    expect(entries.length).toBeGreaterThan(4);
    expect(await textOf(root, { cache: cacheIn(folder) })).toBe(expected);
    for (const half of [0, 1]) {
      for (const [index, path] of entriesIn(folder).entries()) if (index % 2 === half) rmSync(path);
      expect(await textOf(root, { cache: cacheIn(folder) }), `half ${half}`).toBe(expected);
      expect(entries).toEqual(expect.arrayContaining(entriesIn(folder)));
    }
    for (const path of entriesIn(folder)) writeFileSync(path, readFileSync(path).subarray(0, 30));
    const messages: string[] = [];
    expect(await textOf(root, { cache: cacheIn(folder, messages) })).toBe(expected);
    expect(messages).toContainEqual(expect.stringContaining('damaged'));
  }, 120_000);

  it('reads nothing again of what it knows, and only the new device of some', async () => {
    const root = devices();
    const large = readFileSync('samples/smaps/series.log', 'utf8').repeat(40);
    for (const device of ['a', 'b', 'c']) writeFileSync(join(root, device, 'series.log'), large);
    const cache = cacheIn(join(temporaryFolder(), 'cache'));
    const readIn = async (): Promise<string[]> => {
      const told: string[] = [];
      const written = vi.spyOn(cache.store, 'write');
      await textOf(root, { cache, onProgress: ({ path }) => told.push(path) });
      const count = written.mock.calls.length;
      written.mockRestore();
      return [...new Set(told), `${count} entries`];
    };
    // Three groups, three devices and the hashes of the files.
    expect((await readIn()).at(-1)).toBe('7 entries');
    expect((await readIn()).at(-1)).toBe('0 entries');
    mkdirSync(join(root, 'd'));
    writeFileSync(join(root, 'd', 'series.log'), large);
    expect((await readIn()).at(-1)).toBe('3 entries');
  });

  it('is of no use to other options, but for what was read', async () => {
    const root = devices();
    const folder = join(temporaryFolder(), 'cache');
    await textOf(root, { cache: cacheIn(folder) });
    const memoryLimit = 2 ** 29;
    const others: Partial<AnalyzeOptions>[] = [
      { device: /^a$/ },
      { device: /^A$/i },
      { command: /nothing/ },
      { memoryLimit },
      { typed: [{ name: '--memory-limit', value: '512M' }], memoryLimit },
      { source: root },
      { symbols: { folder: root } },
    ];
    for (const options of others) {
      expect(await textOf(root, { ...options, cache: cacheIn(folder) })).toBe(await textOf(root, options));
    }
  });

  it.each([
    [
      'content',
      (root: string): void => {
        writeFileSync(join(root, 'b', 'series.log'), 'nothing of use');
      },
    ],
    [
      'name',
      (root: string): void => {
        cpSync(join(root, 'b'), join(root, 'e'), { recursive: true });
      },
    ],
    [
      'manifest',
      (root: string): void => {
        writeFileSync(join(root, 'captures.json'), '{"device": "board-7"}');
      },
    ],
    [
      'manifest that is broken',
      (root: string): void => {
        writeFileSync(join(root, 'b', 'captures.json'), '{"device": ');
      },
    ],
  ])('sees another %s', async (_what, change) => {
    const root = devices();
    const folder = join(temporaryFolder(), 'cache');
    const before = await textOf(root, { cache: cacheIn(folder) });
    change(root);
    const expected = await textOf(root);
    expect(expected).not.toBe(before);
    expect(await textOf(root, { cache: cacheIn(folder) })).toBe(expected);
    expect(await textOf(root, { cache: cacheIn(folder) })).toBe(expected);
  });

  it('sees other files beside a capture', async () => {
    const root = join(temporaryFolder(), 'captures');
    mkdirSync(join(root, 'a', '812'), { recursive: true });
    cpSync('samples/smaps/series.log', join(root, 'a', '812', 'smaps'));
    const folder = join(temporaryFolder(), 'cache');
    await textOf(root, { cache: cacheIn(folder) });
    for (const [name, text] of [
      ['comm', 'first\n'],
      ['comm', 'second\n'],
      ['cmdline', '/usr/bin/third\0'],
    ] as const) {
      writeFileSync(join(root, 'a', '812', name), text);
      const expected = await textOf(root);
      expect(expected).toContain(text.replace(/^.*\/|\W$/g, ''));
      expect(await textOf(root, { cache: cacheIn(folder) })).toBe(expected);
    }
  });

  it('sees another modification time where that stands in for the time of a capture', async () => {
    const root = join(temporaryFolder(), 'captures');
    mkdirSync(root);
    const path = join(root, '812.smaps');
    cpSync('samples/smaps/leak-example.smaps', path);
    const folder = join(temporaryFolder(), 'cache');
    const texts = new Set<string>();
    for (const seconds of [1_700_000_000, 1_700_000_060, 1_700_000_000]) {
      utimesSync(path, seconds, seconds);
      const expected = await textOf(root);
      texts.add(expected);
      expect(await textOf(root, { cache: cacheIn(folder) })).toBe(expected);
      expect(await textOf(root, { cache: cacheIn(folder) })).toBe(expected);
    }
    expect(texts.size).toBe(2);
  });

  it('gives the same bytes whatever changes between runs', async () => {
    const root = devices();
    const folder = join(temporaryFolder(), 'cache');
    const text = readFileSync('samples/smaps/series.log', 'utf8');
    const change = fc.record({
      device: fc.constantFrom('a', 'b', 'c', 'd', 'a/deeper'),
      name: fc.constantFrom('series.log', '812.smaps', 'sensord.812.1700000000.smaps', 'captures.json'),
      content: fc.constantFrom(text, text.slice(0, 3000), '{"command": "sensord"}', ''),
      isGone: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(change, async ({ device, name, content, isGone }) => {
        const path = join(root, device, name);
        mkdirSync(join(root, device), { recursive: true });
        if (isGone) rmSync(path, { force: true });
        else writeFileSync(path, content);
        expect(await textOf(root, { cache: cacheIn(folder) })).toBe(await textOf(root));
      }),
      { numRuns: 25, endOnFailure: true },
    );
  }, 120_000);

  it('keeps nothing of files that are written to while they are read', async () => {
    const root = devices();
    const folder = join(temporaryFolder(), 'cache');
    const path = join(root, 'b', 'series.log');
    const text = readFileSync(path);
    const half = text.subarray(0, 5000);
    writeFileSync(path, half);
    const onProgress = ({ path: current }: { readonly path: string }): void => {
      if (current === 'b/series.log') writeFileSync(path, text);
    };
    const whileWritten: Analysis = await analyze({ captures: [root], cache: cacheIn(folder), onProgress });
    expect(whileWritten.programs.length).toBeGreaterThan(0);
    writeFileSync(path, half);
    expect(await textOf(root, { cache: cacheIn(folder) })).toBe(await textOf(root));
  });
});
