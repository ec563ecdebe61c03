import { join } from 'node:path';
import { analyze } from '../../src/analyze.js';
import { type InspectedFile, inspect } from '../../src/inspect.js';
import { siteOf } from '../../src/model/leaks.js';
import { KIB } from '../../src/model/units.js';
import type { Corpus } from './corpus.js';
import { Comparison } from './difference.js';
import { SIGNED, unsoundNumbers } from './sound-numbers.js';

/** Every statement of seed/TRUTH.md, one file after the other, and what they say together. */
export async function compareSeed(corpus: Corpus): Promise<Comparison[]> {
  const comparisons: Comparison[] = [];
  for (const [name, compare] of Object.entries(STATEMENTS)) {
    const comparison = new Comparison(`seed/${name}`);
    const [inspection] = await inspect([join(corpus.root, 'seed', name)]);
    if (inspection) compare(inspection.result, comparison);
    comparison.check('read', inspection !== undefined && comparison.count > 0, 'a result', 'none');
    comparisons.push(comparison);
  }
  comparisons.push(await compareTogether(corpus));
  return comparisons;
}

const STATEMENTS: Readonly<Record<string, (file: InspectedFile, comparison: Comparison) => void>> = {
  'pmap.txt': ({ snapshots }, comparison) => {
    comparison.same(
      'processes',
      [3474],
      snapshots.map(({ pid }) => pid),
    );
    comparison.same('mappings', 15, snapshots[0]?.vmaCount);
    comparison.same('total in KiB', 2040, Number(snapshots[0]?.totals.size) / KIB);
  },
  'maps.txt': ({ snapshots, problems }, comparison) => {
    comparison.same('mappings', 15, snapshots[0]?.vmaCount);
    comparison.same('inverted ranges, by line', [15], linesOf(problems, 'inverted-range'));
  },
  'smaps-cut.txt': ({ snapshots, status, problems }, comparison) => {
    comparison.same('status', 'partial', status);
    comparison.same('whole VMAs', 1, snapshots[0]?.vmaCount);
    comparison.same('cuts', 1, linesOf(problems, 'truncated-capture').length);
  },
  'smem.tsv': ({ samples }, comparison) => {
    comparison.same('processes', 20, samples.length);
    const sample = samples.find(({ pid }) => pid === 3474);
    const found = sample && [sample.swap, sample.uss, sample.pss, sample.rss].map((bytes) => Number(bytes) / KIB);
    comparison.same('process 3474', [0, 68, 76, 1028], found);
  },
  'smem-series.tsv': ({ samples }, comparison) => {
    const own = samples.filter(({ pid }) => pid === 3836);
    comparison.same(
      'USS of 3836',
      [116, 128, 140, 152],
      own.map(({ uss }) => Number(uss) / KIB),
    );
    comparison.same('command of 3836', ['a.out'], [...new Set(own.map(({ command }) => command))]);
    comparison.same('times', 0, samples.filter(({ takenAt }) => takenAt !== undefined).length);
    const others = samples.filter(({ pid }) => pid !== 3836).map(({ command }) => command);
    comparison.same('the other rows', ['python'], [...new Set(others)]);
  },
  'valgrind.txt': ({ leaks, summaries: [summary] }, comparison) => {
    const definite = leaks.filter(({ kind }) => kind === 'definite');
    comparison.same(
      'definite',
      [[61_440, 5]],
      definite.map(({ bytes, blocks }) => [bytes, blocks]),
    );
    comparison.same('place', ['main leak-example.c:6'], definite.map(placeOf));
    comparison.same('definitely lost', { bytes: 61_440, blocks: 5 }, summary?.definite);
    comparison.same('still reachable', { bytes: 12_288, blocks: 1 }, summary?.reachable);
    comparison.same('in use at exit', { bytes: 73_728, blocks: 6 }, summary?.inUseAtExit);
  },
  'lsan.txt': ({ leaks }, comparison) => {
    comparison.same(
      'leaks',
      [['definite', 12_288, 1]],
      leaks.map(({ kind, bytes, blocks }) => [kind, bytes, blocks]),
    );
    comparison.same('place', ['main leak-example.c:6'], leaks.map(placeOf));
  },
};

/** Together: a.out leaks, 12,288 bytes at a time, at leak-example.c:6. */
async function compareTogether(corpus: Corpus): Promise<Comparison> {
  const comparison = new Comparison('seed');
  const analysis = await analyze({ captures: [join(corpus.root, 'seed')] });
  const verdicts = analysis.verdicts.filter(({ command }) => command === 'a.out');
  comparison.same(
    'verdicts on a.out',
    ['leak'],
    verdicts.map(({ label }) => label),
  );
  const leaking = analysis.verdicts.filter(({ label }) => label === 'leak').map(({ command }) => command);
  comparison.same('leaking programs', ['a.out'], leaking);
  const leaks = analysis.leaks.filter(({ command, kind }) => command === 'a.out' && kind === 'definite');
  comparison.same('places', ['main leak-example.c:6'], [...new Set(leaks.map(placeOf))]);
  const [verdict] = verdicts;
  comparison.same('growth per sample', 12_288, verdict?.ratePerSample);
  comparison.check(
    'words of the grounds',
    verdict?.grounds.some(({ statement }) => statement.includes('leak-example.c:6')) ?? false,
    'leak-example.c:6',
    JSON.stringify(verdict?.grounds.map(({ statement }) => statement)),
  );
  comparison.same('unsound numbers', [], unsoundNumbers(analysis, SIGNED));
  return comparison;
}

function linesOf(problems: InspectedFile['problems'], code: string): number[] {
  return problems.filter((problem) => problem.code === code).map(({ line }) => line);
}

function placeOf({ frames }: InspectedFile['leaks'][number]): string {
  const site = siteOf(frames);
  return `${site?.symbol ?? ''} ${site?.file ?? ''}:${site?.line ?? ''}`;
}
