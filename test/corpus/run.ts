import { type Corpus, corpusFolder, openCorpus } from './corpus.js';
import { Comparison } from './difference.js';
import { FileComparer } from './files.js';
import { LineSums } from './line-sums.js';
import { compareSeries } from './live-series.js';
import { CategorySums, compareAndroidNames } from './mapping-categories.js';
import { compareNights } from './nightly-logs.js';
import { readCorpusFile } from './reading.js';
import { compareSeed } from './seed-statements.js';
import { Tally } from './tally.js';

/** `npm run corpus`: memreport against captures with known answers. @returns the exit code. */
async function run(): Promise<number> {
  const root = corpusFolder();
  const corpus = openCorpus(root);
  if (!corpus) {
    console.log('corpus: skipped, there is none (MEMREPORT_CORPUS, else ../shared/corpus)');
    return 0;
  }
  const tally = new Tally();
  const lines = new LineSums();
  const categories = new CategorySums();
  await addFiles(corpus, tally, lines, categories);
  await addAll('series, analyzed', () => compareSeries(corpus), tally);
  await addAll('nightly, analyzed', () => compareNights(corpus), tally);
  await addAll('names of Android', () => Promise.resolve(compareAndroidNames(corpus)), tally);
  await addAll('seed', () => compareSeed(corpus), tally);
  for (const line of tally.lines()) console.log(line);
  const agree = tally.get('agree') + tally.get('refused');
  console.log(lines.toString());
  for (const line of categories.lines()) console.log(line);
  console.log(`corpus: ${agree} agree, ${tally.get('differ')} differ`);
  return tally.get('differ') === 0 ? 0 : 1;
}

async function addFiles(corpus: Corpus, tally: Tally, lines: LineSums, categories: CategorySums): Promise<void> {
  const comparer = new FileComparer(corpus);
  for (const file of corpus.files) {
    try {
      const reading = await readCorpusFile(corpus, file);
      const { outcome, comparison } = comparer.compare(reading);
      lines.add(reading.inspected, comparison);
      if (comparison.differences.length === 0) categories.add(reading.readings);
      // The statements on the seed are compared one by one, and counted there.
      if (file.kind !== 'seed' || comparison.differences.length > 0) tally.add(file.kind, comparison, outcome);
    } catch (error) {
      tally.add(file.kind, thrown(file.path, error));
    }
  }
}

async function addAll(kind: string, compare: () => Promise<Comparison[]>, tally: Tally): Promise<void> {
  try {
    for (const comparison of await compare()) tally.add(kind, comparison);
  } catch (error) {
    tally.add(kind, thrown(kind, error));
  }
}

function thrown(file: string, error: unknown): Comparison {
  const comparison = new Comparison(file);
  const found = error instanceof Error ? (error.stack ?? error.message) : String(error);
  comparison.check('reading it', false, 'no throw', found.replaceAll(/\n\s*/g, ' '));
  return comparison;
}

process.exitCode = await run();
