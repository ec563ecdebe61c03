import { statm } from '../../src/ingest/formats/statm.js';
import type { Sample } from '../../src/model/memory.js';
import { readText } from '../ingest/read-text.js';
import { type AndroidTruth, compareAndroidTables } from './android-tables.js';
import { type ClusterfuzzTruth, compareCrash } from './clusterfuzz-crashes.js';
import { type Corpus, NOTES } from './corpus.js';
import { compareMeminfo, type MeminfoTruth } from './device-memory.js';
import { Comparison } from './difference.js';
import { compareDumpsys, type DumpsysTruth } from './dumpsys-tables.js';
import { compareJcSmaps, type JcVma } from './jc-output.js';
import { compareKernelFindings } from './kernel-findings.js';
import { compareNightly, type NightlyTruth } from './nightly-logs.js';
import { comparePmap, type PmapTruth } from './pmap-totals.js';
import {
  comparePid,
  compareStat,
  compareStatm,
  compareStatus,
  type StatmTruth,
  type StatTruth,
  type StatusTruth,
} from './process-facts.js';
import { type CorpusReading, statementsOf } from './reading.js';
import { compareSanitizer, type SanitizerTruth } from './sanitizer-printed.js';
import { compareRollup, compareSmaps, type SmapsTruth } from './smaps-sums.js';
import { compareSmem, type SmemTruth } from './smem-totals.js';
import { unsoundNumbers } from './sound-numbers.js';
import { compareValgrind, type ValgrindTruth } from './valgrind-totals.js';
import { compareValgrindXml, type ValgrindXmlTruth } from './valgrind-xml-counts.js';

/** What became of a file of which nothing differs; `read`: read without a fault, where no truth tells what it holds. */
export type Outcome = 'agree' | 'refused' | 'read';

/**
 * Kinds of which nothing may be read as a program's. Those filtered are what valgrind's own tests expect, without
 * prefixes, pids and addresses: no tool prints that.
 */
const NEGATIVE: ReadonlySet<string> = new Set(['negative', 'sanitizer-negative', 'valgrind-filtered', NOTES]);

/** Formats that are recognized and say nothing of a program. */
const SILENT: ReadonlySet<string> = new Set(['meminfo', 'statm', 'numa_maps']);

/** No file of the corpus is larger than 3 MB. */
const LONGEST_MILLISECONDS = 2000;

type Truths<T> = Readonly<Partial<Record<string, T>>>;

/** Compares files with the truths that are kept by path. */
export class FileComparer {
  private readonly smaps: Truths<SmapsTruth>;
  private readonly pmap: Truths<PmapTruth>;
  private readonly smem: Truths<SmemTruth>;
  private readonly valgrind: Truths<Readonly<Record<string, ValgrindTruth>>>;
  private readonly valgrindXml: Truths<ValgrindXmlTruth>;
  private readonly sanitizer: Truths<SanitizerTruth>;
  private readonly clusterfuzz: ClusterfuzzTruth;
  private readonly stat: Truths<StatTruth>;
  private readonly statm: Truths<StatmTruth>;
  private readonly status: Truths<StatusTruth>;
  private readonly nightly: NightlyTruth;
  private readonly android: Truths<AndroidTruth & DumpsysTruth>;

  constructor(private readonly corpus: Corpus) {
    this.smaps = corpus.truth('smaps_sums') as Truths<SmapsTruth>;
    this.pmap = corpus.truth('pmap_totals') as Truths<PmapTruth>;
    this.smem = corpus.truth('smem_totals') as Truths<SmemTruth>;
    this.valgrind = corpus.truth('valgrind_printed_totals') as Truths<Readonly<Record<string, ValgrindTruth>>>;
    this.valgrindXml = corpus.truth('valgrind_xml_counts') as Truths<ValgrindXmlTruth>;
    this.sanitizer = corpus.truth('sanitizer_printed') as Truths<SanitizerTruth>;
    this.clusterfuzz = corpus.truth('clusterfuzz') as ClusterfuzzTruth;
    this.statm = corpus.truth('statm_fields') as Truths<StatmTruth>;
    this.stat = corpus.truth('stat_fields') as Truths<StatTruth>;
    this.status = corpus.truth('status_meminfo_kv') as Truths<StatusTruth>;
    this.nightly = corpus.truth('nightly') as NightlyTruth;
    this.android = corpus.truth('android_totals') as Truths<AndroidTruth & DumpsysTruth>;
  }

  compare(reading: CorpusReading): { readonly outcome: Outcome; readonly comparison: Comparison } {
    const { path, inspected } = reading;
    const comparison = new Comparison(path);
    comparison.check('time', reading.milliseconds <= LONGEST_MILLISECONDS, 'at most 2 s', `${reading.milliseconds} ms`);
    const { snapshots, samples, leaks, errors, summaries, deviceMemory } = inspected;
    comparison.same(
      'unsound numbers',
      [],
      unsoundNumbers({ snapshots, samples, leaks, errors, summaries, deviceMemory }),
    );
    comparison.same('unsound counters', [], unsoundNumbers(reading.readings.map(numbersOf)));
    const faults = inspected.problems.filter(({ code }) => code === 'ambiguous-format' || code.endsWith('-failed'));
    comparison.same(
      'faults',
      [],
      faults.map(({ code, line }) => `${code} at ${line}`),
    );

    const before = comparison.count;
    const outcome = this.compareContent(reading, comparison);
    if (outcome !== undefined) return { outcome, comparison };
    return { outcome: comparison.count > before ? 'agree' : 'read', comparison };
  }

  private compareContent(reading: CorpusReading, comparison: Comparison): Outcome | undefined {
    const { path, kind, inspected, readings } = reading;
    if (NEGATIVE.has(kind)) return this.compareNegative(reading, comparison);
    const isAndroid = kind === 'android' || kind === 'mixed';
    const isDumpsys = isAndroid && compareDumpsys(this.android[path], this.corpus.text(path), reading, comparison);
    const isAndroidTable = isAndroid && compareAndroidTables(this.corpus, this.android[path], reading, comparison);
    if (kind === 'mixed' && compareNightly(this.nightly, path, readings, comparison)) {
      // Of a table of top's, the truth too has nothing.
      return inspected.status === 'ignored' ? 'refused' : undefined;
    }
    if (isAndroidTable || isDumpsys) return undefined;
    this.compareTruths(reading, comparison);
    return inspected.status === 'refused' ? 'refused' : undefined;
  }

  private compareTruths(reading: CorpusReading, comparison: Comparison): void {
    const { path, kind, inspected, readings } = reading;
    const smaps = this.smaps[path];
    if (smaps && kind === 'smaps_rollup') compareRollup(smaps, readings, comparison);
    else if (smaps) compareSmaps(smaps, readings, inspected, comparison);
    const pmap = this.pmap[path];
    if (pmap) comparePmap(pmap, this.corpus.text(path), readings, comparison);
    const smem = this.smem[path];
    if (smem) compareSmem(smem, this.corpus.text(path), readings, comparison);
    const valgrind = this.valgrind[path];
    if (valgrind) compareValgrind(valgrind, readings, inspected.status === 'refused', comparison);
    const xml = this.valgrindXml[path];
    if (xml) compareValgrindXml(xml, this.corpus.text(path), inspected, comparison);
    const sanitizer = this.sanitizer[path];
    if (sanitizer) compareSanitizer(sanitizer, inspected, comparison);
    compareCrash(this.clusterfuzz, path, inspected, comparison);
    this.compareJc(reading, comparison);
    const pages = this.statm[path];
    if (pages) compareStatm(pages, samplesOfLoop(this.corpus.text(path)), comparison);
    const stat = this.stat[path];
    if (stat) compareStat(stat, readings, comparison);
    const status = this.status[path];
    if (status && kind === 'meminfo') compareMeminfo(status, inspected, comparison);
    if (status && kind === 'status') compareStatus(status, readings, comparison);
    const series = /^live\/(\w+)\/stat(?:us)?\.\d+\.txt$/.exec(path)?.[1];
    if (series !== undefined) comparePid(this.corpus.text(`live/${series}/samples.tsv`), readings, comparison);
    if (kind === 'kernel-sanitizer') compareKernelFindings(this.corpus.text(path), inspected, comparison);
    if (kind === 'maps') this.compareMaps(path, readings, comparison);
    const silent = path.endsWith('_numa_maps') ? 'numa_maps' : kind;
    if (SILENT.has(silent)) {
      comparison.same('formats', [silent], inspected.formats);
      comparison.same('statements', 0, statementsOf(inspected));
    }
  }

  /** Another parser's whole output, of the few files for which there is one. */
  private compareJc({ path, inspected, readings }: CorpusReading, comparison: Comparison): void {
    const name = /\/jc__(?<name>meminfo|pid_(?:smaps|stat_hack|status))$/.exec(path)?.groups?.name;
    if (name === undefined) return;
    const truth = this.corpus.truth(`jc/${name}`);
    if (name === 'meminfo') compareMeminfo(truth as MeminfoTruth, inspected, comparison);
    else if (name === 'pid_smaps') compareJcSmaps(truth as readonly JcVma[], readings, comparison);
    else if (name === 'pid_status') compareStatus(truth as StatusTruth, readings, comparison);
    else compareStat(truth as StatTruth, readings, comparison);
  }

  private compareNegative({ kind, inspected }: CorpusReading, comparison: Comparison): Outcome {
    comparison.same('statements', 0, statementsOf(inspected));
    comparison.check(
      'status',
      ['ignored', 'refused'].includes(inspected.status),
      'ignored or refused',
      inspected.status,
    );
    return kind === NOTES ? 'read' : 'refused';
  }

  /** A maps file has one line for each VMA. */
  private compareMaps(path: string, readings: CorpusReading['readings'], comparison: Comparison): void {
    const lines = this.corpus.text(path).match(/^[0-9a-f]+-[0-9a-f]+ [r-][w-][x-][ps] /gm) ?? [];
    const count = readings.reduce((sum, item) => sum + (item.type === 'snapshot' ? item.table.count : 0), 0);
    comparison.same('VMAs', lines.length, count);
  }
}

/** What a file of statm says as part of a loop, as which alone it is read. */
function samplesOfLoop(text: string): Sample[] {
  const { readings } = readText(statm, text.trimEnd().concat('\n').repeat(2));
  return readings.flatMap((reading) => (reading.type === 'sample' ? [reading.sample] : []));
}

function numbersOf(reading: CorpusReading['readings'][number]): unknown {
  if (reading.type !== 'snapshot') return reading;
  const { start, end, counters } = reading.table;
  return { start, end, counters };
}
