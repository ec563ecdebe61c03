import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { analyze } from '../../../src/analyze.js';
import { dhat } from '../../../src/ingest/formats/dhat.js';
import { massif } from '../../../src/ingest/formats/massif.js';
import type { HeapProfile } from '../../../src/model/heap-profile.js';
import { siteOf } from '../../../src/model/leaks.js';
import { captureTree, readFile } from '../capture-tree.js';
import { type ReadResult, readText } from '../read-text.js';

const sample = (path: string): string => readFileSync(new URL(`../../../samples/${path}`, import.meta.url), 'utf8');
const SMAPS_ROLLUP =
  '55d0c0000000-7ffd00000000 ---p 00000000 00:00 0                          [rollup]\nRss: 12 kB\nPss: 1 kB\n';

function profileOf({ readings }: ReadResult): HeapProfile | undefined {
  const profiles = readings.flatMap((reading) => (reading.type === 'diagnosis' ? (reading.heapProfiles ?? []) : []));
  expect(profiles.length).toBeLessThanOrEqual(1);
  return profiles[0];
}

/** The sites by their line, with what they hold. */
function sitesOf(profile: HeapProfile | undefined): unknown[] {
  return (profile?.sites ?? []).map(({ frames, fingerprint, ...amounts }) => {
    expect(fingerprint).toMatch(/^[\da-f]{16}$/);
    return { line: siteOf(frames)?.line, ...amounts };
  });
}

describe('massif', () => {
  test('tells which site keeps rising, and which only comes and goes', () => {
    const result = readText(massif, sample('massif/leak-example.massif'));
    const profile = profileOf(result);
    expect(profile).toMatchObject({ tool: 'massif', peak: 8 * 12_288 + 1024, end: 8 * 12_288, omittedSites: 0 });
    expect(sitesOf(profile)).toEqual([
      { line: 29, atPeak: 8 * 12_288, first: 12_288, last: 8 * 12_288, snapshots: 8, keepsRising: true },
      { line: 31, atPeak: 1024, first: 1024, last: 1024, snapshots: 8 },
    ]);
    expect(result.readings).toMatchObject([
      { says: { command: '/opt/demo/leak-example 8' }, leaks: [], summaries: [] },
    ]);
    expect(result.problems).toEqual([]);
    const lines = sample('massif/leak-example.massif').split('\n');
    expect(lines[(profile?.origin.line ?? 0) - 1]).toBe('heap_tree=peak');
  });

  test.each([
    [
      'of heaptrack, whose times are seconds',
      /^time(?:_unit: i$|=(\d+))/gm,
      (_: string, time?: string) => (time === undefined ? 'time_unit: s' : `time=0.${time}`),
    ],
    ['of valgrind before 3.3', /mem_heap_extra_B/g, () => 'mem_heap_admin_B'],
  ])('one %s says the same', (_name, pattern, other) => {
    const text = sample('massif/leak-example.massif');
    const changed = text.replace(pattern, other);
    expect(changed).not.toBe(text);
    expect(massif.recognizes(changed)).toBe(true);
    expect(readText(massif, changed)).toEqual(readText(massif, text));
  });

  test('a site is a whole stack, innermost first', () => {
    const profile = profileOf(readText(massif, sample('massif/leak-list-trees.massif')));
    expect(
      profile?.sites.map(({ frames }) => frames.map(({ symbol, line }) => `${symbol ?? ''}:${line ?? 0}`)),
    ).toEqual([
      ['lose_block:27', 'main:43'],
      ['lose_list:18', 'main:42'],
    ]);
    expect(sitesOf(profile)).toMatchObject([
      { first: 100, last: 100 },
      { first: 24, last: 96, keepsRising: true },
    ]);
  });

  test('without detailed snapshots there are no sites, but totals', () => {
    expect(profileOf(readText(massif, sample('massif/leak-list.massif')))).toMatchObject({
      peak: 196,
      end: 196,
      sites: [],
    });
  });

  const tree = (...lines: string[]): string =>
    `${sample('massif/leak-list.massif').replace(/heap_tree=empty\n$/, 'heap_tree=peak\n')}${lines.join('\n')}\n`;
  const ROOT = '(heap allocation functions) malloc/new/new[], --alloc-fns, etc.';

  test('what is below the threshold belongs to no site, but to a caller that has no other', () => {
    const result = readText(
      massif,
      tree(
        `n3: 1000 ${ROOT}`,
        ' n2: 700 0x1: f (a.c:1)',
        '  n0: 500 0x2: g (a.c:2)',
        "  n0: 200 in 3 places, all below massif's threshold (1.00%)",
        ' n1: 200 0x3: h (a.c:3)',
        "  n0: 200 in 1 place, below massif's threshold (1.00%)",
        " n0: 100 in 7 places, all below massif's threshold (1.00%)",
      ),
    );
    expect(result.problems).toEqual([]);
    expect(profileOf(result)?.sites.map(({ frames, atPeak }) => [frames.map(({ symbol }) => symbol), atPeak])).toEqual([
      [['f', 'g'], 500],
      [['h'], 200],
    ]);
  });

  test('a site that shrank, or was listed twice only, does not keep rising', () => {
    const snapshot = (number: number, bytes: number): string =>
      `#-----------\nsnapshot=${number}\n#-----------\ntime=${number}\nmem_heap_B=${bytes}\nmem_heap_extra_B=0\nmem_stacks_B=0\nheap_tree=detailed\nn1: ${bytes} ${ROOT}\n n0: ${bytes} 0x1: f (a.c:1)\n`;
    const rising = (...amounts: number[]): unknown => {
      const text = `desc: (none)\ncmd: ./a\ntime_unit: i\n${amounts.map((bytes, i) => snapshot(i, bytes)).join('')}`;
      return profileOf(readText(massif, text))?.sites[0]?.keepsRising;
    };
    expect(rising(1, 2, 3)).toBe(true);
    expect(rising(1, 2)).toBeUndefined();
    expect(rising(1, 3, 2, 4)).toBeUndefined();
    expect(rising(2, 2, 2)).toBeUndefined();
  });

  test('keeps the largest sites and says how many are left out', () => {
    const nodes = Array.from({ length: 50 }, (_, i) => ` n0: ${i + 1} 0x${i + 1}: f${i} (a.c:${i + 1})`);
    const profile = profileOf(readText(massif, tree(`n50: 1275 ${ROOT}`, ...nodes)));
    expect(profile?.sites).toHaveLength(20);
    expect(profile?.sites[0]).toMatchObject({ atPeak: 50 });
    expect(profile?.omittedSites).toBe(30);
  });

  test('cut at any line, it says so, unless between two snapshots', () => {
    const lines = sample('massif/leak-example.massif').trimEnd().split('\n');
    for (let count = 3; count < lines.length; count++) {
      const { problems } = readText(massif, `${lines.slice(0, count).join('\n')}\n`);
      const last = lines[count - 1] ?? '';
      const rest = lines.slice(count);
      const isBetween = count > 3 && (rest[0]?.startsWith('#') ?? false) && !last.startsWith('snapshot=');
      const isRule = last.startsWith('#') && rest[0]?.startsWith('snapshot=') === true && count > 4;
      expect(
        problems.map(({ code }) => code),
        `after line ${count}, "${last}"`,
      ).toEqual(isBetween || isRule ? [] : ['truncated-capture']);
    }
  });

  test('hostile trees cost a problem, and no time', () => {
    const deep = Array.from({ length: 20_000 }, (_, i) => `${' '.repeat(i % 500)}n1: 1 0x1: f (a.c:1)`);
    const started = performance.now();
    const { problems } = readText(massif, tree(`n1: 1 ${ROOT}`, ...deep, ' n9: 99999999999999999999 0x1: f (a.c:1)'));
    expect(performance.now() - started).toBeLessThan(2000);
    expect(problems.length).toBeGreaterThan(0);
  });
});

describe('DHAT', () => {
  test('tells what each site held at the peak and at the end', () => {
    const result = readText(dhat, sample('dhat/leak-example.json'));
    const profile = profileOf(result);
    expect(profile).toMatchObject({ tool: 'dhat', peak: 4 * 12_288 + 1024, end: 4 * 12_288, omittedSites: 0 });
    expect(sitesOf(profile)).toEqual([
      { line: 29, atPeak: 4 * 12_288, atEnd: 4 * 12_288 },
      { line: 31, atPeak: 1024, atEnd: 0 },
    ]);
    expect(result.readings).toMatchObject([{ says: { command: '/opt/demo/leak-example 4', pid: profile?.pid } }]);
    expect(result.problems).toEqual([]);
  });

  test('cut anywhere it says so, and nothing else', () => {
    const text = sample('dhat/leak-list.json');
    for (let at = 30; at < text.length - 2; at += 5) {
      const { readings, problems } = readText(dhat, text.slice(0, at));
      expect(readings).toEqual([]);
      expect(problems).toMatchObject([{ code: 'truncated-capture', severity: 'error' }]);
      expect(problems).toHaveLength(1);
    }
  });

  test('damaged fields are no numbers', () => {
    const text =
      '{"dhatFileVersion":2,"mode":"heap","cmd":7,"pid":-1,"pps":[{"gb":-5,"eb":1e300,"fs":[0,9,"x",null]},{"gb":1,"eb":2,"fs":7},null,3],"ftbl":["[root]",5]}\n';
    const result = readText(dhat, text);
    expect(profileOf(result)).toMatchObject({
      peak: 1,
      end: 2,
      sites: [{ atPeak: 1, atEnd: 2, frames: [] }, { frames: [] }],
    });
    expect(result.readings).toMatchObject([{ says: {} }]);
  });

  test('another mode is refused by its name', () => {
    const { readings, problems } = readText(
      dhat,
      '{"dhatFileVersion":2,"mode":"ad-hoc","pps":[{"tb":1,"tbk":1,"fs":[]}],"ftbl":[]}\n',
    );
    expect(readings).toEqual([]);
    expect(problems).toMatchObject([{ code: 'refused-format', message: expect.stringContaining('ad-hoc') as string }]);
  });

  test.each([
    '{"dhatFileVersion":2,"mode":"rust-heap","pps":[],"ftbl":[]}\n',
    '{\n  "dhatFileVersion": 2,\n  "pps": [\n    {\n      "gb": 1\n    }\n  ]\n}\n',
  ])('in other white space: %j', (text) => {
    expect(dhat.recognizes(text)).toBe(true);
    expect(readText(dhat, text + SMAPS_ROLLUP)).toMatchObject({ rest: SMAPS_ROLLUP, problems: [] });
  });
});

describe.each([
  [massif, 'massif/leak-example.massif'],
  [dhat, 'dhat/leak-example.json'],
])('$id', (format, path) => {
  test('takes its own lines and no more, whole or cut', () => {
    expect(readText(format, sample(path)).rest).toBe('');
    expect(readText(format, sample(path) + SMAPS_ROLLUP).rest).toBe(SMAPS_ROLLUP);
    const cut = sample(path).split('\n').slice(0, 9).join('\n');
    expect(readText(format, `${cut}\n${SMAPS_ROLLUP}`).rest).toBe(SMAPS_ROLLUP);
    expect(readText(format, `${cut}\n${sample(path)}`).rest).toBe(sample(path));
  });

  test('makes no verdict: its program is one that nothing is known of', async () => {
    const { verdicts, programs, leaks } = await analyze({
      captures: [captureTree({ 'board-7/profile': sample(path) })],
    });
    expect(verdicts).toMatchObject([
      { device: 'board-7', command: 'leak-example', label: 'inconclusive', grounds: [], objections: [] },
    ]);
    expect(programs).toMatchObject([{ command: 'leak-example', heapProfiles: [{ tool: format.id }] }]);
    expect(leaks).toEqual([]);
  });
});

test('profiles join the program that was sampled, from another folder as a witness', async () => {
  const smaps = sample('smaps/leak-example.smaps');
  const root = captureTree({
    'board-7/smaps_leak-example_812_1769893200.txt': smaps,
    'board-8/massif.out.7': sample('massif/leak-example.massif'),
    'board-8/dhat.out.8': sample('dhat/leak-example.json'),
  });
  const { programs } = await analyze({ captures: [root] });
  expect(programs).toMatchObject([
    {
      device: 'board-7',
      heapProfiles: [
        { tool: 'dhat', witness: 'board-8' },
        { tool: 'massif', witness: 'board-8' },
      ],
    },
  ]);
});

test.each(['{"version":2}\n', 'desc: a package\ncmd: x\n', 'desc: x\nhello\n'])('%j is of neither', (text) => {
  expect(massif.recognizes(text) || dhat.recognizes(text)).toBe(false);
});

test('every line of a file of massif is used', async () => {
  const { files, problems } = await readFile(sample('massif/leak-example.massif'));
  expect(files).toMatchObject([{ format: 'massif', status: 'read', lines: { read: 291, used: 291 } }]);
  expect(problems).toEqual([]);
});
