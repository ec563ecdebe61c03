import { type Corpus, corpusFolder, openCorpus } from './corpus.js';
import { Comparison } from './difference.js';
import { FileComparer } from './files.js';
import { compareSeries } from './live-series.js';
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
  await addFiles(corpus, tally);
  for (const comparison of await compareSeries(corpus)) tally.add('series, analyzed', comparison);
  for (const comparison of await compareNights(corpus)) tally.add('nightly, analyzed', comparison);
  for (const comparison of await compareSeed(corpus)) tally.add('seed', comparison);
  for (const line of tally.lines()) console.log(line);
  const agree = tally.get('agree') + tally.get('refused');
  console.log(`corpus: ${agree} agree, ${tally.get('differ')} differ, ${tally.get('later')} later`);
  return tally.get('differ') === 0 ? 0 : 1;
}

async function addFiles(corpus: Corpus, tally: Tally): Promise<void> {
  const comparer = new FileComparer(corpus);
  for (const file of corpus.files) {
    try {
      const { outcome, comparison } = comparer.compare(await readCorpusFile(corpus, file));
      // The statements on the seed are compared one by one, and counted there.
      if (file.kind !== 'seed' || comparison.differences.length > 0) tally.add(file.kind, comparison, outcome);
    } catch (error) {
      const comparison = new Comparison(file.path);
      comparison.check(
        'inspect',
        false,
        'no throw',
        error instanceof Error ? (error.stack ?? error.message) : String(error),
      );
      tally.add(file.kind, comparison);
    }
  }
}

process.exitCode = await run();
