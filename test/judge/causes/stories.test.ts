import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { analyze } from '../../../src/analyze.js';
import type { Analysis } from '../../../src/model/analysis.js';
import { siteOf } from '../../../src/model/leaks.js';
import type { Verdict } from '../../../src/model/verdict.js';

/** Shares of the growth by construction: see samples/programs/causes. */
const STORIES = [
  { story: 'heap-sites', where: '[heap]', shares: { parse_message: 0.75, open_session: 0.25 } },
  { story: 'mmap-sites', where: '[anonymous]', shares: { copy_frame: 0.692, make_thumbnail: 0.308 } },
  { story: 'arena-sites', where: '[anonymous: arena]', shares: { decode_packet: 0.75, write_line: 0.25 } },
  { story: 'half-seen', where: '[heap]', shares: { read_config: 0.6 } },
];

/** With AddressSanitizer, blocks take what its allocator gives them: 640 bytes of 504, and an eighth for the marks. */
const SANITIZED: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'heap-sites': { parse_message: 0.75, open_session: 0.25 },
  'mmap-sites': { copy_frame: 0.667, make_thumbnail: 0.333 },
  'arena-sites': { decode_packet: 0.75, write_line: 0.25 },
  'half-seen': { read_config: 0.678 },
};

describe.each(STORIES)('$story', ({ story, where, shares }) => {
  let analysis: Analysis;
  beforeAll(async () => {
    analysis = await analyze({ captures: [`samples/causes/${story}.tar.gz`] });
  });

  test('leaks, on both devices', () => {
    expect(analysis.problems).toEqual([]);
    expect(analysis.verdicts.map(({ device, label }) => [device, label])).toEqual([
      ['field', 'leak'],
      ['sanitized', 'leak'],
    ]);
    expect(analysis.verdicts[0]?.where).toBe(where);
  });

  test('is explained by the sites that lose it, ranked by their shares, within 10 %', () => {
    expectShares(analysis, 'field', shares);
  });

  test('so is the process whose own log tells it', () => {
    expectShares(analysis, 'sanitized', SANITIZED[story] ?? {});
  });

  test('holds what no leak checker saw for unexplained', () => {
    const seen = Object.values(shares).reduce((sum, share) => sum + share, 0);
    expect(Math.abs((verdictOf(analysis, 'field').cause?.unexplained ?? Number.NaN) - (1 - seen))).toBeLessThan(0.1);
  });

  test('joins what memcheck and LeakSanitizer say of a site', () => {
    const [site] = verdictOf(analysis, 'sanitized').cause?.sites ?? [];
    expect(site?.agreements.map(({ statement }) => statement)).toContainEqual(
      expect.stringMatching(/^two tools tell of it: memcheck .* LeakSanitizer /),
    );
  });

  test('states each agreement with its places', () => {
    const statements = analysis.verdicts.flatMap(({ cause }) => cause?.sites.flatMap((site) => site.agreements) ?? []);
    expect(statements.length).toBeGreaterThan(5);
    for (const { statement, origins } of statements) {
      expect(origins.length, statement).toBeGreaterThan(0);
      expect(statement).not.toMatch(/NaN|undefined|Infinity/);
    }
  });
});

test('what is kept from the start on is no cause, though memcheck tells of it', async () => {
  const { leaks, verdicts } = await analyze({ captures: ['samples/causes/heap-sites.tar.gz'] });
  const cache = leaks.find(({ kind }) => kind === 'reachable');
  expect(cache?.bytes).toBe(48 * 8176);
  expect(verdicts.flatMap(({ cause }) => cause?.sites.map(({ fingerprint }) => fingerprint))).not.toContain(
    cache?.fingerprint,
  );
});

test('the same program elsewhere is told', async () => {
  const { verdicts } = await analyze({ captures: ['samples/causes/heap-sites.tar.gz'] });
  expect(verdicts[0]?.cause?.elsewhere?.statement).toMatch(/^it grows on 2 of 2 devices with this program/);
});

describe('a growing series beside a log that says all was freed', () => {
  test.each([
    ['maps', /all memory was freed, but the process grew by 1\.1 MiB.*memory from mmap itself/],
    ['memfd', /all memory was freed, .*not from malloc/],
    ['filemap', /all memory was freed, .*not from malloc/],
    ['cache', /lost nothing, but .* 510 KiB were still reachable .*without a bound/],
    ['logbuffer', /lost nothing, but .* 256 KiB were still reachable .*without a bound/],
  ])('%s: gives both, and what that usually means', async (name, meaning) => {
    const verdict = await pairVerdict(name);
    expect(verdict.label).toBe('leak');
    expect(verdict.explainedBy).toEqual([]);
    expect(verdict.cause?.conflicts.map(({ statement }) => statement)).toEqual([expect.stringMatching(meaning)]);
    expect(verdict.cause?.conflicts[0]?.origins.map(({ file }) => file).join()).toMatch(/valgrind\.log.*smaps/);
  });
});

describe('of a single run without times', () => {
  test.each(['heap', 'arenas', 'forks', 'snapshot', 'reader', 'writer', 'restarts', 'steps', 'plateau'])(
    '%s: the one leak explains the growth',
    async (name) => {
      expect((await pairVerdict(name)).explainedBy[0]?.share).toBeGreaterThan(0.9);
    },
  );

  test.each(['fragments', 'noise', 'teeth'])(
    '%s: the site is named, but no share, since the numbers do not say it',
    async (name) => {
      const { cause, explainedBy } = await pairVerdict(name);
      expect(explainedBy).toEqual([]);
      expect(cause?.sites).toHaveLength(1);
      expect(cause?.advice).toMatch(/--time-stamp=yes/);
    },
  );

  test('threads: what each thread has of its own points to threads never joined', async () => {
    const { cause } = await pairVerdict('threads');
    expect(cause?.sites[0]?.agreements[0]?.statement).toMatch(/stacks of threads that were never joined/);
  });
});

async function pairVerdict(name: string): Promise<Verdict> {
  const paths = ['tar.gz', 'valgrind.log', 'asan.log'].map((suffix) => `samples/pairs/${name}-leaky.${suffix}`);
  const { verdicts } = await analyze({ captures: paths.filter((path) => existsSync(path)) });
  const [verdict] = verdicts;
  if (!verdict) throw new Error('expected a verdict');
  return verdict;
}

function verdictOf({ verdicts }: Analysis, device: string): Verdict {
  const verdict = verdicts.find((one) => one.device === device);
  if (!verdict) throw new Error(`expected a verdict on ${device}`);
  return verdict;
}

function expectShares(analysis: Analysis, device: string, shares: Readonly<Record<string, number>>): void {
  const { explainedBy } = verdictOf(analysis, device);
  const found = explainedBy.map(({ fingerprint, share }) => {
    const leak = analysis.leaks.find((one) => one.fingerprint === fingerprint);
    return { symbol: leak && siteOf(leak.frames)?.symbol, share };
  });
  expect(found.map(({ symbol }) => symbol)).toEqual(Object.keys(shares));
  for (const { symbol = '', share } of found) {
    expect(Math.abs(share - (shares[symbol] ?? Number.NaN)), `${symbol}: ${share}`).toBeLessThan(0.1);
  }
}
