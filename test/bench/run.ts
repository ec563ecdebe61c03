import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { again, threads } from './again.js';
import { analyzing, watching } from './growth.js';
import { longSeries } from './long.js';
import { type Finding, lineOf } from './pairs.js';
import { archiveReading, logReading, smapsReading } from './reading.js';
import { judging, largeReport, night, starting, tickets } from './reporting.js';

/**
 * `npm run bench [-- MEGABYTES [CASE…]]`: how fast memreport reads and reports, as ratios to public tools on the same
 * data in the same run. All cases, or those that are named; what they found is put into results.json.
 *
 * Absolute times say little on a shared machine; the two commands of a pair run in turn, and the median of the ratios
 * of neighbours is quoted.
 */
const RESULTS = 'test/bench/results.json';

const [size = '1000', ...names] = process.argv.slice(2);
const bytes = Number(size) * 1e6;
if (!Number.isFinite(bytes) || bytes < 1e6) throw new Error(`expected megabytes, found "${size}"`);

const cases: Readonly<Record<string, (folder: string) => Finding[] | Promise<Finding[]>>> = {
  smaps: (folder) => smapsReading(folder, bytes),
  logs: (folder) => logReading(folder, bytes / 10),
  archive: (folder) => archiveReading(folder, bytes),
  analyze: (folder) => analyzing(folder, bytes),
  watch: (folder) => watching(folder, bytes),
  again: (folder) => again(folder, bytes),
  threads: (folder) => threads(folder, bytes),
  judging,
  long: longSeries,
  night,
  tickets,
  'large-report': largeReport,
  start: starting,
};

/** What earlier runs found stays until a case is run again. */
function keep(found: readonly Finding[]): void {
  const known = JSON.parse(readFileSync(RESULTS, 'utf8')) as Finding[];
  const again = new Set(found.map(({ name }) => name));
  const all = [...known.filter(({ name }) => !again.has(name)), ...found];
  const sorted = all.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  writeFileSync(RESULTS, `${JSON.stringify(sorted, rounded, 2)}\n`);
}

function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(4)) : value;
}

for (const name of names.length === 0 ? Object.keys(cases) : names) {
  const measure = cases[name];
  if (!measure) throw new Error(`expected one of ${Object.keys(cases).join(', ')}, found "${name}"`);
  const folder = mkdtempSync(join(tmpdir(), 'memreport-bench-'));
  try {
    const found = await measure(folder);
    for (const finding of found) {
      console.log(lineOf(finding));
      if (finding.met === false) process.exitCode = 1;
    }
    keep(found.map((finding) => ({ ...finding, megabytes: bytes / 1e6 })));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
