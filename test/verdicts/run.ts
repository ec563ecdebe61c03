import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beginningTables } from './beginning-tables.js';
import { beginningTasksOf, isWholeReport, readOptions, sampleCountsOf, seedsOf, tasksOf } from './options.js';
import { otherRules } from './other-rules/index.js';
import type { Outcome } from './outcome.js';
import { runInPool } from './pool.js';
import { resultsOf } from './results.js';
import { comparisonTable, harmlessTable, leakingTable, sampleTable } from './tables.js';
import type { Task } from './task.js';

/**
 * `npm run bench:verdicts [-- --tune] [--scenario NAME] [--n 20] [--seeds K] [--wrong]`: how far verdicts can be trusted,
 * on traces whose truth is known by construction.
 */
const RESULTS = fileURLToPath(new URL('results.json', import.meta.url));

const options = readOptions(process.argv.slice(2));
const seeds = sampleCountsOf(options).map((n) => ({ n, ...seedsOf(options, n) }));
const numbers = seeds.map(({ n, first, last }) => `${last - first + 1} with ${n} samples`).join(', ');
console.log(`${options.tune ? 'tuning' : 'held-back'} seeds of each scenario from ${seeds[0]?.first ?? 0} on:`);
console.log(`${numbers}\n`);

const outcomes = await judged('traces', tasksOf(options));
const beginnings = await judged('beginnings', beginningTasksOf(options));

const tables = [
  leakingTable(outcomes),
  harmlessTable(outcomes),
  sampleTable(outcomes, 'leak'),
  sampleTable(outcomes, 'suspect'),
  comparisonTable(outcomes),
  otherRules.map(({ name, source }) => `${name}: ${source}`).join('\n'),
  ...beginningTables(beginnings),
];
for (const table of tables) console.log(`${table}\n`);
if (options.wrong) for (const outcome of outcomes.filter(isWrong)) console.log(JSON.stringify(outcome));
if (isWholeReport(options)) {
  writeFileSync(RESULTS, `${JSON.stringify(resultsOf(options, outcomes, beginnings), undefined, 2)}\n`);
  console.log('written to test/verdicts/results.json');
}

async function judged(what: string, tasks: readonly Task[]): Promise<Outcome[]> {
  const start = performance.now();
  const found = await runInPool(tasks, (done) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${tasks.length} ${what}`);
  });
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  if (tasks.length > 0) console.log(`${tasks.length} ${what}, ${((performance.now() - start) / 1000).toFixed(0)} s\n`);
  return found;
}

function isWrong({ leaks, label }: Outcome): boolean {
  return leaks ? label !== 'leak' : label === 'leak' || label === 'suspect';
}
