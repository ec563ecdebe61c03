import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AnalyzeOptions, analyze } from '../../src/analyze.js';
import type { Analysis } from '../../src/model/analysis.js';
import type { Corpus } from './corpus.js';
import { Comparison } from './difference.js';
import { SIGNED, unsoundNumbers } from './sound-numbers.js';

interface SeriesTruth {
  /** LEAK…, NO LEAK… */
  readonly verdict: string;
  readonly samples: number;
  readonly expected_growth_bytes_per_s?: number;
}

/** The series of samples: the verdict is known by construction, for two also the rate. */
export async function compareSeries(corpus: Corpus): Promise<Comparison[]> {
  const comparisons: Comparison[] = [];
  for (const [name, truth] of Object.entries(corpus.truth('live_series') as Record<string, SeriesTruth>)) {
    const comparison = new Comparison(`live/${name}`);
    const analysis = await inFolder((folder) => {
      linkSeries(corpus, name, folder);
      return { captures: [folder] };
    });
    compareVerdict(truth, analysis, comparison);
    comparison.same('unsound numbers', [], unsoundNumbers(analysis, SIGNED));
    comparisons.push(comparison);
  }
  return comparisons;
}

function compareVerdict(truth: SeriesTruth, analysis: Analysis, comparison: Comparison): void {
  const [verdict, ...more] = analysis.verdicts;
  comparison.same('programs', 1, more.length + (verdict ? 1 : 0));
  comparison.same('timelines', 1, analysis.programs[0]?.timelines.length);
  comparison.same('samples', truth.samples, analysis.programs[0]?.timelines[0]?.samples.length);
  comparison.same('verdict', truth.verdict.startsWith('LEAK') ? 'leak' : 'clean', verdict?.label);
  const rate = truth.expected_growth_bytes_per_s;
  if (rate === undefined) return;
  const [low, high] = (verdict?.rateInterval ?? [Number.NaN, Number.NaN]).map((perHour) => perHour / 3600);
  const holds = low !== undefined && high !== undefined && low <= rate && rate <= high;
  comparison.check('rate in bytes/s', holds, String(rate), `${low?.toFixed(0) ?? ''} to ${high?.toFixed(0) ?? ''}`);
}

/** Analyzes what `prepare` puts into a folder of its own. */
async function inFolder(prepare: (folder: string) => AnalyzeOptions): Promise<Analysis> {
  const root = mkdtempSync(join(tmpdir(), 'memreport-corpus-'));
  try {
    const folder = join(root, 'captures');
    mkdirSync(folder);
    return await analyze(prepare(folder));
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** The samples of a series by symbolic links, with a manifest of the times that samples.tsv tells. */
function linkSeries(corpus: Corpus, name: string, folder: string): void {
  const [head = '', ...rows] = corpus.text(`live/${name}/samples.tsv`).trimEnd().split('\n');
  const pid = Number(/\bpid=(\d+)/.exec(head)?.[1]);
  const times = new Map(
    rows.map((row) => row.split('\t')).map(([index = '', nanoseconds = '']) => [index, nanoseconds.slice(0, -6)]),
  );
  const files: { path: string; pid: number; takenAt: string }[] = [];
  for (const file of readdirSync(join(corpus.root, 'live', name))) {
    const takenAt = times.get(/^(?:smaps|rollup|status|stat)\.(\d+)\.txt$/.exec(file)?.[1] ?? '');
    if (takenAt === undefined) continue;
    symlinkSync(join(corpus.root, 'live', name, file), join(folder, file));
    files.push({ path: file, pid, takenAt });
  }
  writeFileSync(join(folder, 'captures.json'), JSON.stringify({ device: 'corpus', files }));
}
