import type { Reading } from '../../src/ingest/format.js';
import type { Sample } from '../../src/model/memory.js';
import { KIB } from '../../src/model/units.js';
import type { VmaTable } from '../../src/model/vma-table.js';
import type { Corpus } from './corpus.js';
import type { Comparison } from './difference.js';
import type { CorpusReading } from './reading.js';
import type { SmapsTruth } from './smaps-sums.js';

export interface AndroidTruth {
  /** The Pss and Uss of each line of totals: "50594K". */
  readonly procrank_TOTAL?: readonly (readonly string[])[];
  /** The row TOTAL of each table, in kB. */
  readonly showmap_TOTAL_row?: readonly (readonly number[])[];
}

/** The tables of procrank, librank and showmap. Returns whether the file is such a table. */
export function compareAndroidTables(
  corpus: Corpus,
  truth: AndroidTruth | undefined,
  reading: CorpusReading,
  comparison: Comparison,
): boolean {
  const { path, inspected, readings } = reading;
  const text = corpus.text(path);
  if (PROCRANK_HEADER.test(text)) {
    compareProcrank(truth?.procrank_TOTAL ?? [], text, readings, comparison);
    comparison.check('formats', inspected.formats.includes('procrank'), 'procrank', inspected.formats.join('+'));
  } else if (/^ *RSStot +VSS /m.test(text)) {
    comparison.same('formats', ['librank'], inspected.formats);
    comparison.same('readings', 0, readings.length);
    const unexplained = inspected.problems.filter(({ code }) => code === 'unexplained-lines');
    comparison.same('unexplained lines', 0, unexplained.length);
  } else if (/\/showmap[^/]*$/.test(path)) {
    const totals = truth?.showmap_TOTAL_row ?? totalsIn(text);
    compareShowmap(totals, smapsTruth(corpus, path), text, readings, comparison);
  } else return false;
  return true;
}

const PROCRANK_HEADER = /^ *PID +(?:oom +)?(?:Vss +Rss|WRss)/m;
const PROCRANK_ROW = /^ *(\d+) +(?:-?\d+ +)?(\d+)K +(\d+)K +(\d+)K +(\d+)K +\S/gm;

/** Each row of which no amount contradicts another, and the sums of each table against its own line of totals. */
function compareProcrank(
  totals: readonly (readonly string[])[],
  text: string,
  readings: readonly Reading[],
  comparison: Comparison,
): void {
  const samples = readings.flatMap((reading) => (reading.type === 'sample' ? [reading] : []));
  const isWorkingSet = text.includes('WRss');
  const tables = text.split(new RegExp(PROCRANK_HEADER.source, 'gm')).slice(1);
  const rows = tables.map((table) => [...table.matchAll(PROCRANK_ROW)].map((row) => row.slice(1, 6).map(Number)));
  const sound = rows.flat().filter(([, vss = 0, rss = 0, pss = 0, uss = 0]) => pss <= rss && uss <= rss && rss <= vss);
  const found = samples.map(({ says, sample: { vss, rss, pss, uss } }) => [
    says.pid,
    ...[vss, rss, pss, uss].map((bytes) => (bytes ?? Number.NaN) / KIB),
  ]);
  comparison.same('rows: pid, Vss, Rss, Pss, Uss', isWorkingSet ? [] : sound, found);
  if (isWorkingSet) return;
  let first = 0;
  for (const [index, [pss = '', uss = '']] of totals.entries()) {
    const count = rows[index]?.length ?? 0;
    const table = samples.slice(first, first + count).map(({ sample }) => sample);
    first += count;
    comparison.within(`table ${index}: Pss in kB`, Number.parseInt(pss, 10), sumOf(table, 'pss'), count);
    comparison.within(`table ${index}: Uss in kB`, Number.parseInt(uss, 10), sumOf(table, 'uss'), count);
  }
}

function sumOf(samples: readonly Sample[], key: 'pss' | 'uss'): number {
  return samples.reduce((sum, sample) => sum + (sample[key] ?? Number.NaN), 0) / KIB;
}

const COLUMNS = [
  'Size',
  'Rss',
  'Pss',
  'Shared_Clean',
  'Shared_Dirty',
  'Private_Clean',
  'Private_Dirty',
  'Swap',
  'SwapPss',
  'AnonHugePages',
  'ShmemPmdMapped',
  'FilePmdMapped',
  'Shared_Hugetlb',
  'Private_Hugetlb',
  'Locked',
];

/** One process: with addresses its VMAs, else its totals; against the row TOTAL, and the smaps that it was made of. */
function compareShowmap(
  totals: readonly (readonly number[])[],
  smaps: SmapsTruth | undefined,
  text: string,
  readings: readonly Reading[],
  comparison: Comparison,
): void {
  comparison.same('processes', totals.length, readings.length);
  for (const [index, row] of totals.entries()) {
    const expected = new Map(COLUMNS.map((name, column) => [name, row[column]]));
    const reading = readings[index];
    if (reading?.type === 'snapshot') {
      const rows = text.match(/^ *[0-9a-f]+ +[0-9a-f]+(?: +\d+){15} /gm) ?? [];
      comparison.same('VMAs', rows.length, reading.table.count);
      for (const [name, total] of expected) comparison.same(`${name} in kB`, total, columnSum(reading.table, name));
    } else if (reading?.type === 'sample') compareSample(expected, reading.sample, comparison);
    if (smaps) compareSource(smaps, reading, comparison);
  }
}

function compareSample(
  expected: ReadonlyMap<string, number | undefined>,
  sample: Sample,
  comparison: Comparison,
): void {
  const kib = (bytes: number | undefined): number | undefined => (bytes === undefined ? undefined : bytes / KIB);
  comparison.same('Size in kB', expected.get('Size'), kib(sample.vss));
  comparison.same('Rss in kB', expected.get('Rss'), kib(sample.rss));
  comparison.same('Pss in kB', expected.get('Pss'), kib(sample.pss));
  comparison.same('Private_Dirty in kB', expected.get('Private_Dirty'), kib(sample.privateDirty));
  const uss = (expected.get('Private_Clean') ?? Number.NaN) + (expected.get('Private_Dirty') ?? Number.NaN);
  comparison.same('uss in kB', uss, kib(sample.uss));
  comparison.same('Swap in kB', expected.get('Swap'), kib(sample.swap));
}

/** The sums over the smaps that showmap was given with -f. */
function compareSource(smaps: SmapsTruth, reading: Reading | undefined, comparison: Comparison): void {
  const { Size, Rss, Pss, Private_Clean = Number.NaN, Private_Dirty = Number.NaN } = smaps.sums_kB;
  if (reading?.type === 'snapshot') {
    comparison.same('VMAs of the smaps', smaps.headers, reading.table.count);
    for (const [name, sum] of Object.entries({ Size, Rss, Pss, Private_Clean, Private_Dirty }))
      comparison.same(`${name} of the smaps in kB`, sum, columnSum(reading.table, name));
  } else if (reading?.type === 'sample') {
    const { vss = Number.NaN, rss = Number.NaN, pss = Number.NaN, uss = Number.NaN } = reading.sample;
    const found = [vss, rss, pss, uss].map((bytes) => bytes / KIB);
    comparison.same('totals of the smaps in kB', [Size, Rss, Pss, Private_Clean + Private_Dirty], found);
  }
}

function columnSum(table: VmaTable, name: string): number | undefined {
  const column = table.counters.get(name)?.subarray(0, table.count);
  return column && column.reduce((sum, bytes) => sum + bytes, 0) / KIB;
}

/** The last row of CSV, the last object of JSON: the truth knows only those of the text. */
function totalsIn(text: string): number[][] {
  const row = /^(?<amounts>\d+(?:,\d+){14}).*,"TOTAL"$/m.exec(text)?.groups?.amounts;
  if (row !== undefined) return [row.split(',').map(Number)];
  if (!text.startsWith('[')) return [];
  const items = JSON.parse(text.replaceAll(/\p{Cc}/gu, ' ')) as Readonly<Record<string, number>>[];
  return [Object.values(items.at(-1) ?? {}).slice(0, COLUMNS.length)];
}

/** The truth on the smaps of which the table was made, where the corpus holds it: the command names it. */
function smapsTruth(corpus: Corpus, path: string): SmapsTruth | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const command = corpus
    .text('live/android-tools/CMDS.tsv')
    .split('\n')
    .find((line) => line.startsWith(`${name}\t`));
  const source = / -f \/mnt\/corpus\/(\S+)$/.exec(command ?? '')?.[1];
  const truths = corpus.truth('smaps_sums') as Readonly<Partial<Record<string, SmapsTruth>>>;
  return source === undefined ? undefined : truths[source];
}
